"""A section as CSV: RFC 4180, UTF-8, the same bytes for the same rows on every machine."""

import codecs
import csv
from collections.abc import Iterable, Iterator
from typing import Any

from planner.spreadsheets import safe_cell
from planner.weekly.table import Filled, Frame, Row, Section, Value, lines

# Between the parts of a list in one cell.
LIST_SEPARATOR = "; "


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
    for line in lines(section, frame, rows):
        yield writer.writerow([_cell(value) for value in line]).encode()


def section_csv(filled: Filled[Any], *, bom: bool = False) -> Iterator[bytes]:
    """The file of a section that is filled."""
    return csv_bytes(filled.section, filled.frame, filled.rows, bom=bom)


def _cell(value: Value) -> str | int | float:
    """A value as a cell. Percents come with one decimal and are written so, with a point, in every locale."""
    return safe_cell(LIST_SEPARATOR.join(value) if isinstance(value, tuple) else value)
