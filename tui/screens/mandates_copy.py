"""The data that the mandates screen offers for copying."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from planner.base.language import later, tr
from tui.marks import one_line
from tui.services.copying import Copied

if TYPE_CHECKING:
    from planner.queries.mandates.matrix import Matrix, MatrixRow


def copied_matrix(matrix: "Matrix", rows: "Sequence[MatrixRow]") -> Copied:
    """Return the visible rows of the matrix, with the wording of each clause."""
    columns = (
        *(later("Clause"), later("Wording"), later("Items"), later("Done")),
        *(tr("Theme {number}", number=theme.number) for theme in matrix.themes),
    )
    return Copied(f"{matrix.mandate}: {matrix.title}", columns, tuple(_lines(rows)))


def _lines(rows: "Sequence[MatrixRow]") -> Iterator[tuple[object, ...]]:
    for row in rows:
        done = None if row.whole.actual is None else round(row.whole.actual)
        yield (row.name, one_line(row.wording), row.whole.items, done, *(theme.items for theme in row.themes))
