"""The dialog that asks for the as-of date."""

from dataclasses import dataclass
from datetime import date

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Input, Static

from planner.base.errors import BadValueError
from planner.base.formats import weekday
from planner.base.language import later, tr
from planner.dates.span import Span
from planner.dates.typed import read_as_of
from tui.dialogs.dialog import Dialog
from tui.marks import MUTED, TROUBLE
from tui.widgets.trouble import sentence


@dataclass(frozen=True)
class Days:
    """The days for checking the input: the present as-of date, today, and the time of the plan."""

    seen: date
    today: date
    span: Span


class AsOfDialog(Dialog[date]):
    """Asks for the as-of date. The result is the day, which may be today.

    Errors are shown under the field, and the input stays in it.
    """

    title_shown = later("Show the plan as of")

    def __init__(self, *, seen: date, today: date, span: Span) -> None:
        super().__init__()
        self._days = Days(seen=seen, today=today, span=span)

    def content(self) -> ComposeResult:
        """Yield the field and a line for errors."""
        yield Input(placeholder=tr("2020-05-01, 1 May, friday, -1w; empty is today"), compact=True, id="as-of")
        yield Static(markup=False, id="as-of-trouble")

    def hint(self) -> Content:
        """Return the line that says which days are possible."""
        days = self._days
        return Content(
            tr(
                "Shown now: {seen}. Possible: {first} to {today} (today).\nPress enter to choose, "
                "{leave_key} to close.",
                seen=days.seen,
                first=days.span.starts,
                today=days.today,
                leave_key=self.leave_key,
            )
        )

    def on_input_changed(self, event: Input.Changed) -> None:
        """If the text is a valid date, show which day it means."""
        try:
            day = self._day(event.value)
        except BadValueError:
            self.query_one("#as-of-trouble").display = False
        else:
            self._show(Content.styled(f"{weekday(day)} {day}", MUTED))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Close the dialog with the day, or show an error if the text is not a valid day."""
        try:
            day = self._day(event.value)
        except BadValueError as error:
            self._show(Content.styled(f"! {sentence(error.what)} {sentence(error.do)}", TROUBLE))
        else:
            self.dismiss(day)

    def _day(self, text: str) -> date:
        days = self._days
        return read_as_of(text, seen=days.seen, today=days.today, span=days.span)

    def _show(self, message: Content) -> None:
        line = self.query_one("#as-of-trouble", Static)
        line.update(message)
        line.display = True
