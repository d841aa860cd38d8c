"""Groups of items: by theme, lead organisation, measure or lead rule."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple, TypeVar

from planner.base.language import later
from planner.domain.codes import code_key
from planner.domain.vocabulary import Grouping
from planner.queries.items.filters import NO_MEASURE, NO_RULE, Filters
from planner.queries.items.views import ItemLine

_Item = TypeVar("_Item", bound=ItemLine)

# The column heading of each grouping.
TITLES: Mapping[Grouping, str] = {
    Grouping.THEME: later("Theme"),
    Grouping.ORGANISATION: later("Organisation"),
    Grouping.MEASURE: later("Measure"),
    Grouping.RULE: later("Lead rule"),
}


class ItemGroup(NamedTuple):
    """A group of items: its key (a theme's number as text), its names, and the filters that select its items."""

    key: str
    name: str
    short_name: str
    filters: Filters


def grouped(items: Iterable[_Item], by: Grouping) -> list[tuple[ItemGroup, list[_Item]]]:
    """Return the items by group. Themes and measures keep the plan's order; other groups come largest first."""
    groups: dict[str, list[_Item]] = defaultdict(list)
    for item in items:
        groups[key_of(item, by)].append(item)
    found = [(_group(by, key, some[0]), some) for key, some in groups.items()]
    return sorted(found, key=_plan_order if by in (Grouping.THEME, Grouping.MEASURE) else _largest_first)


def key_of(item: ItemLine, by: Grouping) -> str:
    """Return the key of the group that an item belongs to."""
    return _KEYS[by](item)


_KEYS: dict[Grouping, Callable[[ItemLine], str]] = {
    Grouping.THEME: lambda item: str(item.theme),
    Grouping.ORGANISATION: lambda item: item.lead.key,
    Grouping.MEASURE: lambda item: item.measure or NO_MEASURE,
    Grouping.RULE: lambda item: item.lead_rule_key or NO_RULE,
}


def theme_group(number: int, title: str) -> ItemGroup:
    """Return the group of a theme's items."""
    name = f"{number} {title}"
    return ItemGroup(str(number), name, name, Filters(theme=number))


def _group(by: Grouping, key: str, item: ItemLine) -> ItemGroup:
    """Return the group with this key, named after one of its items."""
    if by is Grouping.THEME:
        return theme_group(item.theme, item.theme_title)
    if by is Grouping.ORGANISATION:
        return ItemGroup(key, item.lead.name, item.lead.short_name, Filters(lead=key))
    if by is Grouping.MEASURE:
        if item.measure is None:
            return ItemGroup(key, "no measure", "no measure", Filters(measure=key))
        name = f"{item.measure} {item.measure_title}"
        return ItemGroup(key, name, name, Filters(measure=key))
    if item.lead_rule is None:
        return ItemGroup(key, "no rule", "no rule", Filters(rule=key))
    return ItemGroup(key, f"{key}: {item.lead_rule}", key, Filters(rule=key))


def _plan_order(group: tuple[ItemGroup, Sequence[ItemLine]]) -> tuple[bool, str]:
    """Return the sort key of a theme's number or a measure's code. Items without a measure come last."""
    key = group[0].key
    return key == NO_MEASURE, code_key(key)


def _largest_first(group: tuple[ItemGroup, Sequence[ItemLine]]) -> tuple[int, str]:
    return -len(group[1]), group[0].name
