"""Panes that are side by side on a wide terminal. A narrow terminal shows one pane and a strip of all names."""

from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, VerticalScroll
from textual.content import Content
from textual.geometry import Offset
from textual.reactive import reactive
from textual.widget import Widget

from tui.keys import bindings
from tui.widgets.options import Options


class Pane(VerticalScroll, can_focus=True, inherit_bindings=False):
    """A pane of text that scrolls."""

    BINDINGS: ClassVar[list[BindingType]] = bindings.PANE


class Fold(Container):
    """A container of panes. `shown` is the pane that last had the focus; a narrow terminal shows only that pane."""

    shown: reactive[int] = reactive(0)

    def __init__(self, panes: dict[str, Widget], *, id: str | None = None) -> None:  # noqa: A002  (Textual's word)
        super().__init__(id=id)
        self.names = list(panes)
        self.panes = list(panes.values())

    def compose(self) -> ComposeResult:
        """Create the strip and the panes below it."""
        yield Options([Content(name) for name in self.names])
        with Container(classes="panes"):
            for name, pane in zip(self.names, self.panes, strict=True):
                # The pane gets its styles when it is mounted.
                pane.add_class("pane", update=False)
                pane.border_title = name
                yield pane

    def on_mount(self) -> None:
        """Show the first pane."""
        self.watch_shown()

    def watch_shown(self) -> None:
        """Mark the shown pane. The style sheet hides the others on a narrow terminal."""
        for number, pane in enumerate(self.panes):
            pane.set_class(number == self.shown, "-shown")
        if self.is_mounted:
            self.query_one(Options).chosen = self.shown

    def title(self, pane: Widget, title: str) -> None:
        """Change the title of a pane, for example to show a count."""
        place = self.panes.index(pane)
        self.names[place] = title
        pane.border_title = title
        self.query_one(Options).labels = tuple(Content(name) for name in self.names)

    def turn_to(self, place: int) -> None:
        """Show a pane and move the focus into it."""
        self.shown = place % len(self.panes)
        self.panes[self.shown].focus()

    def named_places(self) -> list[tuple[int, Offset]]:
        """Return for each pane its index, and the screen position of the cell before its name in the strip.

        The list is empty while all panes are visible, because the strip is hidden then.
        """
        strip = self.query_one(Options)
        if not strip.region.area:
            return []
        return [
            (number, strip.region.offset + strip.place_of(number) - Offset(1, 0)) for number in range(len(self.panes))
        ]

    def on_options_chosen(self, event: Options.Chosen) -> None:
        """Show the pane whose name was clicked."""
        event.stop()
        self.turn_to(event.index)

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Remember the pane that has the focus, so that it stays visible when the terminal gets narrower."""
        if event.widget in self.panes:
            self.shown = self.panes.index(event.widget)
