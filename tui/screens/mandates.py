"""The duties the plan stands on: clauses in their languages, the items behind each, what became of it, the findings."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static

from tui import keys
from tui.copying import Copied
from tui.data.mandates import MandatesPage, read_mandates
from tui.marks import MUTED, STRONG, TROUBLE, one_line
from tui.screens.page import Page
from tui.widgets.blocks import BlockPane
from tui.widgets.clause import crosswalk_blocks, finding_blocks
from tui.widgets.clauses import CLAUSE_COLUMNS, ITEM_COLUMNS, gap_told, states_told, version_line
from tui.widgets.fold import Fold, Pane
from tui.widgets.masthead import Masthead
from tui.widgets.matrix import MatrixTable
from tui.widgets.table import Table
from tui.widgets.texts import Texts

if TYPE_CHECKING:
    from planner.queries.matrix import Matrix, MatrixRow
    from planner.queries.overview import Overview
    from planner.queries.views import ItemView


class MandatesScreen(Page):
    """Opens at a version (else the one in force) and a clause of it (else the first)."""

    BINDINGS: ClassVar[list[BindingType]] = [*keys.MANDATES, *keys.FOLD, *keys.BACK]
    name_shown = "Mandates"
    help_text = "The clauses of each mandate version, what stands on them, and what the texts raise."

    def __init__(self, mandate: str | None = None, clause: str | None = None) -> None:
        super().__init__()
        self._mandate = mandate
        self._clause = clause
        self._page: MandatesPage | None = None
        # The theme to which the items behind a clause are narrowed; None for all.
        self._theme: int | None = None
        self._panes_due = False
        self._clauses: Table[MatrixRow] = Table(
            CLAUSE_COLUMNS, lambda row: row.name, empty="Reading the mandates…", id="clauses"
        )
        self._texts = Pane(Texts(), id="texts")
        self._items: Table[ItemView] = Table(ITEM_COLUMNS, lambda item: item.id, empty="No items.", id="behind")
        self._crosswalk = BlockPane(id="crosswalk")
        self._findings = BlockPane(id="findings")
        self._matrix = MatrixTable()

    def content(self) -> ComposeResult:
        """The version, what the cursor is on, and either the clauses with their panes or the matrix."""
        yield Static(markup=False, id="version")
        yield Static(markup=False, id="chosen")
        yield Fold(
            {
                "Clauses": self._clauses,
                "Texts": self._texts,
                "Items": self._items,
                "Crosswalk": self._crosswalk,
                "Findings": self._findings,
            }
        )
        yield self._matrix

    def on_mount(self) -> None:
        """Draw what is loaded and set the focus."""
        super().on_mount()
        self._matrix.display = False
        self._clauses.focus()

    def show(self, standing: "Overview") -> None:
        """Read the versions, with the items as they stand."""
        self.planner.ask(self, lambda: read_mandates(self.planner.door, standing.items), self._arrived)

    def _arrived(self, page: MandatesPage) -> None:
        first = self._page is None
        self._page = page
        if self.matrix is None and page.matrices:
            in_force = [matrix for matrix in page.matrices if matrix.in_force]
            self._mandate = (in_force or page.matrices)[0].mandate
        self._show_version(self._clause if first else None)

    @property
    def matrix(self) -> "Matrix | None":
        """The version that is shown."""
        matrices = self._page.matrices if self._page else ()
        return next((matrix for matrix in matrices if matrix.mandate == self._mandate), None)

    @property
    def row(self) -> "MatrixRow | None":
        """The clause, or the measure without one, under the cursor."""
        return self._matrix.row if self._matrix.display else self._clauses.row

    def _show_version(self, clause: str | None = None) -> None:
        """Show the clauses of the version, the cursor on one (a key, with or without its version) where it is named."""
        matrix = self.matrix
        if matrix is None:
            return
        matrices = self._page.matrices if self._page else ()
        name = f"Mandates  version {matrices.index(matrix) + 1} of {len(matrices)}"
        self.query_one(Masthead).screen_name = name
        self.query_one("#version", Static).update(version_line(matrix), layout=False)
        self._clauses.show(matrix.rows, empty="This version has no clauses.")
        self._matrix.fill(matrix)
        named = (place for place, row in enumerate(matrix.rows) if clause and row.name.endswith(f":{_key(clause)}"))
        place = next(named, None)
        if place is not None:
            self._clauses.cursor = self._matrix.cursor = place
        clauses = sum(row.is_clause for row in matrix.rows)
        self.query_one(Fold).title(self._clauses, f"Clauses {clauses}")
        self._show_row()

    def on_table_pointed(self, event: Table.Pointed) -> None:
        """Show what the cursor is on."""
        if event.table in (self._clauses, self._matrix):
            self._show_row()

    def _show_row(self) -> None:
        """Say what the cursor is on; the panes follow once that is painted, so that a held key never waits for them."""
        row = self.row
        if row is None:
            return
        self.query_one("#chosen", Static).update(self._chosen(row), layout=False)
        if not self._panes_due:
            self._panes_due = True
            self.call_after_refresh(self._show_panes)

    def _chosen(self, row: "MatrixRow") -> Content:
        """Two lines: what the cursor is on, and how the items there stand."""
        name = Content.assemble((row.name, STRONG), (gap_told(row), TROUBLE), f"  {one_line(row.told)}")
        if not self._matrix.display:
            return Content("\n").join([name, states_told(row.whole)])
        theme = self._matrix.theme
        label = f"{theme.number} {one_line(theme.title)}: " if theme else "All themes: "
        cell = self._matrix.cell or row.whole
        return Content("\n").join([name, Content.assemble((label, MUTED), states_told(cell))])

    def _show_panes(self) -> None:
        self._panes_due = False
        row, page = self._clauses.row, self._page
        if row is None or page is None or self._matrix.display:
            return
        with self.app.batch_update():
            self._fill_panes(row, page)

    def _fill_panes(self, row: "MatrixRow", page: MandatesPage) -> None:
        clause, findings = page.clauses.get(row.name), page.findings.get(row.name, ())
        texts = self.query_one(Texts)
        texts.restatement = row.about.restatement
        texts.texts = clause.texts if clause else ()
        behind = [item for item in row.items if self._theme in (None, item.theme)]
        self._items.show(behind, empty="No items stand on this." if self._theme is None else "No items of this theme.")
        self._crosswalk.fill(crosswalk_blocks(clause))
        self._findings.fill(finding_blocks(row, findings))
        fold, narrowed = self.query_one(Fold), f" of theme {self._theme}" if self._theme else ""
        fold.title(self._items, f"Items {len(behind)}{narrowed}")
        fold.title(self._crosswalk, f"Crosswalk {len(clause.crosswalk) if clause else 0}")
        fold.title(self._findings, f"Findings {len(findings)}")

    def on_table_opened(self, event: Table.Opened) -> None:
        """Open the item; from a cell of the matrix its items; from a clause its texts."""
        if event.table is self._items:
            self.planner.open_item(event.row.code, [item.code for item in self._items.rows])
        elif event.table is self._matrix:
            theme = self._matrix.theme
            self._theme = theme.number if theme else None
            self._turn(matrix=False)
            self.query_one(Fold).turn_to(2)
        else:
            self.action_pane(1)

    def _turn(self, *, matrix: bool) -> None:
        """Show the matrix or the clauses, the cursor on the same line."""
        if matrix:
            self._matrix.cursor = self._clauses.cursor
        else:
            self._clauses.cursor = self._matrix.cursor
        self._matrix.display = matrix
        self.query_one(Fold).display = not matrix
        self._show_row()

    def action_view(self) -> None:
        """From the clauses to the matrix, and back."""
        self._turn(matrix=not self._matrix.display)
        (self._matrix if self._matrix.display else self._clauses).focus()

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
        fold = self.query_one(Fold)
        fold.turn_to(fold.shown + by)

    def action_report(self) -> None:
        """Report on the item under the cursor."""
        item = self._items.row
        if self._items.has_focus and item is not None:
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
        """Take the theme away, from the matrix go back to the clauses, then to the screen before."""
        if self._matrix.display:
            self.action_view()
        elif self._theme is not None:
            self.take_theme(None)
        else:
            super().action_back()

    def to_copy(self) -> Copied | None:
        """The matrix of the version, with what each clause says."""
        return _copied(self.matrix) if self.matrix else None


def _key(clause: str) -> str:
    """A clause's key without its version."""
    return clause.rpartition(":")[2]


def _copied(matrix: "Matrix") -> Copied:
    columns = ("clause", "says", "items", "done", *(f"theme {theme.number}" for theme in matrix.themes))
    return Copied(f"{matrix.mandate}: {matrix.title}", columns, tuple(_copied_rows(matrix.rows)))


def _copied_rows(rows: "Sequence[MatrixRow]") -> Iterator[tuple[object, ...]]:
    for row in rows:
        done = None if row.whole.actual is None else round(row.whole.actual)
        yield (row.name, one_line(row.told), row.whole.items, done, *(theme.items for theme in row.themes))
