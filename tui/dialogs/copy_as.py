"""The dialog for choosing the format of a copy."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static

from planner.base.language import later, tr_later
from tui.dialogs.dialog import Dialog
from tui.keys import bindings
from tui.marks import STRONG
from tui.services.copying import CopyFormat

_FORMS = {
    CopyFormat.TEXT: ("copy.as_text", later("text, with tabs between values")),
    CopyFormat.MARKDOWN: ("copy.as_markdown", later("a Markdown table")),
    CopyFormat.CSV: ("copy.as_csv", later("CSV, for spreadsheets and programs")),
}


class CopyAsDialog(Dialog[CopyFormat]):
    """Lists the formats, each with the keyboard key that chooses it. The result is the chosen format."""

    BINDINGS: ClassVar[list[BindingType]] = bindings.COPY_AS
    title_shown = later("Copy as")

    def content(self) -> ComposeResult:
        """Yield the formats and their keyboard keys."""
        for name, label in _FORMS.values():
            key = f"{self.planner.key_for(name)}  "
            yield Static(Content.assemble((key, f"{STRONG} $text-primary"), tr_later(label)))

    def action_take(self, form: str) -> None:
        """Close the dialog with the chosen format."""
        self.dismiss(CopyFormat(form))
