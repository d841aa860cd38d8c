"""The dialog that asks for the path of the weekly file and writes the file."""

from pathlib import Path
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Input, Static

from planner.base.language import later, tr
from tui.data.weekly import absolute_path, is_there, write_sheet
from tui.dialogs.dialog import Dialog
from tui.marks import TROUBLE
from tui.widgets.trouble import sentence

if TYPE_CHECKING:
    from planner.base.errors import PlannerError
    from tui.data.weekly import Sheet


class ExportDialog(Dialog[Path]):
    """Asks for a path and writes the file. The result is the path.

    Errors are shown under the field, and the input stays in it.
    """

    title_shown = later("Write the weekly file")

    def __init__(self, sheet: "Sheet") -> None:
        super().__init__()
        self._sheet = sheet
        self._replaces: Path | None = None
        self._writing = False

    def content(self) -> ComposeResult:
        """Yield the field, filled with the default file name, and a line for errors."""
        yield Input(absolute_path(self._sheet, ".").name, compact=True, select_on_focus=False, id="path")
        yield Static(markup=False, id="export-trouble")

    def hint(self) -> Content:
        """Return the line that says in which folder a file is written if its path names no folder."""
        return Content(
            tr(
                "Without a folder in its name, the file is written to {parent}.\n.csv has only the "
                "section shown; .xlsx, .html and .json have all.\nPress enter to write the file, "
                "{leave_key} to close.",
                parent=absolute_path(self._sheet, ".").parent,
                leave_key=self.leave_key,
            )
        )

    def on_input_changed(self) -> None:
        """Remove the error message.

        If a file with the new name exists, the dialog will ask before it replaces the file.
        """
        self._replaces = None
        self.query_one("#export-trouble").display = False

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Write the file. An existing file is replaced only at the second request."""
        if self._writing or not event.value.strip():
            return
        sheet, path = self._sheet, absolute_path(self._sheet, event.value.strip())
        if is_there(path) and path != self._replaces:
            self._replaces = path
            self._say(tr("The file {path} already exists. Press enter again to replace it.", path=path))
            return
        self._writing = True
        door, replace = self.planner.door, path == self._replaces
        self.planner.tasks.run(
            self, lambda: write_sheet(door, sheet, path, replace=replace), self._written, self._refused
        )

    def _written(self, path: Path) -> None:
        self.dismiss(path)

    def _refused(self, error: "PlannerError") -> None:
        self._writing = False
        self._replaces = None
        self._say(f"{sentence(error.what)} {sentence(error.do) if error.do else ''}")

    def _say(self, message: str) -> None:
        line = self.query_one("#export-trouble", Static)
        line.update(Content.styled(f"! {message}", TROUBLE))
        line.display = True
