"""Finding the theme that a person names: by its number, by the number that the plan prints, or by a part of its title.

This is the one place for it: lists, files and acts on the plan take the same names.
"""

from collections.abc import Iterable, Sequence
from typing import Protocol, TypeVar

from planner.base.errors import unknown_name
from planner.base.language import later, tr
from planner.base.texts import folded
from planner.register.plan_view import PlanView


class _Named(Protocol):
    @property
    def number(self) -> int: ...
    @property
    def label(self) -> str | None: ...
    @property
    def title(self) -> str: ...


_Theme = TypeVar("_Theme", bound=_Named)


def find_theme(themes: Sequence[_Theme], wanted: str, where: str = "theme") -> _Theme:
    """Return the theme with this number or printed number, or the only one whose title contains these words.

    A number is never a part of a title. Raises UnknownNameError if none or several match. `where` names the option or
    field in the error.
    """
    typed, found = wanted.strip(), matching_themes(themes, wanted)
    if len(found) == 1:
        return found[0]
    what = (
        tr("'{wanted}' matches several themes", wanted=wanted)
        if found
        else tr("no theme is called '{wanted}'", wanted=wanted)
    )
    # A person who typed words may not know the numbers.
    shown = [f"{theme.number}" if typed.isdigit() else f"{theme.number} ({theme.title})" for theme in found or themes]
    none = tr("The plan has no themes yet; add the first one with 'planner theme add'")
    raise unknown_name(what, later("themes"), shown, where=where, none=none)


def matching_themes(themes: Sequence[_Theme], wanted: str) -> list[_Theme]:
    """Return the themes with this number or printed number, or all those whose titles contain these words."""
    typed = wanted.strip()
    found = [theme for theme in themes if typed in (str(theme.number), theme.label)]
    if not found and typed and not typed.isdigit():
        found = [theme for theme in themes if folded(typed) in folded(theme.title)]
    return found


def theme_numbers(plan: PlanView, wanted: Iterable[str], where: str = "theme") -> tuple[int, ...]:
    """Return the numbers of the themes of a plan that have these names.

    Raises UnknownNameError if a name means none or several.
    """
    return tuple(find_theme(plan.themes, name, where).number for name in wanted)
