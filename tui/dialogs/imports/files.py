"""The dialog that asks for the paths of the files to import, and reads the files."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Input, Static

from planner.base.language import later, tr
from planner.base.listing import listed
from tui.data.importing import Chosen, ChosenFiles, has_macros, paths_text, read_chosen, typed_paths
from tui.data.paths import completions
from tui.dialogs.dialog import Dialog
from tui.marks import MUTED, TROUBLE, one_line
from tui.widgets.path_input import PathInput
from tui.widgets.trouble import sentence

if TYPE_CHECKING:
    from planner.base.errors import PlannerError

# How many names are shown with which a path can go on.
MOST_NAMES = 12


class ImportFilesDialog(Dialog[ChosenFiles]):
    """Asks for paths and reads the files. The result is what the files contain.

    `before` are the files that were chosen before, if any. Errors are shown under the field, and the paths stay in it.
    """

    title_shown = later("Import files")

    def __init__(self, before: Chosen | None = None) -> None:
        super().__init__()
        self._before = before or Chosen(())
        # The paths of which one was refused for its macros. Entering them again lets only the cells be read.
        self._with_macros = self._before.paths if self._before.ignore_macros else ()
        self._reading = False

    def content(self) -> ComposeResult:
        """Yield the field for the paths, and a line for progress and errors."""
        state, value = self.planner.person_state, paths_text(self._before.paths)
        remembered = state.last_import if state is not None and not value else ""
        yield PathInput(
            value or remembered,
            compact=True,
            placeholder=tr("The path of the file, or of a folder"),
            # The paths of the last import are only offered: what a person types replaces them.
            select_on_focus=bool(remembered),
            id="path",
        )
        yield Static(markup=False, id="import-trouble")

    def hint(self) -> Content:
        """Return the lines that say which files can be read, and the keys."""
        return Content(
            tr(
                "A workbook, a CSV file, a Word file, a saved web page or a list. Put ; between several files.\n"
                "Nothing is written before you have seen the preview.\n"
                "Press {complete} to complete the path, enter to read, {leave_key} to close.",
                complete=self.planner.key_for("path.complete"),
                leave_key=self.leave_key,
            )
        )

    def on_input_changed(self) -> None:
        """Remove the message."""
        if not self._reading:
            self.query_one("#import-trouble").display = False

    def on_path_input_asked(self, event: PathInput.Asked) -> None:
        """Complete a path. The folder is read in another thread, because it may be slow."""

        def take(found: tuple[str, tuple[str, ...]]) -> None:
            path, names = found
            self.query_one(PathInput).take(event, path)
            # The change of the field removes the message.
            self.call_after_refresh(self._show_names, names)

        self.planner.tasks.run(self, lambda: completions(event.path), take, group="complete")

    def _show_names(self, names: tuple[str, ...]) -> None:
        """Show how the path can go on, if that is not sure."""
        if not self._reading and len(names) != 1:
            shown = listed(names, MOST_NAMES) if names else tr("No such file or folder.")
            self._say(Content.styled(one_line(shown), MUTED))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Read the files."""
        paths = typed_paths(event.value)
        if self._reading or not event.value.strip():
            return
        self._reading = True
        self._say(Content.styled(tr("Reading the file…"), MUTED))
        app, chosen = self.planner, replace(self._before, paths=paths, ignore_macros=paths == self._with_macros)
        app.tasks.run(
            self,
            lambda: read_chosen(chosen, app.tasks.counting(self, self._progress)),
            self._read,
            self._refused,
            group="import",
        )

    def _progress(self, rows: int) -> None:
        self._say(Content.styled(tr("Reading the file… {rows:,} rows", rows=rows), MUTED))

    def _read(self, files: ChosenFiles) -> None:
        app, state = self.planner, self.planner.person_state
        if state is not None:
            # The app may be started in another folder the next time.
            kept = paths_text([path.absolute() for path in typed_paths(self.query_one(PathInput).value)])
            app.tasks.run(app, lambda: state.keep_last_import(kept), lambda _: None, app.warn, group="last-import")
        self.dismiss(files)

    def _refused(self, error: "PlannerError") -> None:
        self._reading = False
        paths = typed_paths(self.query_one(PathInput).value)
        of_folder = Path(error.where or "").parent in paths
        several = f"{error.where}: " if (len(paths) > 1 or of_folder) and error.where else ""
        do = sentence(error.do) if error.do else ""
        if has_macros(error):
            self._with_macros = paths
            do = tr("Save it without macros, or press enter again to read only its cells. No macro is run.")
        message = f"! {several}{sentence(error.what)} {do}"
        self._say(Content.styled(one_line(message), TROUBLE))

    def _say(self, message: Content) -> None:
        line = self.query_one("#import-trouble", Static)
        line.update(message)
        line.display = True
