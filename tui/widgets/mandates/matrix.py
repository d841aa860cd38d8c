"""The matrix of clauses (rows) and themes (columns). Each cell has the number of items and their mean percent done."""

from typing import TYPE_CHECKING, ClassVar

from textual.binding import BindingType
from textual.content import Content
from textual.reactive import reactive

from planner.base.language import later, tr
from tui.keys import bindings
from tui.marks import MUTED, STRONG, TROUBLE, one_line
from tui.widgets.table import Column, Table

if TYPE_CHECKING:
    from planner.domain.rules.rollup import RollUp
    from planner.queries.mandates.matrix import Matrix, MatrixRow
    from planner.register.plan_view import ThemeView

_CELL = 8
_NARROW_CELL = 7


def clause_name(row: "MatrixRow") -> Content:
    """Return the key of a clause or a measure. A part of a clause is indented, and a row without links is marked."""
    name = row.name.partition(":")[2] or row.name
    return Content.styled(f"{'  ' * row.depth}{'! ' if row.is_gap else ''}{name}", TROUBLE if row.is_gap else STRONG)


def cell_figures(whole: "RollUp", width: int) -> Content:
    """Return a cell: the number of items, and their mean percent done. A narrow cell has no percent sign."""
    if not whole.items:
        return Content.styled("·".rjust(width), MUTED)
    sign = "%" if width >= _CELL else ""
    done = "–" if whole.actual is None else f"{whole.actual:.0f}{sign}"
    cell = Content.assemble((str(whole.items), STRONG), f"{done:>{4 + len(sign)}}")
    return cell.pad_left(width - cell.cell_length)


class MatrixTable(Table["MatrixRow"]):
    """The matrix. `place` is the column index of the cursor. The last column, after the themes, is for all themes."""

    BINDINGS: ClassVar[list[BindingType]] = bindings.MATRIX

    place: reactive[int] = reactive(0, repaint=False)
    matrix: "Matrix | None" = None

    def __init__(self) -> None:
        super().__init__((), lambda row: row.name, empty=tr("Loading the mandates…"), id="matrix")

    @property
    def theme(self) -> "ThemeView | None":
        """Return the theme of the cell under the cursor, or None in the column for all themes."""
        themes = self.matrix.themes if self.matrix else ()
        return themes[self.place] if self.place < len(themes) else None

    @property
    def cell(self) -> "RollUp | None":
        """Return the roll-up in the cell under the cursor, or None if there are no rows."""
        if self.row is None:
            return None
        return self.row.themes[self.place] if self.place < len(self.row.themes) else self.row.whole

    def fill(self, matrix: "Matrix", *, empty: str) -> None:
        """Show the matrix of a version, or the message `empty` if it has no rows."""
        self.matrix = matrix
        self.columns = self._columns_of(matrix)
        self.on_resize()
        self.show(matrix.rows, empty=empty)

    def _columns_of(self, matrix: "Matrix") -> "list[Column[MatrixRow]]":
        names = [str(theme.number) for theme in matrix.themes]
        return [
            Column("name", later("Items, % done"), lambda row, _: clause_name(row), 13),
            Column(
                "restatement", "", lambda row, _: Content.styled(one_line(row.wording), MUTED), 20, rank=1, comfort=20
            ),
            *(self._column(place, name) for place, name in enumerate(names)),
            self._column(len(names), later("All")),
        ]

    def _column(self, place: int, title: str) -> "Column[MatrixRow]":
        def cell(row: "MatrixRow", width: int) -> Content:
            drawn = cell_figures(row.themes[place] if place < len(row.themes) else row.whole, width)
            return drawn.stylize("reverse") if row is self.row and place == self.place else drawn

        return Column(f"theme-{place}", title, cell, _CELL, right=True, narrow=_NARROW_CELL)

    def validate_place(self, place: int) -> int:
        """Keep the cursor in a column of the matrix."""
        return max(0, min(place, len(self.matrix.themes) if self.matrix else 0))

    def watch_place(self) -> None:
        """Draw the cursor in its new column, and post a message with its row."""
        self.refresh_row(self.cursor)
        if self.row is not None:
            self.post_message(self.Pointed(self, self.row))

    def action_across(self, by: int) -> None:
        """Move the cursor `by` columns to the right."""
        self.place += by
