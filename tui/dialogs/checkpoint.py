"""Asks for a checkpoint, a file kept outside the database. The history is verified against this file."""

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Input, Static

from planner.base.language import later, tr
from tui.data.verifying import CheckpointFiles
from tui.dialogs.dialog import Dialog
from tui.marks import MUTED, TROUBLE


class CheckpointDialog(Dialog[CheckpointFiles]):
    """Asks for the file of a checkpoint and for a public key. The result holds both."""

    title_shown = later("Verify against a checkpoint")

    def __init__(self, before: CheckpointFiles) -> None:
        super().__init__()
        self._before = before

    def content(self) -> ComposeResult:
        """Yield a field for the file and one for the public key, filled with the values of the last verification."""
        yield Static(Content.styled(tr("Checkpoint file, written by 'planner checkpoint'"), MUTED))
        yield Input(self._before.file, placeholder=tr("path of the file"), compact=True, id="file")
        yield Static(Content.styled(tr("Public key of the signature, or a file with the key (optional)"), MUTED))
        yield Input(self._before.key, placeholder=tr("if empty, any signature is accepted"), compact=True, id="key")
        yield Static(markup=False, id="checkpoint-trouble")

    def hint(self) -> Content:
        """Return the line that explains the keyboard keys."""
        return Content(
            tr("Press tab for the other field, enter to verify, {leave_key} to close.", leave_key=self.leave_key)
        )

    def on_input_changed(self) -> None:
        """Remove the error message when the person types."""
        self.query_one("#checkpoint-trouble").display = False

    def on_input_submitted(self) -> None:
        """Close the dialog with the values, or show an error if the file is missing."""
        file, key = (self.query_one(f"#{name}", Input).value.strip() for name in ("file", "key"))
        if file:
            self.dismiss(CheckpointFiles(file, key))
        else:
            trouble = self.query_one("#checkpoint-trouble", Static)
            trouble.update(Content.styled(tr("! Enter the path of a checkpoint file."), TROUBLE))
            trouble.display = True
            self.query_one("#file", Input).focus()
