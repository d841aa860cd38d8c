"""The fields of a form: a text of several lines, a single line, a date, and a choice of words.

The value of every field is its property `entered`.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Self

from rich.highlighter import Highlighter
from rich.text import Text
from textual import events
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.suggester import Suggester
from textual.widget import Widget
from textual.widgets import Input, Static, TextArea

from planner.base.errors import AmbiguousDateError, BadValueError
from planner.base.formats import with_weekday
from planner.base.language import tr
from planner.dates.span import Span
from planner.dates.typed import Lean, read_day, read_deadline
from tui.keys import bindings
from tui.marks import MUTED, TROUBLE
from tui.visible import barred_content
from tui.widgets.options import Choice

# The sign beside a value that is still that of the last report, and its place: left of the field, behind the label.
AS_LAST_TIME, SIGN_AT = "↺", 12

# The largest number of lines in which the text of the last report is shown.
MOST_LINES = 4


_LINE_ENDS = dict.fromkeys(map(ord, "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"), " ")


class TextField(TextArea):
    """A text of several lines. The arrow keys leave the field from its first and its last line."""

    def __init__(self, name: str, *, last_time: str = "", hint: str = "") -> None:
        super().__init__(compact=True, id=name, show_line_numbers=False, highlight_cursor_line=False)
        self.last_time = last_time
        shown = tr("Last time: {text}", text=last_time) if last_time else hint
        self.placeholder = barred_content(Content(shown))
        # Whether the field is higher than its text needs.
        self._raised = False

    @property
    def entered(self) -> str:
        """The text in the field."""
        return self.text

    @entered.setter
    def entered(self, text: str) -> None:
        if text != self.text:
            self.replace(text, (0, 0), self.document.end)

    def focus(self, scroll_visible: bool = True) -> Self:
        """Take the focus. A new form is laid out before the event about this arrives, so the height is set here too."""
        self._raise()
        return super().focus(scroll_visible)

    def on_focus(self, _event: events.Focus) -> None:
        """Make an empty field higher while it has the focus, to show more of the text of the last report."""
        self._raise()

    def _raise(self) -> None:
        self._set_raised(bool(self.last_time and not self.text))

    def on_blur(self, _event: events.Blur) -> None:
        """Return to the height that the style sheet sets."""
        self._set_raised(False)

    def _set_raised(self, raised: bool) -> None:
        before, self._raised = self._raised, raised
        if before != raised and self._placeholder_lines(self.content_size.width) > 1:
            self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Return the number of lines of the text, or of the text of the last report while the field is raised."""
        lines = super().get_content_height(container, viewport, width)
        return max(lines, min(MOST_LINES, self._placeholder_lines(width))) if self._raised else lines

    def _placeholder_lines(self, width: int) -> int:
        return len(Content(str(self.placeholder)).wrap(max(1, width)))

    def action_cursor_down(self, select: bool = False) -> None:
        """Move one line down, or to the next field from the last line."""
        if not select and self.navigator.is_last_wrapped_line(self.cursor_location):
            self.app.action_focus_next()
        else:
            super().action_cursor_down(select)

    def action_cursor_up(self, select: bool = False) -> None:
        """Move one line up, or to the previous field from the first line."""
        if not select and self.navigator.is_first_wrapped_line(self.cursor_location):
            self.app.action_focus_previous()
        else:
            super().action_cursor_up(select)


class OnOneLine(Highlighter):
    """Draws line ends within a text as blanks. A title in a file that somebody else wrote can have them."""

    def highlight(self, text: Text) -> None:
        """Replace the line ends in the text to be drawn. The text in the field stays as it is."""
        text.plain = text.plain.translate(_LINE_ENDS)


class LineField(Input):
    """A single line of text. Up and down move to the neighbouring fields, and enter moves to the next field."""

    BINDINGS: ClassVar[list[BindingType]] = bindings.FIELD

    def __init__(self, name: str, *, last_time: str = "", hint: str = "", suggester: Suggester | None = None) -> None:
        super().__init__(compact=True, id=name, placeholder=hint, suggester=suggester, highlighter=OnOneLine())
        self.last_time = last_time

    @property
    def entered(self) -> str:
        """The text in the field."""
        return self.value

    @entered.setter
    def entered(self, text: str) -> None:
        self.value = text

    async def action_submit(self) -> None:
        """Move to the next field when enter is pressed."""
        self.app.action_focus_next()


class DateField(LineField):
    """A date as people type it (docs/dates.md). The widget `meaning` shows the date while it is typed.

    With `start` the field is for a deadline: relative dates such as +2w count from `start`, and periods such as Q2 or
    "end of June" mean their last day. A date without a year is one of the plan whose time is `span`.
    `lean` says where a day without a year is looked for, if the field is for no deadline.
    """

    def __init__(
        self,
        name: str,
        today: date,
        *,
        hint: str,
        start: date | None = None,
        span: Span | None = None,
        lean: Lean = Lean.BACK,
    ) -> None:
        super().__init__(name, hint=hint)
        self.today = today
        self._start = start
        self._span = span
        self._lean = lean
        self.meaning = Static(markup=False, classes="meaning")

    def watch_value(self, value: str) -> None:
        """Show which date the text means."""
        self.meaning.update(self._meant(value.strip()))

    def _meant(self, text: str) -> Content:
        if not text:
            return Content()
        try:
            return Content.styled(with_weekday(self.read(text)), MUTED)
        except BadValueError as error:
            ambiguous = isinstance(error, AmbiguousDateError)
            return Content.styled(tr("ambiguous date") if ambiguous else tr("not a date yet"), TROUBLE)

    def count_from(self, start: date) -> None:
        """Read the dates of a deadline as of another day: relative dates and those without a year."""
        if self._start is not None and start != self._start:
            self.today = self._start = start
            self.watch_value(self.value)

    def read(self, text: str) -> date:
        """Return the date that a text means. Raises BadValueError about this field if the text is not a date."""
        if self._start is None:
            return read_day(text, self.today, str(self.id), lean=self._lean, span=self._span)
        return read_deadline(text, self.today, str(self.id), start=self._start, span=self._span)


class PickField(LineField):
    """A value of a list. A person types a part of it, or presses enter for the list (`Listing`)."""

    BINDINGS: ClassVar[list[BindingType]] = bindings.PICK

    @dataclass
    class Listing(Message):
        """A person wants to choose from the list."""

        field: "PickField"

    async def action_submit(self) -> None:
        """Ask for the list when enter is pressed."""
        self.post_message(self.Listing(self))


class FixedField(LineField):
    """A line among the fields that shows a note and accepts no text."""

    def __init__(self, name: str, *, note: str) -> None:
        super().__init__(name, hint=note)
        # This pattern matches only an empty text.
        self.restrict = "()"


def redirect_text(widget: Widget, event: events.Key) -> None:
    """Move a letter that is typed into a widget without text to the first text field of the screen.

    Otherwise the letter would be lost, or would run a command.
    """
    texts = widget.screen.query(TextField)
    if event.is_printable and event.character and texts:
        event.stop()
        event.prevent_default()
        field = texts.first()
        field.focus()
        field.move_cursor(field.document.end)
        field.insert(event.character)


class WordField(Choice):
    """A choice between words of a vocabulary.

    The empty word means that no word is chosen. The arrow keys do not choose the words in `guarded`. Only a click or
    the method `enter` chooses them.
    """

    @dataclass
    class Guarded(Message):
        """A person tried to choose a word such as "completed" with an arrow key, but this word needs its own key."""

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
        """Choose the word that is `by` places further on, if the arrow keys may choose it."""
        place = min(max(self.chosen + by, 0), len(self.words) - 1)
        if self.words[place] in self._guarded and self.entered not in self._guarded:
            self.post_message(self.Guarded(self))
        else:
            super().action_step(by)

    def enter(self) -> None:
        """Take the focus, and choose the first guarded word. The arrow keys can then choose any word."""
        self.focus()
        if self.entered not in self._guarded:
            self.choose(next(place for place, word in enumerate(self.words) if word in self._guarded))

    def on_key(self, event: events.Key) -> None:
        """Send a typed letter to the first text field."""
        redirect_text(self, event)

    @property
    def entered(self) -> str:
        """The chosen word. Setting a word that is not offered changes nothing."""
        return self.words[self.chosen]

    @entered.setter
    def entered(self, word: str) -> None:
        if word in self.words:
            self.chosen = self.words.index(word)


Field = TextField | LineField | WordField
"""Any field of a form."""

FIELDS = (TextField, LineField, WordField)


class FieldRow(Horizontal):
    """A row of a form: a label with a field to its right.

    The row draws the label itself, because a widget for it would take as long to create as the field.
    """

    def __init__(self, label: str, *widgets: Widget, id: str | None = None) -> None:  # noqa: A002  (Textual's word)
        super().__init__(*widgets, classes="field", id=id)
        self._label = label

    def render(self) -> Content:
        """Draw the label, which is highlighted while the field has the focus, and the sign of an unchanged value."""
        label = Content.styled(self._label, "bold $text-primary" if self.has_focus_within else MUTED)
        kept = any(field.last_time and field.entered == field.last_time for field in self._fields)
        return (
            label + Content.styled(" " * max(1, SIGN_AT - label.cell_length) + AS_LAST_TIME, MUTED) if kept else label
        )

    @property
    def _fields(self) -> "list[Field]":
        return [child for child in self.children if isinstance(child, FIELDS)]

    def on_input_changed(self) -> None:
        """Draw the sign of an unchanged value again."""
        self.refresh()

    def on_text_area_changed(self) -> None:
        """Draw the sign of an unchanged value again."""
        self.refresh()

    def on_options_chosen(self) -> None:
        """Draw the sign of an unchanged value again."""
        self.refresh()

    def on_descendant_focus(self) -> None:
        """Highlight the label."""
        self.refresh()

    def on_descendant_blur(self) -> None:
        """Show the label as usual again."""
        self.refresh()


def widgets_of(field: Field) -> list[Widget]:
    """Return the widgets of a field in its row. A date field also has a widget for the date that its text means."""
    return [field, field.meaning] if isinstance(field, DateField) else [field]
