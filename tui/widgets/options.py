"""A row of words of which one is chosen: tabs, themes, answers in a form."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.style import Style
from textual.widget import Widget

from tui import keys
from tui.marks import MUTED

GAP = Content("   ")


class Options(Widget):
    """Shows its words on as many lines as they need; a word is never broken. A click chooses."""

    labels: reactive[tuple[Content, ...]] = reactive((), layout=True)
    chosen: reactive[int] = reactive(0)

    @dataclass
    class Chosen(Message):
        """A person chose another word."""

        options: "Options"
        index: int

        @property
        def control(self) -> "Options":
            """The sender."""
            return self.options

    def __init__(self, labels: Sequence[Content] = (), chosen: int = 0, *, id: str | None = None) -> None:  # noqa: A002  (Textual's word)
        super().__init__(id=id)
        self.set_reactive(Options.labels, tuple(labels))
        self.set_reactive(Options.chosen, chosen)

    def render(self) -> Content:
        """The words, the chosen one set off."""
        drawn = [self._drawn(index, label) for index, label in enumerate(self.labels)]
        lines = self._lines(self.size.width)
        return Content("\n").join(GAP.join(drawn[index] for index in line) for line in lines)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as the words need."""
        return len(self._lines(width))

    def _lines(self, width: int) -> list[list[int]]:
        """Which words stand on which line: Textual itself would also break inside a word of two words."""
        lines: list[list[int]] = [[]]
        used = 0
        for index, label in enumerate(self.labels):
            if lines[-1] and used + label.cell_length > width:
                lines.append([])
                used = 0
            lines[-1].append(index)
            used += label.cell_length + GAP.cell_length
        return lines

    def _drawn(self, index: int, label: Content) -> Content:
        style = self._chosen_style() if index == self.chosen else (label.spans[0].style if label.spans else MUTED)
        return Content(label.plain).stylize(style).stylize(Style.from_meta({"option": index}))

    def _chosen_style(self) -> str:
        return "bold $block-cursor-foreground on $block-cursor-background"

    def on_click(self, event: events.Click) -> None:
        """Choose the word under the pointer."""
        index = event.style.meta.get("option")
        if index is not None:
            self.choose(index)

    def choose(self, index: int) -> None:
        """Choose a word as a person does."""
        if index != self.chosen:
            self.chosen = index
            self.post_message(self.Chosen(self, index))


class Choice(Options, can_focus=True):
    """Options in a form: focus it, choose with the arrows."""

    BINDINGS: ClassVar[list[BindingType]] = keys.CHOICE

    def action_step(self, by: int) -> None:
        """The next answer, or the one before."""
        self.choose((self.chosen + by) % len(self.labels))
