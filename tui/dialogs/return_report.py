"""The dialog for returning a report to its author."""

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Input, Static

from planner.base.language import tr
from tui.dialogs.dialog import Dialog
from tui.marks import MUTED, TROUBLE


class ReturnDialog(Dialog[str]):
    """Asks for the reason for returning a report. The result is the reason.

    `falling` describes the other records that will no longer count if the report is returned. An empty reason is not
    accepted.
    """

    def __init__(self, code: str, reporter: str, falling: Sequence[str] = ()) -> None:
        super().__init__()
        self._falling = tuple(falling)
        self.heading = tr("Return the report on {code} to {reporter}", code=code, reporter=reporter)

    def content(self) -> ComposeResult:
        """Yield the records that will no longer count, the field, and a line for errors."""
        if self._falling:
            yield Static(
                Content.styled(tr("These changes were saved together with the report and are undone too:"), MUTED)
            )
        for line in self._falling:
            yield Static(Content(f"  {line}"))
        yield Input(placeholder=tr("what is missing or wrong"), compact=True, id="reason")
        yield Static(markup=False, id="reason-trouble")

    def hint(self) -> Content:
        """Return the line that says what happens when the report is returned."""
        return Content(
            tr(
                "The officer must report again and will see your reason. Press enter to return it, {leave_key} "
                "to close.",
                leave_key=self.leave_key,
            )
        )

    def on_input_changed(self) -> None:
        """Remove the error message when the person types."""
        self.query_one("#reason-trouble").display = False

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Close the dialog with the reason, or show an error if the reason is missing."""
        if event.value.strip():
            self.dismiss(event.value)
        else:
            trouble = self.query_one("#reason-trouble", Static)
            trouble.update(Content.styled(tr("! Enter a reason."), TROUBLE))
            trouble.display = True
