"""The themes and kinds that a person names to read a part of the plan. Of one that is gone, the error says its heir."""

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from planner.base.errors import UnknownNameError
from planner.base.texts import folded
from planner.queries.items.group_names import known_kinds
from planner.queries.plans.gone import GoneKind, GoneTheme, kinds_gone, themes_gone
from planner.register.reading import Reading
from planner.register.theme_names import matching_themes, theme_numbers

_Found = TypeVar("_Found")


def named_themes(reading: Reading, wanted: Iterable[str], where: str = "theme") -> tuple[int, ...]:
    """Return the numbers of the plan's themes that have these names. Raises UnknownNameError, as `theme_numbers`."""

    def gone(name: str) -> Sequence[GoneTheme]:
        return matching_themes(themes_gone(reading.session, reading.plan.id), name)

    return tuple(_known(name, where, lambda one: theme_numbers(reading.plan, [one], where)[0], gone) for name in wanted)


def named_kinds(reading: Reading, wanted: Iterable[str]) -> list[str]:
    """Return the keys of the plan's kinds of items that have these keys or titles. Raises UnknownNameError."""

    def gone(name: str) -> Sequence[GoneKind]:
        found = kinds_gone(reading.session, reading.plan.id)
        return [kind for kind in found if folded(name) in (folded(kind.key), folded(kind.title))]

    return [_known(name, "kind", lambda one: known_kinds(reading.plan, [one])[0], gone) for name in wanted]


def _known(
    name: str, where: str, find: Callable[[str], _Found], gone: Callable[[str], Sequence[GoneTheme | GoneKind]]
) -> _Found:
    """Return what a name means now. Raises UnknownNameError, which says what became of it if it is gone."""
    try:
        return find(name)
    except UnknownNameError:
        if not (found := gone(name)):
            raise
        raise UnknownNameError(found[-1].what(), where=where, do=found[-1].do()) from None
