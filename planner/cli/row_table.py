"""A long table with one line for each row, or several lines if a row's long text is wrapped.

rich measures each cell twice and renders it as a block of its own: for 223 items that took longer than reading them. On
a narrow terminal, rich shortens all columns; here the less important ones are left out.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment, Segments
from rich.style import Style
from rich.text import Text

from planner.base.language import tr
from planner.base.listing import listed
from planner.base.views import value_class
from planner.base.visible_text import barred
from planner.cli.visible_console import VisibleConsole
from planner.domain.plain_words import plain

GAP = "  "

# The rows that are printed at a time, so that those of a long table are not all kept in memory once more.
BLOCK = 1_000

# The number of different texts in a column up to which its cells are kept, as they are laid out. Of a hundred thousand
# rows, two columns have more: their codes and titles.
MOST_KEPT = 1_000

# The wrapped column is never narrower than this, even if the lines then do not fit on the terminal.
NARROWEST = 8


@value_class
class TableColumn:
    """A column of a table: its heading, and whether its cells are aligned at the right.

    On a narrow terminal, the columns with the highest `rank` are left out first; those with rank 0 stay. One column has
    a width in `least`. It takes the room that the other columns leave, and its texts are wrapped or, with `cut`, cut to
    this width. It is narrower than `least` only if all columns with a rank are left out. Another column is at least
    `minimum` wide, even if its texts are shorter.
    """

    heading: str
    right: bool = False
    rank: int = 0
    least: int = 0
    cut: bool = False
    minimum: int = 0


class Cell(NamedTuple):
    """The text of a cell: one line that is safe to show (see `one_line`), because it is measured and printed unchanged.

    `style` is a style of rich. An empty style is that of the terminal. If the parts of the text have styles of their
    own, as in a bar, `parts` are the parts with their styles.
    """

    text: str = ""
    style: str = ""
    parts: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of_parts(cls, parts: Iterable[tuple[str, str]]) -> "Cell":
        """Return a cell whose parts have styles of their own."""
        pieces = tuple(parts)
        return cls("".join(text for text, _ in pieces), "", pieces)

    @property
    def styled(self) -> tuple[tuple[str, str], ...]:
        """The parts of the text that have a style, with their styles. Empty if the text is plain."""
        return self.parts or (((self.text, self.style),) if self.style and self.text else ())


# The pieces of a cell: texts, each with its style or None.
_Pieces = tuple[tuple[str, Style | None], ...]


def print_rows(out: VisibleConsole, columns: Sequence[TableColumn], rows: Sequence[Sequence[Cell]]) -> None:
    """Print rows below the headings, and then name the columns that the terminal has no room for.

    In plain words, each row is one line, in which the headings stand before the values.
    """
    if plain():
        _print_plainly(out, columns, rows)
        return
    headings = [Cell(column.heading, "bold") for column in columns]
    table = [headings, *rows]
    texts = [{row[place].text for row in table} for place in range(len(columns))]
    natural = [max(column.minimum, *map(_width, shown)) for column, shown in zip(columns, texts, strict=True)]
    widths = _fitted(columns, natural, out.width)
    layout = _Layout(out, columns, widths, [len(shown) <= MOST_KEPT for shown in texts])
    for start in range(0, len(table), BLOCK):
        lines = (line for row in table[start : start + BLOCK] for line in _lines(out, columns, row, widths))
        out.print(Segments(part for line in lines for part in layout.segments(line)), soft_wrap=True)
    # A column of marks has no heading, and no width if no row has a mark.
    left_out = [column.heading for column, width in zip(columns, widths, strict=True) if column.heading and not width]
    if left_out:
        out.print(tr("Not shown in this width: {columns}", columns=listed(left_out)), style="dim")


def _print_plainly(out: VisibleConsole, columns: Sequence[TableColumn], rows: Sequence[Sequence[Cell]]) -> None:
    """Print each row as one line of headings and values."""
    from planner.cli.plain_console import row_lines

    for line in row_lines([column.heading for column in columns], ([cell.text for cell in row] for row in rows)):
        out.print_line(line)


def _width(text: str) -> int:
    """Return how many cells of a terminal a text takes. Most texts are ASCII, for which this is quick."""
    return len(text) if text.isascii() else cell_len(text)


def _fitted(columns: Sequence[TableColumn], widths: Sequence[int], room: int) -> list[int]:
    """Return the width of each column on a terminal with `room` cells. The width of a column that is left out is 0."""
    fitted = list(widths)
    wrapped = next(place for place, column in enumerate(columns) if column.least)
    fitted[wrapped] = columns[wrapped].least
    for place in sorted(range(len(columns)), key=lambda place: -columns[place].rank):
        if _left(fitted, room) >= 0 or not columns[place].rank:
            break
        fitted[place] = 0
    # On a wide terminal, the columns after short texts would be far away from them.
    fitted[wrapped] = min(max(NARROWEST, fitted[wrapped] + _left(fitted, room)), widths[wrapped])
    return fitted


def _left(widths: Sequence[int], room: int) -> int:
    """Return how many cells of `room` the columns leave free. The number is negative if they do not fit."""
    return room - sum(width + len(GAP) for width in widths if width) + len(GAP)


def _lines(
    out: VisibleConsole, columns: Sequence[TableColumn], row: Sequence[Cell], widths: Sequence[int]
) -> Iterator[Sequence[Cell]]:
    """Yield the lines of a row: more than one if a text is wrapped."""
    wrapped = next(place for place, column in enumerate(columns) if column.least)
    text, style = row[wrapped].text, row[wrapped].style
    if _width(text) <= widths[wrapped]:
        yield row
        return
    if columns[wrapped].cut:
        shortened = set_cell_size(text, widths[wrapped] - 1) + "…"
        yield [*row[:wrapped], Cell(shortened, style), *row[wrapped + 1 :]]
        return
    for number, part in enumerate(Text(text).wrap(out, widths[wrapped])):
        cells = list(row) if number == 0 else [Cell()] * len(row)
        cells[wrapped] = Cell(part.plain.rstrip(), style)
        yield cells


class _Layout:
    """Puts the cells of a line beside each other, each in the width of its column.

    `keeps` says of each column whether its few different cells are laid out once and kept.
    """

    def __init__(
        self, out: VisibleConsole, columns: Sequence[TableColumn], widths: Sequence[int], keeps: Sequence[bool]
    ) -> None:
        self._out = out
        self._columns = columns
        self._widths = widths
        self._keeps = keeps
        self._places = [place for place, width in enumerate(widths) if width]
        self._kept: dict[tuple[int, Cell], _Pieces] = {}
        # Where nothing is coloured, a line is one piece, and rich has a tenth of the work.
        self._coloured = out.color_system is not None

    def segments(self, line: Sequence[Cell]) -> Iterator[Segment]:
        """Yield the pieces of a line: texts with a style, and what is between them."""
        between = ""
        for place in self._places:
            for text, style in self._pieces(place, line[place]):
                if style is None:
                    between += text
                else:
                    yield Segment(between)
                    yield Segment(text, style)
                    between = ""
        yield Segment(between + "\n")

    def _pieces(self, place: int, cell: Cell) -> _Pieces:
        if not self._keeps[place]:
            return self._laid_out(place, cell)
        found = self._kept.get((place, cell))
        if found is None:
            found = self._kept[place, cell] = self._laid_out(place, cell)
        return found

    def _laid_out(self, place: int, cell: Cell) -> _Pieces:
        """Return the pieces of a cell with the blanks beside it, and the gap to the next cell."""
        space = " " * (self._widths[place] - _width(cell.text))
        before, after = (space, "") if self._columns[place].right else ("", space)
        if place != self._places[-1]:
            after += GAP
        styled = cell.styled if self._coloured else ()
        if not styled:
            return ((f"{before}{barred(cell.text)}{after}", None),)
        coloured = ((barred(text), self._out.get_style(style)) for text, style in styled)
        return ((before, None), *coloured, (after, None))
