"""The themes in a row, each with how many items it would leave; the one that is listed is set off."""

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

from textual.content import Content

from tui.widgets.options import Options

if TYPE_CHECKING:
    from planner.queries.plans import ThemeView


class ThemeStrip(Options):
    """The first place is all themes."""

    def __init__(self) -> None:
        super().__init__(id="theme-strip")
        self._numbers: tuple[int, ...] = ()

    def show_counts(self, themes: "Sequence[ThemeView]", counts: Mapping[int, int], chosen: Collection[int]) -> None:
        """Show the counts; of several chosen themes none is set off, and so all are."""
        self._numbers = tuple(theme.number for theme in themes)
        self.labels = (
            Content(f"All {sum(counts.values())}"),
            *(Content(f"{number} ({counts.get(number, 0)})") for number in self._numbers),
        )
        one = next(iter(chosen)) if len(chosen) == 1 else None
        self.chosen = self._numbers.index(one) + 1 if one in self._numbers else 0

    def theme_at(self, place: int) -> int | None:
        """The theme of a place, None for all; after the last it begins again."""
        place %= len(self._numbers) + 1
        return self._numbers[place - 1] if place else None
