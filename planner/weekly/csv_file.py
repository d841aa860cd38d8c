"""The weekly progress file as CSV: RFC 4180, UTF-8, the same bytes for the same rows on every machine."""

import codecs
import csv
from collections.abc import Iterable, Iterator

from planner.spreadsheets import safe_cell
from planner.weekly.columns import COLUMNS, Value
from planner.weekly.rows import WeeklyRow

# Between the parts of a list in one cell.
LIST_SEPARATOR = "; "


class _Line:
    """A file for csv.writer that keeps nothing: writing a row gives its text back, which is then streamed."""

    def write(self, text: str) -> str:
        return text


def csv_bytes(rows: Iterable[WeeklyRow], *, bom: bool = False) -> Iterator[bytes]:
    """The file in pieces: a byte-order mark where it is asked for, the header, a line per row as the rows come."""
    writer = csv.writer(_Line(), lineterminator="\r\n")
    if bom:
        yield codecs.BOM_UTF8
    yield writer.writerow([column.name for column in COLUMNS]).encode()
    for row in rows:
        yield writer.writerow([_cell(column.read(row)) for column in COLUMNS]).encode()


def _cell(value: Value) -> str | int | float:
    """A value as a cell. Percents come with one decimal and are written so, with a point, in every locale."""
    return safe_cell(LIST_SEPARATOR.join(value) if isinstance(value, tuple) else value)
