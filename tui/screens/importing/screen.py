"""The import of files: the preview, the fields of columns, questions, conflicts and options."""

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static

from planner.base.errors import PlannerError
from planner.base.language import later, tr
from planner.domain.rules.permissions import Permission
from tui.data.importing import (
    Chosen,
    ChosenFiles,
    ShownImport,
    StoppedError,
    is_changed_file,
    is_outdated,
    read_chosen,
    read_preview,
    write_import,
)
from tui.dialogs.imports.choices import ImportNowDialog
from tui.keys import bindings
from tui.marks import MUTED, STRONG, one_line
from tui.screens.importing.answers import ImportAnswers, kept_rows
from tui.screens.importing.options import ImportOptions, Said
from tui.screens.importing.unfinished import UnfinishedImport
from tui.screens.page import Page
from tui.widgets.blocks import BlockPane
from tui.widgets.fold import Fold
from tui.widgets.importing import (
    CONFLICT_COLUMNS,
    OPTION_COLUMNS,
    QUESTION_COLUMNS,
    OptionRow,
    QuestionRow,
    preview_blocks,
    sample_columns,
)
from tui.widgets.table import Table

if TYPE_CHECKING:
    from planner.intake.answering.open_answers import OpenAnswer
    from planner.intake.applying.imported import Imported
    from planner.intake.column_samples import ColumnSample
    from planner.intake.proposed import Problem
    from planner.register.reading import Reading
    from planner.register.writing import Writing

# The position of the pane of questions.
_QUESTIONS = 2


class ImportScreen(Page):
    """Shows what the import of files would do, and imports them if the person confirms.

    Whatever the person chooses makes a new preview.
    """

    BINDINGS: ClassVar[list[BindingType]] = [*bindings.IMPORT, *bindings.FOLD, *bindings.BACK]
    name_shown = later("Import")
    help_text = later(
        "The preview shows what the import would do; nothing is written yet. Under Columns, choose the field that a "
        "column gives. Under Questions, answer what the files leave open. Under Conflicts, choose which value counts. "
        "Under Options, choose files, sheets and the day of reports. Then import all of it, or go back."
    )
    navigates = False

    def __init__(self, files: ChosenFiles) -> None:
        from planner.intake.wishes import Wishes

        super().__init__()
        self._files = files
        self._said = Said(Wishes())
        # The present preview, or None while it is being made.
        self._shown: ShownImport | None = None
        self._asked: dict[str, Problem] = {}
        self._first: dict[str, Problem] = {}
        self._writing = self._stopping = False
        self._answers = ImportAnswers(self, self._say_more)
        self._unfinished = UnfinishedImport(self, self._say_more)
        self._preview = BlockPane(id="import-preview")
        self._columns: Table[ColumnSample] = Table(
            sample_columns(()),
            lambda one: (one.place, one.number),
            empty=tr("No table was found."),
            id="import-columns",
        )
        self._questions: Table[QuestionRow] = Table(
            QUESTION_COLUMNS, lambda row: row.problem.key, empty=tr("There are no questions."), id="import-questions"
        )
        self._conflicts: Table[OpenAnswer] = Table(
            CONFLICT_COLUMNS, lambda one: one.key, empty=tr("There are no conflicts."), id="import-conflicts"
        )
        self._options: Table[OptionRow] = Table(OPTION_COLUMNS, lambda row: row.name, empty="", id="import-options")

    def content(self) -> ComposeResult:
        """Yield the summary and the panes."""
        yield Static(markup=False, id="listed")
        yield Fold(
            {
                tr("Preview"): self._preview,
                tr("Columns"): self._columns,
                tr("Questions"): self._questions,
                tr("Conflicts"): self._conflicts,
                tr("Options"): self._options,
            }
        )

    def on_mount(self) -> None:
        """Make the first preview."""
        super().on_mount()
        self._preview.focus()
        self._make_preview()

    @property
    def _asks(self) -> ImportOptions:
        found = self._shown.preview.as_of if self._shown else None
        return ImportOptions(self.planner, self._say_more, self._read, self._take_files, found)

    def _make_preview(self) -> None:
        app, files, wishes = self.planner, self._files, self._said.wishes
        self._shown = None
        self._progress(0)
        self._options.show(self._asks.rows(files, self._said))

        def read(reading: "Reading") -> ShownImport:
            count = app.tasks.counting(self, self._progress)
            return read_preview(reading, app.door.actor, files, wishes, count)

        app.tasks.read_to_write(self, read, self._previewed, self._failed, group="preview")

    def _progress(self, rows: int) -> None:
        if self._shown is None and not self._writing:
            # Each row is understood, and each item compared.
            counted = f" {min(rows / (2 * self._files.rows), 1):.0%}" if rows and self._files.rows else ""
            self._say(Content.styled(f"{tr('Comparing with the register…')}{counted}", MUTED))

    def _say(self, message: Content) -> None:
        self.query_one("#listed", Static).update(message)

    def _previewed(self, shown: ShownImport) -> None:
        self._shown = shown
        self._options.show(self._asks.rows(self._files, self._said))
        self._say_summary(shown)
        self._preview.fill(preview_blocks(shown.lines))
        self._columns.columns = sample_columns(shown.columns)
        self._columns.show(shown.columns)
        self._show_questions(shown)
        conflicts = [one for one in shown.answers if one.answer is not None]
        self._conflicts.show(conflicts)
        self.query_one(Fold).title(self._conflicts, tr("Conflicts {number}", number=len(conflicts)))
        register, plan = self.planner.door.address, shown.preview.plan
        self._unfinished.offer(register, plan, self._files, self._said, shown.questions)

    def _say_summary(self, shown: ShownImport) -> None:
        # A closed plan is told in the preview itself.
        why = self.planner.permissions.why_not(Permission.IMPORT_REGISTER, closed_too=True)
        only_look = f" {tr('You can only look.')} {why.note}" if why is not None else ""
        self._say(Content.assemble((one_line(shown.summary), STRONG), (one_line(only_look), MUTED)))

    def _show_questions(self, shown: ShownImport) -> None:
        """List the open questions, and those that the person has answered, now or in an earlier import of the files."""
        answers = self._said.wishes.answers
        for problem in shown.questions:
            if problem.key not in answers:
                # Once it is answered, it is shown as it was asked first, without an earlier answer that did not fit.
                self._first[problem.key] = problem
        answered = {key: self._first.get(key, problem) for key, problem in self._asked.items() if key in answers}
        self._asked = answered | {problem.key: problem for problem in shown.questions}
        still_open = {problem.key for problem in shown.questions}
        rows = [
            QuestionRow(problem, None if key in still_open else answers[key]) for key, problem in self._asked.items()
        ]
        self._questions.show([*rows, *kept_rows(shown.preview.kept)])
        self.query_one(Fold).title(self._questions, tr("Questions {number}", number=len(still_open)))

    def _failed(self, error: PlannerError) -> None:
        """Show why there is no preview."""
        self._say(Content.styled(error.note, "$text-error"))

    def on_table_opened(self, event: Table.Opened) -> None:
        """Ask for what is under the cursor: a field, an answer, a value that counts, or an option."""
        if self._writing:
            return
        if event.table is self._columns:
            self._answers.ask_field(event.row, self._columns.rows, self._said)
        elif event.table is self._questions:
            self._answers.ask(event.row, self._said)
        elif event.table is self._conflicts:
            self._answers.ask_value(event.row, self._conflicts.rows, self._said)
        else:
            self._asks.ask(event.row.name, self._files, self._said)

    def _say_more(self, said: Said) -> None:
        if said != self._said:
            self._said = said
            self._unfinished.keep(said, self._asked.values())
            self._make_preview()

    def _read(self, chosen: Chosen) -> None:
        """Read the files again, as they are now or as the person wants them read."""
        app = self.planner
        self._shown = None
        self._say(Content.styled(tr("Reading the file…"), MUTED))
        app.tasks.run(
            self,
            lambda: read_chosen(chosen, app.tasks.counting(self, self._reading)),
            self._take_files,
            self._not_read,
            group="preview",
        )

    def _reading(self, rows: int) -> None:
        self._say(Content.styled(tr("Reading the file… {rows:,} rows", rows=rows), MUTED))

    def _take_files(self, files: ChosenFiles) -> None:
        self._files = files
        known = [name for name in self._said.wishes.sheets if name in files.sheets]
        self._said = Said(replace(self._said.wishes, sheets=tuple(known)), self._said.reason)
        self._make_preview()

    def _not_read(self, error: PlannerError) -> None:
        """Show why the files could not be read, and keep the ones that were read before."""
        self.planner.warn(error)
        self._make_preview()

    def action_save(self) -> None:
        """Ask for confirmation, if nothing prevents the import."""
        shown = self._shown
        if shown is None or self._writing:
            return
        from planner.intake.preview_text import imported_words
        from planner.intake.previewing import require_no_blockers

        try:
            require_no_blockers(shown.preview)
        except PlannerError as error:
            self.planner.warn(error)
            if shown.questions:
                self.query_one(Fold).turn_to(_QUESTIONS)
            return
        if not shown.preview.anything:
            self.notify(imported_words(None, shown.preview), markup=False)
            return
        if not self.planner.permissions.may_write(Permission.IMPORT_REGISTER):
            return
        self.app.push_screen(ImportNowDialog(self._files.names, shown), self._confirmed)

    def _confirmed(self, wanted: bool | None) -> None:
        if not wanted or self._shown is None:
            return
        self._writing, self._stopping = True, False
        app, files, said, preview = self.planner, self._files, self._said, self._shown.preview
        self._written(0)

        def write(writing: "Writing") -> "Imported | None":
            shown = app.tasks.counting(self, self._written)

            def count(rows: int) -> None:
                if self._stopping:
                    raise StoppedError(tr("you stopped the import, so nothing was imported"))
                shown(rows)

            return write_import(writing, files, preview, said.wishes, said.reason, count)

        app.tasks.write(self, write, self._imported, self._refused)

    def _written(self, rows: int) -> None:
        if self._writing and not self._stopping:
            steps = 1 if self._shown is None else len(self._shown.preview.new) + len(self._shown.preview.changed) + 1
            stop = tr("{key} stops it.", key=self.planner.key_for("screen.back"))
            self._say(Content.styled(f"{tr('Importing…')} {min(rows / steps, 1):.0%}. {stop}", MUTED))

    def _imported(self, imported: "Imported | None") -> None:
        from planner.intake.preview_text import imported_words

        self._unfinished.written()
        undo = tr("Press {key} to take the whole import back.", key=self.planner.key_for("app.undo"))
        self.notify(f"{imported_words(imported)} {undo}", markup=False)
        self.planner.loading.reload()
        self.dismiss(True)

    def _refused(self, error: PlannerError) -> None:
        """Show why nothing was imported. If the register or a file was changed meanwhile, make a new preview."""
        self._writing = False
        if isinstance(error, StoppedError) and self._shown is not None:
            self.planner.warn(error)
            self._say_summary(self._shown)
        elif is_changed_file(error):
            self.notify(tr("The file was changed meanwhile. This is the new preview."), markup=False)
            self._read(self._files.chosen)
        elif is_outdated(error):
            self.notify(tr("Something was recorded meanwhile. This is the new preview."), markup=False)
            self._make_preview()
        else:
            self.planner.warn(error)
            self._make_preview()

    def may_leave(self) -> bool:
        """Return whether the screen can be closed. While the import is being written, this stops it instead."""
        if self._writing:
            self._stopping = True
            self._say(Content.styled(tr("Stopping…"), MUTED))
        return not self._writing
