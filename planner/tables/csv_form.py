"""Writing rows as CSV (RFC 4180, UTF-8). The same rows give the same bytes on every machine."""

import codecs
import csv
from collections.abc import Iterable, Iterator, Sequence

from planner.base.views import value_class
from planner.tables.columns import Column, ColumnType, Row, Value
from planner.tables.spreadsheets import neutralised

# Separates the elements of a list in one cell.
LIST_SEPARATOR = "; "

# Columns whose text was typed by people, so that a spreadsheet could run it as a formula. csv.writer may write the
# other types directly: words, numbers, dates in ISO 8601, and None as an empty cell.
_OF_TEXT = (ColumnType.TEXT, ColumnType.LIST)


@value_class
class CsvStyle:
    """What a spreadsheet of the reader's language expects of a CSV.

    `bom` begins it with a byte-order mark. `decimal_comma` writes 12,5 in place of 12.5, and semicolons between cells.
    """

    bom: bool = False
    decimal_comma: bool = False

    @property
    def separator(self) -> str:
        """What stands between two cells."""
        return ";" if self.decimal_comma else ","

    @property
    def decimal_sign(self) -> str:
        """What stands before the decimals of a number."""
        return "," if self.decimal_comma else "."


# All styles, first that for programs, as RFC 4180 has it.
STYLES = tuple(CsvStyle(bom, comma) for comma in (False, True) for bom in (False, True))
USUAL = STYLES[0]


class _Line:
    """A file object for csv.writer that stores nothing: `write` returns the text, so that each row can be streamed."""

    def write(self, text: str) -> str:
        return text


def csv_bytes(columns: Sequence[Column[Row]], rows: Iterable[Row], style: CsvStyle = USUAL) -> Iterator[bytes]:
    """Yield the CSV in pieces: an optional byte-order mark, the header, and one line per row."""
    writer = csv.writer(_Line(), lineterminator="\r\n", delimiter=style.separator)
    if style.bom:
        yield codecs.BOM_UTF8
    yield writer.writerow([column.name for column in columns]).encode()
    reads = [column.read for column in columns]
    typed = [place for place, column in enumerate(columns) if column.type in _OF_TEXT]
    commas = [place for place, column in enumerate(columns) if style.decimal_comma and column.type.with_decimals]
    for row in rows:
        line = [read(row) for read in reads]
        _protect(line, typed)
        for place in commas:
            line[place] = _with_comma(line[place])
        yield writer.writerow(line).encode()


def value_text(value: Value) -> str | None:
    """Return a cell's value as text, as in the CSV but without the protection against formulas. None stays None."""
    if isinstance(value, tuple):
        return LIST_SEPARATOR.join(value) or None
    return None if value is None else str(value)


def _with_comma(number: Value) -> Value:
    return None if number is None else str(number).replace(".", ",")


def _protect(line: list[Value], places: Sequence[int]) -> None:
    """Protect the cells in these places of a row against being run as formulas."""
    for place in places:
        cell = line[place]
        if cell.__class__ is str:
            # No formula begins with a letter. A call for each of these cells would take longer than writing the row.
            if cell and not cell[0].isalnum():
                line[place] = neutralised(cell)
        elif cell is not None:
            line[place] = _cell(cell)


def _cell(value: Value) -> Value:
    """Return the cell for a text or a list, protected against being run as a formula by a spreadsheet."""
    if isinstance(value, tuple):
        return neutralised(LIST_SEPARATOR.join(value)) if value else None
    return neutralised(value) if isinstance(value, str) else value
