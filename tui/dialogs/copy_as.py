"""The dialog for choosing the format of a copy."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static

from planner.base.language import tr
from tui.dialogs.dialog import Dialog
from tui.keys import bindings
from tui.marks import STRONG
from tui.services.copying import Form

_FORMS = {
    Form.TEXT: ("copy.as_text", tr("text, with tabs between values")),
    Form.MARKDOWN: ("copy.as_markdown", tr("a Markdown table")),
    Form.CSV: ("copy.as_csv", tr("CSV, for spreadsheets and programs")),
}


class CopyAsDialog(Dialog[Form]):
    """Lists the formats, each with its key. The result is the chosen format."""

    BINDINGS: ClassVar[list[BindingType]] = bindings.COPY_AS
    title_shown = tr("Copy as")

    def content(self) -> ComposeResult:
        """Yield the keys and their formats."""
        for name, label in _FORMS.values():
            yield Static(Content.assemble((f"{self.planner.key_for(name)}  ", f"{STRONG} $text-primary"), label))

    def action_take(self, form: str) -> None:
        """Close the dialog with the chosen format."""
        self.dismiss(Form(form))
