"""From which day to look at the plan."""

from dataclasses import dataclass
from datetime import date

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Input, Static

from planner.errors import BadValueError
from planner.rules.days import day_meant
from tui.marks import TROUBLE
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
        yield Input(placeholder="2020-05-01, -1w, +3d; empty is today", compact=True, id="as-of")
        yield Static(markup=False, id="as-of-trouble")

    def hint(self) -> Content:
        """What can be asked for."""
        days = self._days
        return Content(
            f"Seen now: {days.seen}. From {days.first} to today, {days.today}.\n"
            f"enter takes it, {self.leave_key} leaves."
        )

    def on_input_changed(self) -> None:
        """What was wrong is being put right."""
        self.query_one("#as-of-trouble").display = False

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take the day, or say what is wrong with it."""
        days = self._days
        try:
            day = day_meant(event.value, seen=days.seen, today=days.today, first=days.first)
        except BadValueError as error:
            message = self.query_one("#as-of-trouble", Static)
            message.update(Content.styled(f"! {sentence(error.what)} {sentence(error.do)}", TROUBLE))
            message.display = True
        else:
            self.dismiss(day)
