"""Shows a letter on each widget that can have the focus. Pressing a letter moves the focus there."""

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

from tui.keys import bindings
from tui.widgets.fold import Fold

# The letters, in the order in which they are easy to reach.
LETTERS = "asdfghjklqwertyuiopzxcvbnm"

Go = Callable[[], object]


@dataclass(frozen=True)
class Spot:
    """The position of a letter on the screen, and the action that it triggers."""

    at: Offset
    go: Go


def spots_of(screen: Screen[Any]) -> list[Spot]:
    """Return a spot for each visible widget that can have the focus, and for each pane that a narrow terminal hides."""
    folded = [fold for fold in screen.query(Fold) if fold.named_places()]
    spots = [Spot(at, partial(fold.turn_to, place)) for fold in folded for place, at in fold.named_places()]
    panes = {pane for fold in folded for pane in fold.panes}
    for widget in screen.focus_chain:
        region = screen.find_widget(widget).visible_region
        if widget not in panes and region.area:
            spots.append(Spot(region.offset, widget.focus))
    return sorted(spots, key=lambda spot: (spot.at.y, spot.at.x))[: len(LETTERS)]


class JumpScreen(ModalScreen[Go | None]):
    """A transparent screen with the letters. The result is the action of the pressed letter."""

    BINDINGS: ClassVar[list[BindingType]] = bindings.DIALOG

    def __init__(self, spots: Sequence[Spot]) -> None:
        super().__init__()
        self._spots = dict(zip(LETTERS, spots, strict=False))

    def compose(self) -> ComposeResult:
        """Yield the letters."""
        yield from self._letters()

    def _letters(self) -> Iterator[Static]:
        for letter, spot in self._spots.items():
            label = Static(letter, markup=False, classes="jump")
            label.absolute_offset = spot.at
            yield label

    def on_key(self, event: events.Key) -> None:
        """End with the action of the pressed letter. Any other key closes the screen without an action."""
        event.stop()
        spot = self._spots.get(event.key)
        self.dismiss(spot.go if spot else None)

    def action_leave(self) -> None:
        """Close the screen without an action."""
        self.dismiss(None)
