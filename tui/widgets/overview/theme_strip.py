"""The row of themes, each with the number of its items that the other filters select. The chosen theme is highlighted.

Choosing a theme filters the list.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

from textual.content import Content

from planner.base.language import tr
from tui.widgets.options import Options

if TYPE_CHECKING:
    from planner.register.plan_view import ThemeView


class ThemeStrip(Options):
    """The row of themes. Its first place is for all themes."""

    def __init__(self) -> None:
        super().__init__(id="theme-strip")
        self._numbers: tuple[int, ...] = ()

    def show_counts(self, themes: "Sequence[ThemeView]", counts: Mapping[int, int], chosen: Collection[int]) -> None:
        """Show the counts. Highlight the chosen theme, or "all themes" unless exactly one theme is chosen."""
        self._numbers = tuple(theme.number for theme in themes)
        # A theme's items count in the themes that it is part of, too.
        total = sum(counts.get(theme.number, 0) for theme in themes if theme.parent is None)
        self.labels = (
            Content(tr("All {number}", number=total)),
            *(Content(f"{number} ({counts.get(number, 0)})") for number in self._numbers),
        )
        one = next(iter(chosen)) if len(chosen) == 1 else None
        self.chosen = self._numbers.index(one) + 1 if one in self._numbers else 0

    def theme_at(self, place: int) -> int | None:
        """Return the theme at a place, or None for all themes. After the last place, the first one follows."""
        place %= len(self._numbers) + 1
        return self._numbers[place - 1] if place else None
