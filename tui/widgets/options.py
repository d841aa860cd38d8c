"""A row of labels, one of which is chosen. It is used for tabs, themes and the choices in a form."""

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


class Options(Widget):
    """Labels on as many lines as they need. A label is never broken across lines. A click chooses a label."""

    # Whether the chosen label stands in brackets, so that it can be told without colour.
    bracketed = False

    # The usual gap between two labels, and a narrower one that is used if it makes all labels fit on one line.
    gaps = (Content("   "), Content("  "))

    labels: reactive[tuple[Content, ...]] = reactive((), layout=True)
    chosen: reactive[int] = reactive(0)

    @dataclass
    class Chosen(Message):
        """A person chose another label."""

        options: "Options"
        index: int

        @property
        def control(self) -> "Options":
            """Return the widget that sent the message."""
            return self.options

    def __init__(self, labels: Sequence[Content] = (), *, id: str | None = None) -> None:  # noqa: A002  (Textual's word)
        super().__init__(id=id)
        self.set_reactive(Options.labels, tuple(labels))

    def render(self) -> Content:
        """Draw the labels, with the chosen one highlighted."""
        drawn = [self._drawn(index, label) for index, label in enumerate(self.labels)]
        lines, gap = self._lines(self.size.width), self._gap(self.size.width)
        return Content("\n").join(gap.join(drawn[index] for index in line) for line in lines)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return the number of lines that the labels need."""
        return len(self._lines(width))

    def _lines(self, width: int) -> list[list[int]]:
        """Return the indexes of the labels on each line. Textual itself would also break a line within a label."""
        lines: list[list[int]] = [[]]
        used, gap = 0, self._gap(width).cell_length
        for index, label in enumerate(self.labels):
            if lines[-1] and used + self._length(label) > width:
                lines.append([])
                used = 0
            lines[-1].append(index)
            used += self._length(label) + gap
        return lines

    def _gap(self, width: int) -> Content:
        """Return the gap between two labels."""
        words, gaps = sum(map(self._length, self.labels)), len(self.labels) - 1
        fits = words + self.gaps[0].cell_length * gaps <= width
        return self.gaps[not fits and words + self.gaps[1].cell_length * gaps <= width]

    def _length(self, label: Content) -> int:
        return label.cell_length + (2 if self.bracketed else 0)

    def place_of(self, index: int) -> Offset:
        """Return the position of a label, relative to the top left corner of the widget."""
        width = self.content_size.width
        for y, line in enumerate(self._lines(width)):
            if index in line:
                before = [self._length(self.labels[other]) for other in line if other < index]
                return Offset(sum(before) + self._gap(width).cell_length * len(before), y) + self.content_offset
        return Offset()

    def _drawn(self, index: int, label: Content) -> Content:
        style = self._chosen_style() if index == self.chosen else (label.spans[0].style if label.spans else MUTED)
        left, right = ("[", "]") if index == self.chosen else (" ", " ")
        text = f"{left}{label.plain}{right}" if self.bracketed else label.plain
        return Content(text).stylize(style).stylize(Style.from_meta({"option": index}))

    def _chosen_style(self) -> str:
        return "bold underline $block-cursor-foreground on $block-cursor-background"

    def on_click(self, event: events.Click) -> None:
        """Choose the label under the pointer."""
        index = event.style.meta.get("option")
        if index is not None:
            self.choose(index)

    def choose(self, index: int) -> None:
        """Choose a label, and post a message if it was not chosen before."""
        if index != self.chosen:
            self.chosen = index
            self.post_message(self.Chosen(self, index))


class Choice(Options, can_focus=True):
    """Options in a form. It can have the focus, and the arrow keys choose a label."""

    bracketed = True
    gaps = (Content(" "), Content(""))

    BINDINGS: ClassVar[list[BindingType]] = bindings.CHOICE

    def action_step(self, by: int) -> None:
        """Choose the label that is `by` places further. The choice stops at the first and the last label."""
        self.choose(min(max(self.chosen + by, 0), len(self.labels) - 1))
