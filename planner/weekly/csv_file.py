"""A section as CSV: RFC 4180, UTF-8, the same bytes for the same rows on every machine."""

import codecs
import csv
from collections.abc import Iterable, Iterator
from typing import Any

from planner.spreadsheets import neutralised
from planner.weekly.table import ColumnType, Filled, Frame, Row, Section, lines

# Between the parts of a list in one cell.
LIST_SEPARATOR = "; "

# Columns whose cells anybody may have written. Words, numbers and dates are what csv.writer makes of them: a word its
# own text, a percent with its one decimal, a date in ISO 8601, and nothing an empty cell.
_OF_TEXT = (ColumnType.TEXT, ColumnType.LIST)


class _Line:
    """A file for csv.writer that keeps nothing: writing a row gives its text back, which is then streamed."""

    def write(self, text: str) -> str:
        return text


def csv_bytes(section: Section[Row], frame: Frame, rows: Iterable[Row], *, bom: bool = False) -> Iterator[bytes]:
    """The file in pieces: a byte-order mark where it is asked for, the header, a line per row as the rows come."""
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
    """The file of a section that is filled."""
    return csv_bytes(filled.section, filled.frame, filled.rows, bom=bom)


def _cell(value: Any) -> str | None:
    """A text or a list as a cell."""
    if value is None:
        return None
    return neutralised(value if isinstance(value, str) else LIST_SEPARATOR.join(value))
