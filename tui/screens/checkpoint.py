"""Which checkpoint, kept outside the database, the history is held against."""

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Input, Static

from tui.data.verifying import Anchor
from tui.marks import MUTED, TROUBLE
from tui.screens.dialog import Dialog


class CheckpointDialog(Dialog[Anchor]):
    """Ends with the file and the key that were named."""

    title_shown = "Verify against a checkpoint"

    def __init__(self, before: Anchor) -> None:
        super().__init__()
        self._before = before

    def content(self) -> ComposeResult:
        """A field for each, as they were named the last time."""
        yield Static(Content.styled("A file that planner checkpoint wrote", MUTED))
        yield Input(self._before.file, placeholder="path of the file", compact=True, id="file")
        yield Static(
            Content.styled("Public key that must have signed it, or a file that holds it; may be empty", MUTED)
        )
        yield Input(self._before.key, placeholder="without it, any signature goes", compact=True, id="key")
        yield Static(markup=False, id="checkpoint-trouble")

    def hint(self) -> Content:
        """What the keys do."""
        return Content(f"tab leads to the other field, enter verifies, {self.leave_key} leaves.")

    def on_input_changed(self) -> None:
        """Take an error away once something is typed."""
        self.query_one("#checkpoint-trouble").display = False

    def on_input_submitted(self) -> None:
        """Take both, or ask for a file."""
        file, key = (self.query_one(f"#{name}", Input).value.strip() for name in ("file", "key"))
        if file:
            self.dismiss(Anchor(file, key))
        else:
            trouble = self.query_one("#checkpoint-trouble", Static)
            trouble.update(Content.styled("! Name the file of a checkpoint.", TROUBLE))
            trouble.display = True
            self.query_one("#file", Input).focus()
