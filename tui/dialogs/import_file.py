"""The dialog that asks for the path of a file to import, and reads the file."""

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Input, Static

from planner.base.language import later, tr
from tui.data.importing import ChosenFile, read_chosen
from tui.dialogs.dialog import Dialog
from tui.marks import MUTED, TROUBLE, one_line
from tui.widgets.trouble import sentence

if TYPE_CHECKING:
    from planner.base.errors import PlannerError


class ImportFileDialog(Dialog[ChosenFile]):
    """Asks for a path and reads the file. The result is what the file contains.

    Errors are shown under the field, and the path stays in it.
    """

    title_shown = later("Import a file")

    def __init__(self) -> None:
        super().__init__()
        self._reading = False

    def content(self) -> ComposeResult:
        """Yield the field for the path, and a line for progress and errors."""
        yield Input(compact=True, placeholder=tr("The path of the file"), id="path")
        yield Static(markup=False, id="import-trouble")

    def hint(self) -> Content:
        """Return the lines that say which files can be read, and the keys."""
        return Content(
            tr(
                "A workbook, a CSV file, a Word file, a saved web page or a list (docs/import.md).\nNothing is written "
                "before you have seen the preview.\nPress enter to read the file, {leave_key} to close.",
                leave_key=self.leave_key,
            )
        )

    def on_input_changed(self) -> None:
        """Remove the error message."""
        if not self._reading:
            self.query_one("#import-trouble").display = False

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Read the file."""
        given = event.value.strip()
        if self._reading or not given:
            return
        self._reading = True
        self._say(Content.styled(tr("Reading the file…"), MUTED))
        app = self.planner

        app.tasks.run(
            self,
            lambda: read_chosen(given, app.tasks.counting(self, self._progress)),
            self._read,
            self._refused,
            group="import",
        )

    def _progress(self, rows: int) -> None:
        self._say(Content.styled(tr("Reading the file… {rows:,} rows", rows=rows), MUTED))

    def _read(self, chosen: ChosenFile) -> None:
        self.dismiss(chosen)

    def _refused(self, error: "PlannerError") -> None:
        self._reading = False
        message = f"! {sentence(error.what)} {sentence(error.do) if error.do else ''}"
        self._say(Content.styled(one_line(message), TROUBLE))

    def _say(self, message: Content) -> None:
        line = self.query_one("#import-trouble", Static)
        line.update(message)
        line.display = True
