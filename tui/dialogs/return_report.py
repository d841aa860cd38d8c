"""The dialog for returning a report to its author."""

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Input, Static

from tui.dialogs.dialog import Dialog
from tui.marks import MUTED, TROUBLE


class ReturnDialog(Dialog[str]):
    """Asks for the reason for returning a report. The result is the reason.

    `falling` describes the records that no longer count if the report is returned. An empty reason is not accepted.
    """

    def __init__(self, code: str, reporter: str, falling: Sequence[str] = ()) -> None:
        super().__init__()
        self._falling = tuple(falling)
        self.title_shown = f"Return the report on {code} to {reporter}"

    def content(self) -> ComposeResult:
        """Yield the records that no longer count, the field, and a line for errors."""
        if self._falling:
            yield Static(Content.styled("Saved together with it, and falls back too:", MUTED))
        for line in self._falling:
            yield Static(Content(f"  {line}"))
        yield Input(placeholder="what is missing, or wrong", compact=True, id="reason")
        yield Static(markup=False, id="reason-trouble")

    def hint(self) -> Content:
        """Return the line that says what happens when the report is returned."""
        return Content(
            f"The item owes a report again, and the reason stands with it. enter returns it, {self.leave_key} leaves."
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
            trouble.update(Content.styled("! Say why in a few words.", TROUBLE))
            trouble.display = True
