"""The roll-ups of the plan and of groups of its items, now and at the end of the last period."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from planner.base.language import tr
from planner.base.views import value_class
from planner.domain.rules.rollup import RollUp, roll_up
from planner.domain.vocabulary import Grouping
from planner.queries.items.filters import Filters
from planner.queries.items.grouping import ItemGroup, grouped, key_of, theme_group
from planner.queries.items.views import ItemView
from planner.register.plan_view import PlanView


@value_class
class GroupStanding:
    """The plan or a group of its items, rolled up now and at the end of the last period.

    `short_name` is for places where the name does not fit. `filters` select the items.
    """

    key: str
    name: str
    short_name: str
    filters: Filters
    now: RollUp
    before: RollUp


def plan_standing(plan: PlanView, now: RollUp, before: RollUp) -> GroupStanding:
    """Return the roll-ups of the whole plan, as a row for a table of themes or other groups."""
    return GroupStanding(plan.key, tr("The plan"), tr("The plan"), Filters(), now, before)


def theme_standings(
    plan: PlanView, items: Sequence[ItemView], earlier: Sequence[ItemView]
) -> tuple[GroupStanding, ...]:
    """Return the roll-up of every theme, including those without items, in the plan's order.

    A theme includes the items of the themes that are parts of it.
    """
    groups = [theme_group(theme.number, theme.printed_title) for theme in plan.themes]
    return _standings(groups, items, earlier, lambda item: map(str, item.all_themes))


def standings(items: Sequence[ItemView], earlier: Sequence[ItemView], by: Grouping) -> tuple[GroupStanding, ...]:
    """Return the roll-ups of the groups that have items.

    Themes and measures keep the plan's order; other groups come largest first.
    """
    return _standings([group for group, _ in grouped(items, by)], items, earlier, lambda item: (key_of(item, by),))


def kind_standings(plan: PlanView, items: Sequence[ItemView], earlier: Sequence[ItemView]) -> tuple[GroupStanding, ...]:
    """Return the roll-up of every kind that has items on one of the two days, in the order of the plan's kinds."""
    there = {item.kind for item in (*items, *earlier)}
    titles = {kind.key: kind.title for kind in plan.kinds if kind.key in there}
    titles |= {key: key for key in sorted(there - titles.keys())}
    groups = [ItemGroup(key, title, title, Filters(kind=key)) for key, title in titles.items()]
    return _standings(groups, items, earlier, lambda item: (item.kind,))


def _standings(
    groups: Iterable[ItemGroup],
    items: Sequence[ItemView],
    earlier: Sequence[ItemView],
    keys: Callable[[ItemView], Iterable[str]],
) -> tuple[GroupStanding, ...]:
    now, before = (_by_key(some, keys) for some in (items, earlier))
    return tuple(GroupStanding(*group, roll_up(now[group.key]), roll_up(before[group.key])) for group in groups)


def _by_key(items: Sequence[ItemView], keys: Callable[[ItemView], Iterable[str]]) -> dict[str, list[ItemView]]:
    groups: dict[str, list[ItemView]] = defaultdict(list)
    for item in items:
        for key in keys(item):
            groups[key].append(item)
    return groups
