"""A row of words of which one is chosen: tabs, themes, answers in a form."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.content import Content
from textual.geometry import Offset, Size
from textual.message import Message
from textual.reactive import reactive
from textual.style import Style
from textual.widget import Widget

from tui.keys import bindings
from tui.marks import MUTED

GAP = Content("   ")
# Where it puts all words on one line, a narrower one is taken.
NARROW_GAP = Content("  ")


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
        lines, gap = self._lines(self.size.width), self._gap(self.size.width)
        return Content("\n").join(gap.join(drawn[index] for index in line) for line in lines)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as the words need."""
        return len(self._lines(width))

    def _lines(self, width: int) -> list[list[int]]:
        """Which words stand on which line: Textual itself would also break inside a word of two words."""
        lines: list[list[int]] = [[]]
        used, gap = 0, self._gap(width).cell_length
        for index, label in enumerate(self.labels):
            if lines[-1] and used + label.cell_length > width:
                lines.append([])
                used = 0
            lines[-1].append(index)
            used += label.cell_length + gap
        return lines

    def _gap(self, width: int) -> Content:
        """What stands between two words in a width."""
        words, gaps = sum(label.cell_length for label in self.labels), len(self.labels) - 1
        fits = words + GAP.cell_length * gaps <= width
        return NARROW_GAP if not fits and words + NARROW_GAP.cell_length * gaps <= width else GAP

    def place_of(self, index: int) -> Offset:
        """Where a word begins, from the widget's own corner."""
        width = self.content_size.width
        for y, line in enumerate(self._lines(width)):
            if index in line:
                before = [self.labels[other].cell_length for other in line if other < index]
                return Offset(sum(before) + self._gap(width).cell_length * len(before), y) + self.content_offset
        return Offset()

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

    BINDINGS: ClassVar[list[BindingType]] = bindings.CHOICE

    def action_step(self, by: int) -> None:
        """The next answer, or the one before; the first and the last are the ends."""
        self.choose(min(max(self.chosen + by, 0), len(self.labels) - 1))
