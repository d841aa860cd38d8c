"""The import of a file: its preview, the fields of its columns, and the questions that it leaves open."""

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static

from planner.base.errors import PlannerError
from planner.base.language import later, tr
from planner.domain.symbols import words
from tui.data.importing import ChosenFile, Said, ShownImport, is_outdated, read_preview, write_import
from tui.dialogs.importing import ChoiceDialog, ImportNowDialog
from tui.dialogs.pick import NameDialog, Pick
from tui.keys import bindings
from tui.marks import MUTED, STRONG, one_line
from tui.screens.page import Page
from tui.widgets.blocks import BlockPane
from tui.widgets.fold import Fold
from tui.widgets.importing import QUESTION_COLUMNS, QuestionRow, preview_blocks, sample_columns
from tui.widgets.table import Table

if TYPE_CHECKING:
    from planner.intake.applying.apply import Imported
    from planner.intake.column_samples import ColumnSample
    from planner.intake.proposed import Problem
    from planner.register.reading import Reading

# The position of the pane of questions.
_QUESTIONS = 2


class ImportScreen(Page):
    """Shows what the import of a file would do, and imports it if the person confirms.

    Each field and each answer that the person chooses makes a new preview.
    """

    BINDINGS: ClassVar[list[BindingType]] = [*bindings.IMPORT, *bindings.FOLD, *bindings.BACK]
    name_shown = later("Import")
    help_text = later(
        "The preview shows what the import would do; nothing is written yet. Under Columns, choose the field that a "
        "column gives. Under Questions, answer what the file leaves open. Then import all of it, or go back."
    )
    navigates = False

    def __init__(self, chosen: ChosenFile) -> None:
        super().__init__()
        self._chosen = chosen
        self._said = Said()
        # The present preview, or None while it is being made.
        self._shown: ShownImport | None = None
        self._asked: dict[str, Problem] = {}
        self._writing = False
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

    def content(self) -> ComposeResult:
        """Yield the summary and the three panes."""
        yield Static(markup=False, id="listed")
        yield Fold({tr("Preview"): self._preview, tr("Columns"): self._columns, tr("Questions"): self._questions})

    def on_mount(self) -> None:
        """Make the first preview."""
        super().on_mount()
        self._preview.focus()
        self._make_preview()

    def _make_preview(self) -> None:
        app, chosen, said = self.planner, self._chosen, self._said
        self._shown = None
        self._progress(0)

        def read(reading: "Reading") -> ShownImport:
            count = app.tasks.counting(self, self._progress)
            return read_preview(reading, app.door.actor, chosen, said, count)

        app.tasks.read(self, read, self._previewed, self._failed, group="preview")

    def _progress(self, rows: int) -> None:
        if self._shown is None:
            counted = f" {rows:,}" if rows else ""
            self._say(Content.styled(f"{tr('Comparing with the register…')}{counted}", MUTED))

    def _say(self, message: Content) -> None:
        self.query_one("#listed", Static).update(message)

    def _previewed(self, shown: ShownImport) -> None:
        self._shown = shown
        self._say(Content.styled(one_line(shown.summary), STRONG))
        self._preview.fill(preview_blocks(shown.lines))
        self._columns.columns = sample_columns(shown.columns)
        self._columns.show(shown.columns)
        self._show_questions(shown)

    def _show_questions(self, shown: ShownImport) -> None:
        """List the open questions, and those that the person has answered."""
        answers = self._said.answers
        answered = {key: problem for key, problem in self._asked.items() if key in answers}
        self._asked = answered | {problem.key: problem for problem in shown.questions}
        still_open = {problem.key for problem in shown.questions}
        rows = [
            QuestionRow(problem, None if key in still_open else answers[key]) for key, problem in self._asked.items()
        ]
        self._questions.show(rows)
        self.query_one(Fold).title(self._questions, tr("Questions {number}", number=len(still_open)))

    def _failed(self, error: PlannerError) -> None:
        """Show why there is no preview."""
        self._say(Content.styled(error.note, "$text-error"))

    def on_table_opened(self, event: Table.Opened) -> None:
        """Ask for the field of a column, or for the answer to a question."""
        if self._writing:
            return
        if event.table is self._columns:
            self._ask_field(event.row)
        else:
            self._ask_answer(event.row)

    def _ask_field(self, column: "ColumnSample") -> None:
        by_field = {one.field: one.heading for one in self._columns.rows if one.place == column.place}
        picks = [
            Pick("", tr("not imported")),
            *(Pick(field.value, words(field.value), by_field.get(field, "")) for field in column.fields),
        ]

        def chosen(name: str | None) -> None:
            if name is not None:
                field = next((one for one in column.fields if one.value == name), None)
                self._say_more(replace(self._said, mapping={**self._said.mapping, column.heading: field}))

        values = " | ".join(column.values)
        question = f"{one_line(column.heading)}: {one_line(values)}" if values else column.heading
        present = column.field.value if column.field else ""
        self.app.push_screen(ChoiceDialog(tr("Which field is this column?"), question, picks, at=present), chosen)

    def _ask_answer(self, row: QuestionRow) -> None:
        problem = row.problem

        def answered(answer: str | None) -> None:
            if answer is not None:
                self._answer(problem.key, answer)

        if not problem.choices:
            title = one_line(f"{problem.place}: {problem.what}")
            self.app.push_screen(NameDialog(title, row.answer or "", one_line(problem.do)), answered)
            return
        picks = [Pick(choice, choice) for choice in problem.choices]
        if row.answer is not None:
            picks.append(Pick("", tr("Leave the question open")))
        value = f" '{problem.value}'" if problem.value and problem.value not in problem.what else ""
        question = f"{problem.place}{value}: {problem.what}. {problem.do}."
        self.app.push_screen(ChoiceDialog(tr("Question"), question, picks, at=row.answer or ""), answered)

    def _answer(self, key: str, answer: str) -> None:
        """Take an answer to a question. An empty one opens the question again."""
        answers = {known: given for known, given in self._said.answers.items() if known != key}
        self._say_more(replace(self._said, answers={**answers, key: answer} if answer else answers))

    def _say_more(self, said: Said) -> None:
        if said != self._said:
            self._said = said
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
            self.notify(imported_words(None), markup=False)
            return
        self.app.push_screen(ImportNowDialog(self._chosen.file.name, shown.summary), self._confirmed)

    def _confirmed(self, wanted: bool | None) -> None:
        shown, chosen, said = self._shown, self._chosen, self._said
        if not wanted or shown is None:
            return
        self._writing = True
        self._say(Content.styled(tr("Importing…"), MUTED))
        preview = shown.preview
        self.planner.tasks.write(
            self, lambda writing: write_import(writing, chosen, preview, said), self._imported, self._refused
        )

    def _imported(self, imported: "Imported | None") -> None:
        from planner.intake.preview_text import imported_words

        undo = tr("Press {key} to take the whole import back.", key=self.planner.key_for("app.undo"))
        self.notify(f"{imported_words(imported)} {undo}", markup=False)
        self.planner.loading.reload()
        self.dismiss(True)

    def _refused(self, error: PlannerError) -> None:
        """Show why nothing was imported. If something was recorded meanwhile, make a new preview."""
        self._writing = False
        if is_outdated(error):
            self.notify(tr("Something was recorded meanwhile. This is the new preview."), markup=False)
        else:
            self.planner.warn(error)
        self._make_preview()

    def may_leave(self) -> bool:
        """Return whether the screen can be closed: not while the import is being written."""
        if self._writing:
            self.notify(tr("The file is being imported. Wait until this has ended."), markup=False)
        return not self._writing
