"""Shows the mandates: each clause in its languages, with its linked items, its crosswalk and its findings."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static

from planner.base.language import later, tr
from planner.domain.no_mandate import no_mandate_yet
from tui.data.mandates import MandatesPage, read_page
from tui.keys import bindings
from tui.marks import MUTED, STRONG, TROUBLE, one_line
from tui.screens.mandates_copy import copied_matrix
from tui.screens.page import Page
from tui.widgets.mandates.clause_panes import CLAUSES, ITEMS, TEXTS, ClausePanes
from tui.widgets.mandates.clauses import gap_message, state_summary, version_line
from tui.widgets.mandates.matrix import MatrixTable
from tui.widgets.masthead import Masthead
from tui.widgets.search import SearchField, nothing_matches
from tui.widgets.table import Table

if TYPE_CHECKING:
    from planner.queries.mandates.matrix import Matrix, MatrixRow
    from planner.queries.weeks.overview import Overview
    from tui.services.copying import Copied


class MandatesScreen(Page):
    """The screen of the mandates. It opens at the given version and clause, or else at the first clause in force."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings.MANDATES, *bindings.FOLD, *bindings.BACK]
    keys_at_cursor = ("mandates.report",)
    name_shown = later("Mandates")
    help_text = later(
        "The clauses of each mandate version, the items and measures linked to them, and the findings. "
        "The search covers keys, restatements, names of linked measures and the attached texts in all "
        "languages."
    )

    def __init__(self, mandate: str | None = None, clause: str | None = None) -> None:
        super().__init__()
        self._mandate = mandate
        self._clause = clause
        self._page: MandatesPage | None = None
        # The open proposal of the first version of a plan without a mandate.
        self._waiting: str | None = None
        # The search text, which filters the clauses.
        self._search = ""
        # The theme that filters the items behind a clause, or None for all themes.
        self._theme: int | None = None
        self._panes_due = False
        self._panes = ClausePanes()
        self._matrix = MatrixTable()

    @property
    def command(self) -> str:
        """The command that gives the same as text."""
        return "planner clauses, planner matrix"

    def content(self) -> ComposeResult:
        """Yield the search, the version, a description of the row under the cursor, the panes and the matrix."""
        yield SearchField(tr("Search keys, texts and measures, in any language…"))
        yield Static(markup=False, id="version")
        yield Static(markup=False, id="chosen")
        yield self._panes
        yield self._matrix

    def on_mount(self) -> None:
        """Show the loaded data, and set the focus."""
        super().on_mount()
        self._matrix.display = False
        self._panes.clauses.focus()

    def show(self, standing: "Overview") -> None:
        """Read the mandate versions and the state of the linked items."""
        self._waiting = standing.plan.waiting
        self.planner.tasks.read(self, lambda reading: read_page(reading, standing.items), self._arrived)

    def _arrived(self, page: MandatesPage) -> None:
        first = self._page is None
        self._page = page
        if self.matrix is None and page.matrices:
            in_force = [matrix for matrix in page.matrices if matrix.in_force]
            self._mandate = (in_force or page.matrices)[0].mandate
        if not page.matrices:
            self._panes.clauses.show([], empty=tr("There are no clauses."))
            self._matrix.show([], empty=tr("There are no clauses."))
            # The line above the panes has room for it.
            self.query_one("#version", Static).update(Content.styled(no_mandate_yet(self._waiting), STRONG))
        self._show_version(self._clause if first else None)

    @property
    def matrix(self) -> "Matrix | None":
        """Return the matrix of the version that is shown."""
        matrices = self._page.matrices if self._page else ()
        return next((matrix for matrix in matrices if matrix.mandate == self._mandate), None)

    @property
    def row(self) -> "MatrixRow | None":
        """Return the row under the cursor: a clause, or a measure that no clause covers."""
        return self._listed.row

    def _show_version(self, clause: str | None = None) -> None:
        """Show the clauses of the version, with the cursor on the given clause if there is one.

        `clause` is the clause's name, with or without the mandate version. If the search hides this clause, the search
        is removed.
        """
        matrix, page = self.matrix, self._page
        if matrix is None or page is None:
            return
        shown = page.narrowed(matrix, self._search)
        place = _place(shown, clause)
        if clause and place is None and self._search:
            self._leave_search()
            shown = matrix
            place = _place(shown, clause)
        self._tell_version(matrix, page.matrices)
        self._panes.clauses.show(shown.rows, empty=self._empty_message())
        self._matrix.fill(shown, empty=self._empty_message())
        if place is not None:
            self._panes.clauses.cursor = self._matrix.cursor = place
        title = tr("Clauses {shown}", shown=_clauses_in(shown))
        if self._search.strip():
            title = tr("Clauses {shown} of {total}", shown=_clauses_in(shown), total=_clauses_in(matrix))
        self._panes.title(self._panes.clauses, title)
        self._show_row()

    def _tell_version(self, matrix: "Matrix", matrices: "Sequence[Matrix]") -> None:
        place = matrices.index(matrix) + 1
        name = tr("Mandates  version {place} of {total}", place=place, total=len(matrices))
        self.query_one(Masthead).screen_name = name
        self.query_one("#version", Static).update(version_line(matrix), layout=False)

    def _empty_message(self) -> str:
        """Return the message for an empty list of clauses."""
        if not self._search.strip():
            return tr("This version has no clauses.")
        return nothing_matches(self.planner, tr("No clause matches the search."), 0)

    def on_input_changed(self, event: SearchField.Changed) -> None:
        """Filter the rows while the person types."""
        self._search = event.value
        self._show_version()

    def on_input_submitted(self) -> None:
        """Move the focus to the filtered clauses."""
        self._listed.focus()

    def _leave_search(self) -> None:
        search = self.query_one(SearchField)
        with search.prevent(SearchField.Changed):
            search.close()
        self._search = ""

    @property
    def _listed(self) -> "Table[MatrixRow]":
        """Return the visible table: the list of clauses or the matrix."""
        return self._matrix if self._matrix.display else self._panes.clauses

    def on_table_pointed(self, event: Table.Pointed) -> None:
        """Show the details of the row under the cursor."""
        if event.table in (self._panes.clauses, self._matrix):
            self._show_row()

    def _show_row(self) -> None:
        """Describe the row under the cursor.

        The panes are updated after the description is drawn, so that the cursor does not wait for them.
        """
        row = self.row
        self.query_one("#chosen", Static).update(self._chosen(row) if row else "", layout=False)
        if not self._panes_due:
            self._panes_due = True
            self.call_after_refresh(self._show_panes)

    def _chosen(self, row: "MatrixRow") -> Content:
        """Return two lines: the name of the clause or measure under the cursor, and the states of its items."""
        name = Content.assemble((row.name, STRONG), (gap_message(row), TROUBLE), f"  {one_line(row.wording)}")
        if not self._matrix.display:
            return Content("\n").join([name, state_summary(row.whole)])
        theme = self._matrix.theme
        label = f"{theme.number} {one_line(theme.title)}: " if theme else tr("All themes: ")
        cell = self._matrix.cell or row.whole
        return Content("\n").join([name, Content.assemble((label, MUTED), state_summary(cell))])

    def _show_panes(self) -> None:
        self._panes_due = False
        row, page = self._panes.clauses.row, self._page
        if page is None or self._matrix.display:
            return
        with self.app.batch_update():
            if row is None:
                self._panes.clear()
            else:
                self._panes.fill(row, page.clauses.get(row.name), page.findings.get(row.name, ()), self._theme)

    def on_table_opened(self, event: Table.Opened) -> None:
        """Open an item, the items of a matrix cell, or the text of a clause."""
        if event.table is self._panes.items:
            self.planner.navigator.open_item(event.row.code, [item.code for item in self._panes.items.rows])
        elif event.table is self._matrix:
            theme = self._matrix.theme
            self._theme = theme.number if theme else None
            self._turn(matrix=False)
            self._panes.turn_to(ITEMS)
        else:
            self._panes.turn_to(TEXTS)

    def _turn(self, *, matrix: bool) -> None:
        """Switch between the matrix and the list of clauses. The cursor stays on the same clause."""
        if matrix:
            self._matrix.cursor = self._panes.clauses.cursor
        else:
            self._panes.clauses.cursor = self._matrix.cursor
        self._matrix.display = matrix
        self._panes.display = not matrix
        self._show_row()

    def action_view(self) -> None:
        """Switch between the list of clauses and the matrix."""
        self._turn(matrix=not self._matrix.display)
        self._listed.focus()

    def action_version(self) -> None:
        """Show the next version. If the crosswalk maps the present clause to a clause of that version, select it."""
        if self._page is None or self.row is None:
            return
        versions = [matrix.mandate for matrix in self._page.matrices]
        self._mandate = versions[(versions.index(self._mandate or versions[0]) + 1) % len(versions)]
        clause = self._page.clauses.get(self.row.name)
        ends = {end for row in clause.crosswalk for end in (row.from_clause, row.to_clause) if end} if clause else set()
        self._show_version(next((end for end in sorted(ends) if end.startswith(f"{self._mandate}:")), None))

    def action_links(self) -> None:
        """Open the screen of links, and select a link to the clause under the cursor."""
        self.planner.navigator.open_links(at=self.row.name if self.row else "")

    def action_findings(self) -> None:
        """Show all findings."""
        self.planner.navigator.open_findings()

    def action_report(self) -> None:
        """Open the report form of the item under the cursor."""
        if self.pointed_item is not None:
            self.planner.reports.open_form(self.pointed_item)
        else:
            self.refuse_without_item(tr("Go to the list of items with {key}", key="→"))

    @property
    def pointed_item(self) -> str | None:
        """The code of the item under the cursor, while the cursor is in the list of items."""
        items = self._panes.items
        return items.row.code if items.has_focus and items.row is not None else None

    def take_theme(self, theme: int | None) -> bool:
        """Select a theme: move to its column in the matrix, or list only its items if the matrix is hidden."""
        matrix = self.matrix
        numbers = [each.number for each in matrix.themes] if matrix else []
        if self._matrix.display:
            self._matrix.place = numbers.index(theme) if theme in numbers else len(numbers)
        else:
            self._theme = theme
            self._show_row()
        return True

    def action_back(self) -> None:
        """Go back one step, and close the screen last.

        The steps before are: close the search, leave the matrix, remove the theme filter, return to the clauses.
        """
        row = self.row
        if self.query_one(SearchField).display:
            self._leave_search()
            self._listed.focus()
            self._show_version(row.name if row else None)
        elif self._matrix.display:
            self.action_view()
        elif self._theme is not None:
            self.take_theme(None)
        elif not self._panes.clauses.has_focus:
            self._panes.turn_to(CLAUSES)
        else:
            super().action_back()

    def to_copy(self) -> "Copied | None":
        """Return the visible rows of the matrix of the shown version, with the wording of each clause."""
        return copied_matrix(self.matrix, self._listed.rows) if self.matrix else None


def _place(matrix: "Matrix", clause: str | None) -> int | None:
    """Return the row number of a clause or a measure, or None if it is not in the matrix.

    `clause` is the name of the clause or measure, with or without the mandate version.
    """
    key = clause.rpartition(":")[2] if clause else ""
    named = (place for place, row in enumerate(matrix.rows) if key and row.name.rpartition(":")[2] == key)
    return next(named, None)


def _clauses_in(matrix: "Matrix") -> int:
    return sum(row.is_clause for row in matrix.rows)
