"""The fields of a form: a text of several lines, a line, a date, a choice of words. Each says what stands in it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, Static, TextArea

from planner.base.errors import BadValueError
from planner.dates.typed import read_day, read_deadline
from tui.keys import bindings
from tui.marks import MUTED, TROUBLE
from tui.visible import barred_content
from tui.widgets.options import Choice

# A text from last time is shown in so many lines at most.
MOST_LINES = 4


class TextField(TextArea):
    """A text of as many lines as it needs. Up from its first line and down from its last lead to the next field."""

    def __init__(self, name: str, *, last_time: str = "", hint: str = "") -> None:
        super().__init__(compact=True, id=name, show_line_numbers=False, highlight_cursor_line=False)
        self.last_time = last_time
        self.placeholder = barred_content(Content(f"Last time: {last_time}" if last_time else hint))

    @property
    def entered(self) -> str:
        """What stands in it."""
        return self.text

    @entered.setter
    def entered(self, text: str) -> None:
        if text != self.text:
            self.replace(text, (0, 0), self.document.end)

    def on_focus(self, _event: events.Focus) -> None:
        """While it is empty and has the focus, what was said last time is shown whole."""
        if not self.text and self.last_time:
            needed = len(Content(str(self.placeholder)).wrap(max(1, self.content_size.width)))
            if needed > self.content_size.height:
                self.styles.min_height = min(MOST_LINES, needed)

    def on_blur(self, _event: events.Blur) -> None:
        """Then it is as high as the style sheet says."""
        self.styles.min_height = None

    def action_cursor_down(self, select: bool = False) -> None:
        """One line down, or to the next field."""
        if not select and self.navigator.is_last_wrapped_line(self.cursor_location):
            self.app.action_focus_next()
        else:
            super().action_cursor_down(select)

    def action_cursor_up(self, select: bool = False) -> None:
        """One line up, or to the field before."""
        if not select and self.navigator.is_first_wrapped_line(self.cursor_location):
            self.app.action_focus_previous()
        else:
            super().action_cursor_up(select)


class LineField(Input):
    """One line. Up and down lead to the fields around it, and so does enter."""

    BINDINGS: ClassVar[list[BindingType]] = bindings.FIELD

    def __init__(self, name: str, *, last_time: str = "", hint: str = "") -> None:
        super().__init__(compact=True, id=name, placeholder=hint)
        self.last_time = last_time

    @property
    def entered(self) -> str:
        """What stands in it."""
        return self.value

    @entered.setter
    def entered(self, text: str) -> None:
        self.value = text

    async def action_submit(self) -> None:
        """Enter leads on."""
        self.app.action_focus_next()


class DateField(LineField):
    """A date as people type it (docs/dates.md). The day it is taken for stands beside it while it is typed.

    With `start` it asks for a deadline: a step such as +2w counts from there, and Q2 or end of June is a date too.
    """

    def __init__(self, name: str, today: date, *, hint: str, start: date | None = None) -> None:
        super().__init__(name, hint=hint)
        self.today = today
        self._start = start
        self.meaning = Static(markup=False, classes="meaning")

    def watch_value(self, value: str) -> None:
        """Say which day is meant."""
        self.meaning.update(self._meant(value.strip()))

    def _meant(self, text: str) -> Content:
        if not text:
            return Content()
        try:
            return Content.styled(f"{self.read(text):%a %Y-%m-%d}", MUTED)
        except BadValueError as error:
            return Content.styled("two readings" if "can mean" in error.what else "no date yet", TROUBLE)

    def read(self, text: str) -> date:
        """The day that a text is taken for. Raises BadValueError, naming the field, where it is none."""
        if self._start is None:
            return read_day(text, self.today, str(self.id))
        return read_deadline(text, self.today, str(self.id), start=self._start)


class FixedField(LineField):
    """A line that tells something and takes no text; it has its place among the fields all the same."""

    def __init__(self, name: str, *, note: str) -> None:
        super().__init__(name, hint=note)
        # Only an empty text fits.
        self.restrict = "()"


def redirect_text(widget: Widget, event: events.Key) -> None:
    """Lead letters that are typed where none can stand to the screen's first text, so that none is lost or acts."""
    texts = widget.screen.query(TextField)
    if event.is_printable and event.character and texts:
        event.stop()
        event.prevent_default()
        field = texts.first()
        field.focus()
        field.move_cursor(field.document.end)
        field.insert(event.character)


class WordField(Choice):
    """A choice of words of a vocabulary; the empty word stands for none.

    The arrows do not lead to the words that are `guarded`: those are chosen with `enter`, or by a click.
    """

    @dataclass
    class Guarded(Message):
        """An arrow would have led to a guarded word."""

        field: "WordField"

    def __init__(
        self,
        name: str,
        words: Sequence[str],
        labels: Sequence[Content],
        *,
        last_time: str = "",
        guarded: Collection[str] = (),
    ) -> None:
        super().__init__(labels, id=name)
        self.words = tuple(words)
        self.last_time = last_time
        self._guarded = frozenset(guarded)

    def action_step(self, by: int) -> None:
        """The next word, or the one before."""
        place = min(max(self.chosen + by, 0), len(self.words) - 1)
        if self.words[place] in self._guarded and self.entered not in self._guarded:
            self.post_message(self.Guarded(self))
        else:
            super().action_step(by)

    def enter(self) -> None:
        """Choose the first of the guarded words, from which the arrows lead to the others and back."""
        self.focus()
        if self.entered not in self._guarded:
            self.choose(next(place for place, word in enumerate(self.words) if word in self._guarded))

    def on_key(self, event: events.Key) -> None:
        """Letters are no choice: they are meant for a text."""
        redirect_text(self, event)

    @property
    def entered(self) -> str:
        """The word that is chosen."""
        return self.words[self.chosen]

    @entered.setter
    def entered(self, word: str) -> None:
        """Choose a word; one that is not offered changes nothing."""
        if word in self.words:
            self.chosen = self.words.index(word)


Field = TextField | LineField | WordField
"""What a form is made of."""

FIELDS = (TextField, LineField, WordField)
