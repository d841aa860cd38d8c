"""From which day to look at the plan."""

from dataclasses import dataclass
from datetime import date

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Input, Static

from planner.dates.typed import read_as_of
from planner.errors import BadValueError
from tui.marks import MUTED, TROUBLE
from tui.screens.dialog import Dialog
from tui.widgets.trouble import sentence


@dataclass(frozen=True)
class Days:
    """What the answer is measured by: the day seen now, today, and the first day there is anything to see."""

    seen: date
    today: date
    first: date


class AsOfDialog(Dialog[date]):
    """Ends with the day, which may be today. What is no day is said under the field, which stays as it was typed."""

    title_shown = "Look at the plan as of"

    def __init__(self, days: Days) -> None:
        super().__init__()
        self._days = days

    def content(self) -> ComposeResult:
        """The field, and the place for what is wrong with it."""
        yield Input(placeholder="2020-05-01, 1 May, friday, -1w; empty is today", compact=True, id="as-of")
        yield Static(markup=False, id="as-of-trouble")

    def hint(self) -> Content:
        """What can be asked for."""
        days = self._days
        return Content(
            f"Seen now: {days.seen}. From {days.first} to today, {days.today}.\n"
            f"enter takes it, {self.leave_key} leaves."
        )

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show the day that the text is taken for, once it can be read."""
        try:
            day = self._day(event.value)
        except BadValueError:
            self.query_one("#as-of-trouble").display = False
        else:
            self._show(Content.styled(f"{day:%A} {day}", MUTED))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take the day, or say what is wrong with it."""
        try:
            day = self._day(event.value)
        except BadValueError as error:
            self._show(Content.styled(f"! {sentence(error.what)} {sentence(error.do)}", TROUBLE))
        else:
            self.dismiss(day)

    def _day(self, text: str) -> date:
        days = self._days
        return read_as_of(text, seen=days.seen, today=days.today, first=days.first)

    def _show(self, message: Content) -> None:
        line = self.query_one("#as-of-trouble", Static)
        line.update(message)
        line.display = True
