"""The dialog for returning a report to its author."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Input

from planner.base.errors import BadValueError
from planner.base.language import tr
from tui.dialogs.writing_dialog import WritingDialog
from tui.marks import MUTED

if TYPE_CHECKING:
    from planner.register.writing import Writing
    from planner.writes.reports.confirmations import Answered


class ReturnDialog(WritingDialog["Answered"]):
    """Asks for the reason and returns a report. The result is what was recorded.

    `seen` is the id of the report that the person saw. `falling` describes the other records that will no longer count
    if the report is returned. An empty reason is not accepted.
    """

    def __init__(self, code: str, seen: int, reporter: str, falling: Sequence[str] = ()) -> None:
        super().__init__()
        self._code, self._seen = code, seen
        self._falling = tuple(falling)
        self.heading = tr("Return the report on {code} to {reporter}", code=code, reporter=reporter)

    def subject(self) -> Content:
        """Return what happens when the report is returned, and the records that will no longer count."""
        lines = [Content(tr("The officer must report again and will see your reason."))]
        if self._falling:
            lines.append(
                Content.styled(tr("These changes were saved together with the report and are undone too:"), MUTED)
            )
        return Content("\n").join([*lines, *(Content(f"  {line}") for line in self._falling)])

    def fields(self) -> ComposeResult:
        """Yield the field for the reason."""
        yield Input(placeholder=tr("what is missing or wrong"), compact=True, id="reason")

    def hint(self) -> Content:
        """Return the line that explains the keys."""
        return Content(tr("Press enter to return it, {leave_key} to close.", leave_key=self.leave_key))

    def on_input_submitted(self) -> None:
        """Return the report when enter is pressed."""
        self.action_save()

    def writing(self) -> "Callable[[Writing], Answered]":
        """Return the function that returns the report. Raises BadValueError if the reason is missing."""
        code, seen, reason = self._code, self._seen, self.query_one(Input).value
        if not reason.strip():
            raise BadValueError(tr("Enter a reason"), where="reason")

        def give_back(writing: "Writing") -> "Answered":
            from planner.queries.history.expected_state import ExpectedReport
            from planner.writes.reports.confirmations import return_report

            return return_report(writing, code, reason, expected=ExpectedReport(seen))

        return give_back
