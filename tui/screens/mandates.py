"""The duties the plan stands on: clauses in their languages, the items behind each, what became of it, the findings."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static

from planner.vocabulary import NO_MANDATE_MESSAGE
from tui import keys
from tui.data.mandates import MandatesPage, read_mandates
from tui.marks import MUTED, STRONG, TROUBLE, one_line
from tui.screens.mandates_copy import copied
from tui.screens.page import Page
from tui.widgets.clause_panes import ITEMS, TEXTS, ClausePanes
from tui.widgets.clauses import gap_told, states_told, version_line
from tui.widgets.masthead import Masthead
from tui.widgets.matrix import MatrixTable
from tui.widgets.search import SearchField
from tui.widgets.table import Table

if TYPE_CHECKING:
    from planner.queries.matrix import Matrix, MatrixRow
    from planner.queries.overview import Overview
    from tui.copying import Copied


class MandatesScreen(Page):
    """Opens at a version (else the one in force) and a clause of it (else the first)."""

    BINDINGS: ClassVar[list[BindingType]] = [*keys.MANDATES, *keys.FOLD, *keys.BACK]
    name_shown = "Mandates"
    help_text = (
        "The clauses of each mandate version, what stands on them, and what the texts raise. The search looks in keys, "
        "restatements, the names of the measures that stand on a clause and, where a copy is attached, the texts of "
        "all languages."
    )

    def __init__(self, mandate: str | None = None, clause: str | None = None) -> None:
        super().__init__()
        self._mandate = mandate
        self._clause = clause
        self._page: MandatesPage | None = None
        # The words that the clauses shown have.
        self._search = ""
        # The theme to which the items behind a clause are narrowed; None for all.
        self._theme: int | None = None
        self._panes_due = False
        self._panes = ClausePanes()
        self._matrix = MatrixTable()

    def content(self) -> ComposeResult:
        """The version, what the cursor is on, and either the clauses with their panes or the matrix."""
        yield SearchField("Search keys, texts and measures, in any language…")
        yield Static(markup=False, id="version")
        yield Static(markup=False, id="chosen")
        yield self._panes
        yield self._matrix

    def on_mount(self) -> None:
        """Draw what is loaded and set the focus."""
        super().on_mount()
        self._matrix.display = False
        self._panes.clauses.focus()

    def show(self, standing: "Overview") -> None:
        """Read the versions, with the items as they stand."""
        self.planner.ask(self, lambda: read_mandates(self.planner.door, standing.items), self._arrived)

    def _arrived(self, page: MandatesPage) -> None:
        first = self._page is None
        self._page = page
        if self.matrix is None and page.matrices:
            in_force = [matrix for matrix in page.matrices if matrix.in_force]
            self._mandate = (in_force or page.matrices)[0].mandate
        if not page.matrices:
            self._panes.clauses.show([], empty=NO_MANDATE_MESSAGE)
            self._matrix.show([], empty=NO_MANDATE_MESSAGE)
        self._show_version(self._clause if first else None)

    @property
    def matrix(self) -> "Matrix | None":
        """The version that is shown."""
        matrices = self._page.matrices if self._page else ()
        return next((matrix for matrix in matrices if matrix.mandate == self._mandate), None)

    @property
    def row(self) -> "MatrixRow | None":
        """The clause, or the measure without one, under the cursor."""
        return self._listed.row

    def _show_version(self, clause: str | None = None) -> None:
        """Show the clauses of the version, the cursor on one (a key, with or without its version) where it is named.

        Where the one that is named has not the words searched for, the search is taken away.
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
        self._panes.clauses.show(shown.rows, empty=self._nothing())
        self._matrix.fill(shown, empty=self._nothing())
        if place is not None:
            self._panes.clauses.cursor = self._matrix.cursor = place
        clauses, of = _clauses_in(shown), f" of {_clauses_in(matrix)}" if self._search.strip() else ""
        self._panes.title(self._panes.clauses, f"Clauses {clauses}{of}")
        self._show_row()

    def _tell_version(self, matrix: "Matrix", matrices: "Sequence[Matrix]") -> None:
        name = f"Mandates  version {matrices.index(matrix) + 1} of {len(matrices)}"
        self.query_one(Masthead).screen_name = name
        self.query_one("#version", Static).update(version_line(matrix), layout=False)

    def _nothing(self) -> str:
        """What to say where no clause is shown."""
        if not self._search.strip():
            return "This version has no clauses."
        return f"No clause has these words. {self.planner.key_for('screen.back')} takes the search away."

    def action_filter(self) -> None:
        """Type what to search for."""
        self.query_one(SearchField).open()

    def on_input_changed(self, event: SearchField.Changed) -> None:
        """Narrow while it is typed."""
        self._search = event.value
        self._show_version()

    def on_input_submitted(self) -> None:
        """Go to the clauses that are left."""
        self._listed.focus()

    def _leave_search(self) -> None:
        search = self.query_one(SearchField)
        with search.prevent(SearchField.Changed):
            search.close()
        self._search = ""

    @property
    def _listed(self) -> "Table[MatrixRow]":
        """The clauses as a list, or as the matrix, whichever is shown."""
        return self._matrix if self._matrix.display else self._panes.clauses

    def on_table_pointed(self, event: Table.Pointed) -> None:
        """Show what the cursor is on."""
        if event.table in (self._panes.clauses, self._matrix):
            self._show_row()

    def _show_row(self) -> None:
        """Say what the cursor is on; the panes follow once that is painted, so that a held key never waits for them."""
        row = self.row
        self.query_one("#chosen", Static).update(self._chosen(row) if row else "", layout=False)
        if not self._panes_due:
            self._panes_due = True
            self.call_after_refresh(self._show_panes)

    def _chosen(self, row: "MatrixRow") -> Content:
        """Two lines: what the cursor is on, and how the items there stand."""
        name = Content.assemble((row.name, STRONG), (gap_told(row), TROUBLE), f"  {one_line(row.wording)}")
        if not self._matrix.display:
            return Content("\n").join([name, states_told(row.whole)])
        theme = self._matrix.theme
        label = f"{theme.number} {one_line(theme.title)}: " if theme else "All themes: "
        cell = self._matrix.cell or row.whole
        return Content("\n").join([name, Content.assemble((label, MUTED), states_told(cell))])

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
        """Open the item; from a cell of the matrix its items; from a clause its texts."""
        if event.table is self._panes.items:
            self.planner.open_item(event.row.code, [item.code for item in self._panes.items.rows])
        elif event.table is self._matrix:
            theme = self._matrix.theme
            self._theme = theme.number if theme else None
            self._turn(matrix=False)
            self._panes.turn_to(ITEMS)
        else:
            self._panes.turn_to(TEXTS)

    def _turn(self, *, matrix: bool) -> None:
        """Show the matrix or the clauses, the cursor on the same line."""
        if matrix:
            self._matrix.cursor = self._panes.clauses.cursor
        else:
            self._panes.clauses.cursor = self._matrix.cursor
        self._matrix.display = matrix
        self._panes.display = not matrix
        self._show_row()

    def action_view(self) -> None:
        """From the clauses to the matrix, and back."""
        self._turn(matrix=not self._matrix.display)
        self._listed.focus()

    def action_version(self) -> None:
        """The next version; the cursor goes to what became of the clause, or to what it was."""
        if self._page is None or self.row is None:
            return
        versions = [matrix.mandate for matrix in self._page.matrices]
        self._mandate = versions[(versions.index(self._mandate or versions[0]) + 1) % len(versions)]
        clause = self._page.clauses.get(self.row.name)
        ends = {end for row in clause.crosswalk for end in (row.from_clause, row.to_clause) if end} if clause else set()
        self._show_version(next((end for end in sorted(ends) if end.startswith(f"{self._mandate}:")), None))

    def action_pane(self, by: int) -> None:
        """The next pane, or the one before."""
        self._panes.turn_to(self._panes.shown + by)

    def action_links(self) -> None:
        """The links to the clauses, those first that want a review, beginning with the clause under the cursor."""
        self.planner.open_links(at=self.row.name if self.row else "")

    def action_findings(self) -> None:
        """All findings, of the texts and of the register."""
        self.planner.open_findings()

    def action_report(self) -> None:
        """Report on the item under the cursor."""
        item = self._panes.items.row
        if self._panes.items.has_focus and item is not None:
            self.planner.open_report(item.code)
        else:
            self.notify("Go to an item first (→)", markup=False)

    def take_theme(self, theme: int | None) -> bool:
        """A theme of the matrix, or of the items behind a clause."""
        matrix = self.matrix
        numbers = [each.number for each in matrix.themes] if matrix else []
        if self._matrix.display:
            self._matrix.place = numbers.index(theme) if theme in numbers else len(numbers)
        else:
            self._theme = theme
            self._show_row()
        return True

    def action_back(self) -> None:
        """Take the search away, then the theme, from the matrix go back to the clauses, then to the screen before."""
        row = self.row
        if self.query_one(SearchField).display:
            self._leave_search()
            self._listed.focus()
            self._show_version(row.name if row else None)
        elif self._matrix.display:
            self.action_view()
        elif self._theme is not None:
            self.take_theme(None)
        else:
            super().action_back()

    def to_copy(self) -> "Copied | None":
        """The matrix of the version, with what each clause says; the lines that are shown."""
        return copied(self.matrix, self._listed.rows) if self.matrix else None


def _place(matrix: "Matrix", clause: str | None) -> int | None:
    """Where a clause (its key, with or without its version) or a measure stands among the lines; None for nowhere."""
    key = clause.rpartition(":")[2] if clause else ""
    named = (place for place, row in enumerate(matrix.rows) if key and row.name.rpartition(":")[2] == key)
    return next(named, None)


def _clauses_in(matrix: "Matrix") -> int:
    return sum(row.is_clause for row in matrix.rows)
