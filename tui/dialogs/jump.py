"""Shows a letter on each widget that can have the focus. Pressing a letter moves the focus there."""

from collections.abc import Iterator, Sequence
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.screen import ModalScreen
from textual.widgets import Static

from tui.keys import bindings
from tui.layout_once import lay_out_once, prepare_notifications, set_size_classes
from tui.painting import SeenCompositor
from tui.services.jump_spots import LETTERS, Go, Spot


class JumpScreen(ModalScreen[Go | None]):
    """A transparent screen with the letters. The result is the action of the pressed letter."""

    BINDINGS: ClassVar[list[BindingType]] = bindings.DIALOG

    def __init__(self, spots: Sequence[Spot]) -> None:
        super().__init__()
        self._compositor = SeenCompositor()
        self._spots = dict(zip(LETTERS, spots, strict=False))

    def on_mount(self) -> None:
        """Prepare the place for notifications."""
        prepare_notifications(self)

    def on_resize(self, event: events.Resize) -> None:
        """Lay out the letters and the screen behind them again, but only if their size has changed."""
        lay_out_once(self, event)

    def compose(self) -> ComposeResult:
        """Yield the letters."""
        set_size_classes(self)
        yield from self._letters()

    def _letters(self) -> Iterator[Static]:
        for letter, spot in self._spots.items():
            label = Static(letter, markup=False, classes="jump")
            label.absolute_offset = spot.at
            yield label

    def on_key(self, event: events.Key) -> None:
        """Close the screen and perform the action of the pressed letter. Any other key only closes the screen."""
        event.stop()
        spot = self._spots.get(event.key)
        self.dismiss(spot.go if spot else None)

    def action_leave(self) -> None:
        """Close the screen without an action."""
        self.dismiss(None)
