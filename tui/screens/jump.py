"""Letters on everything that can have the focus: a letter leads there."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.geometry import Offset
from textual.screen import ModalScreen, Screen
from textual.widgets import Static

from tui import keys
from tui.widgets.fold import Fold

# In the order in which fingers find them.
LETTERS = "asdfghjklqwertyuiopzxcvbnm"

Go = Callable[[], object]


@dataclass(frozen=True)
class Spot:
    """Where a letter stands on the screen, and what it leads to."""

    at: Offset
    go: Go


def spots_of(screen: Screen[Any]) -> list[Spot]:
    """All that is in sight and can have the focus; panes that a narrow terminal folds away by their names."""
    folded = [fold for fold in screen.query(Fold) if fold.named_places()]
    spots = [Spot(at, partial(fold.turn_to, place)) for fold in folded for place, at in fold.named_places()]
    panes = {pane for fold in folded for pane in fold.panes}
    for widget in screen.focus_chain:
        region = screen.find_widget(widget).visible_region
        if widget not in panes and region.area:
            spots.append(Spot(region.offset, widget.focus))
    return sorted(spots, key=lambda spot: (spot.at.y, spot.at.x))[: len(LETTERS)]


class JumpScreen(ModalScreen[Go | None]):
    """Lies over a screen that stays in sight. Ends with what the pressed letter leads to."""

    BINDINGS: ClassVar[list[BindingType]] = keys.DIALOG

    def __init__(self, spots: Sequence[Spot]) -> None:
        super().__init__()
        self._spots = dict(zip(LETTERS, spots, strict=False))

    def compose(self) -> ComposeResult:
        """The letters."""
        yield from self._letters()

    def _letters(self) -> Iterator[Static]:
        for letter, spot in self._spots.items():
            label = Static(letter, markup=False, classes="jump")
            label.absolute_offset = spot.at
            yield label

    def on_key(self, event: events.Key) -> None:
        """Go where the letter leads; any other key leaves everything as it is."""
        event.stop()
        spot = self._spots.get(event.key)
        self.dismiss(spot.go if spot else None)

    def action_leave(self) -> None:
        """Leave everything as it is."""
        self.dismiss(None)
