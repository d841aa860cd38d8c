"""A long table with one line for each row, and more only if one long text is wrapped.

rich measures each cell twice and renders it as a block of its own: for 223 items that took longer than reading them. On
a narrow terminal, rich shortens all columns; here the less important ones are left out.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from rich.console import Group
from rich.text import Text

from planner.base.language import tr
from planner.base.listing import listed
from planner.cli.visible_console import VisibleConsole

GAP = "  "

# The wrapped column is never narrower than this, even if the lines then do not fit on the terminal.
NARROWEST = 8


@dataclass(frozen=True)
class TableColumn:
    """A column: its heading, and whether its cells are aligned at the right.

    On a narrow terminal, the columns with the highest `rank` are left out first; those with rank 0 stay. The one column
    with `least` takes the room that the others leave and wraps its texts. It gets at least this many cells of the
    terminal, and fewer only if all columns with a rank are left out.
    """

    heading: str
    right: bool = False
    rank: int = 0
    least: int = 0


def print_rows(out: VisibleConsole, columns: Sequence[TableColumn], rows: Sequence[Sequence[Text]]) -> None:
    """Print rows below the headings, and then name the columns that the terminal has no room for.

    Each cell is on one line and safe to show, because its width is measured as it is given: see `one_line`.
    """
    widths = [
        max(map(cell_len, (column.heading, *(row[place].plain for row in rows))))
        for place, column in enumerate(columns)
    ]
    widths = _fitted(columns, widths, out.width)
    headings = [Text(column.heading, style="bold") for column in columns]
    lines = [line for row in (headings, *rows) for line in _lines(out, columns, row, widths)]
    out.print(Group(*lines), soft_wrap=True)
    left_out = [column.heading for column, width in zip(columns, widths, strict=True) if not width]
    if left_out:
        out.print(tr("Not shown in this width: {columns}", columns=listed(left_out)), style="dim")


def _fitted(columns: Sequence[TableColumn], widths: Sequence[int], room: int) -> list[int]:
    """Return the widths of the columns on a terminal that has `room` cells; 0 for columns that are left out."""
    fitted = list(widths)
    wrapped = next(place for place, column in enumerate(columns) if column.least)
    fitted[wrapped] = columns[wrapped].least
    for place in sorted(range(len(columns)), key=lambda place: -columns[place].rank):
        if _left(fitted, room) >= 0 or not columns[place].rank:
            break
        fitted[place] = 0
    fitted[wrapped] = max(NARROWEST, fitted[wrapped] + _left(fitted, room))
    return fitted


def _left(widths: Sequence[int], room: int) -> int:
    """Return the cells of `room` that the columns leave, below 0 if they do not fit."""
    return room - sum(width + len(GAP) for width in widths if width) + len(GAP)


def _lines(
    out: VisibleConsole, columns: Sequence[TableColumn], row: Sequence[Text], widths: Sequence[int]
) -> Iterator[Text]:
    """Yield the lines of a row: one, and more if the wrapped text needs them."""
    wrapped = next(place for place, column in enumerate(columns) if column.least)
    parts = [row[wrapped]]
    if cell_len(row[wrapped].plain) > widths[wrapped]:
        parts = list(row[wrapped].wrap(out, widths[wrapped]))
    for number, part in enumerate(parts):
        part.rstrip()
        cells = [part if place == wrapped else cell if number == 0 else Text() for place, cell in enumerate(row)]
        yield Text(GAP).join(
            _aligned(cell, width, column) for cell, width, column in zip(cells, widths, columns, strict=True) if width
        )


def _aligned(cell: Text, width: int, column: TableColumn) -> Text:
    space = " " * (width - cell_len(cell.plain))
    return Text.assemble(space, cell) if column.right else Text.assemble(cell, space)
