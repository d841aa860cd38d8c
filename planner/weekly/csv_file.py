"""Write a section as CSV (RFC 4180, UTF-8). The same rows give the same bytes on every machine."""

import codecs
import csv
from collections.abc import Iterable, Iterator
from typing import Any

from planner.tables.spreadsheets import neutralised
from planner.weekly.frame import Frame
from planner.weekly.table import ColumnType, Filled, Row, Section, lines

# Separates the elements of a list in one cell.
LIST_SEPARATOR = "; "

# Columns whose text was typed by people, so that a spreadsheet could run it as a formula. csv.writer may write the
# other types directly: words, numbers, dates in ISO 8601, and None as an empty cell.
_OF_TEXT = (ColumnType.TEXT, ColumnType.LIST)


class _Line:
    """A file object for csv.writer that stores nothing: `write` returns the text, so that each row can be streamed."""

    def write(self, text: str) -> str:
        return text


def csv_bytes(section: Section[Row], frame: Frame, rows: Iterable[Row], *, bom: bool = False) -> Iterator[bytes]:
    """Yield the CSV in pieces: an optional byte-order mark, the header, and one line per row."""
    writer = csv.writer(_Line(), lineterminator="\r\n")
    if bom:
        yield codecs.BOM_UTF8
    yield writer.writerow([column.name for column in section.all_columns]).encode()
    texts = [place for place, column in enumerate(section.all_columns) if column.type in _OF_TEXT]
    for line in lines(section, frame, rows):
        for place in texts:
            line[place] = _cell(line[place])
        yield writer.writerow(line).encode()


def section_csv(filled: Filled[Any], *, bom: bool = False) -> Iterator[bytes]:
    """Yield the CSV of a filled section in pieces."""
    return csv_bytes(filled.section, filled.frame, filled.rows, bom=bom)


def _cell(value: Any) -> str | None:
    """Return the cell for a text or a list, protected against being run as a formula by a spreadsheet."""
    if value is None:
        return None
    return neutralised(value if isinstance(value, str) else LIST_SEPARATOR.join(value))
