"""Reading text files in which a character separates the cells: CSV, TSV and others, and tables in Markdown."""

import csv
import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TextIO

from planner.base.errors import ImportFileError
from planner.base.language import tr
from planner.intake.files.input_file import STEP, InputFile
from planner.intake.files.limits import MOST_COLUMNS, MOST_LINES, require_possible
from planner.intake.files.texts.delimiters import find_delimiter
from planner.intake.sheets import Row, Sheet, Value
from planner.tables.spreadsheets import original

# Spreadsheets accept this first line, which names the delimiter.
_NAMED = re.compile(r"sep=(.)\r?\n?", re.IGNORECASE)
# How many lines decide about the delimiter, and how many characters of them are read at most.
FIRST_LINES = 300
_FIRST_CHARACTERS = 400_000
_LONGEST_LINE = 200_000
# In characters, of one cell. Below the limit of the csv module, which any library may change for the whole process.
_LONGEST_CELL = 100_000
# Portals write ="007" so that a spreadsheet keeps the zeros.
_KEPT_TEXT = re.compile(r'="([^"]*)"')
# Follows the last line while it is read. No text has it, because it has control characters.
_END = "\x1eend\x1e"
# The line below the header of a table in Markdown.
_RULE = re.compile(r"\s*:?-+:?\s*")


class _LongLineError(csv.Error):
    """A line is too long. `line` is its beginning."""

    def __init__(self, line: str) -> None:
        super().__init__()
        self.line = line


def first_lines(text: TextIO) -> list[str]:
    """Return the first lines of a text, each with its line end. A very long line is cut."""
    lines: list[str] = []
    size = 0
    for line in islice(iter(lambda: text.readline(_LONGEST_LINE), ""), FIRST_LINES):
        lines.append(line)
        size += len(line)
        if size > _FIRST_CHARACTERS:
            break
    return lines


def likely_delimiter(suffix: str) -> str:
    """Return the delimiter that a file with this suffix usually has, or nothing."""
    return {".tsv": "\t", ".tab": "\t", ".csv": ","}.get(suffix, "")


def read_delimited(source: InputFile, text: TextIO, delimiter: str | None) -> Sheet:
    """Read a text, from its beginning, into a sheet. Without a delimiter, each line is one cell.

    Raises ImportFileError if a quotation mark is not closed or the table is too large.
    """
    skipped = 1 if _NAMED.fullmatch(text.readline(_LONGEST_LINE)) else 0
    if not skipped:
        text.seek(0)
    rows: list[Row] = []
    columns = 0
    for number, cells in enumerate(_records(source, text, delimiter), 1 + skipped):
        if number > MOST_LINES:
            raise _too_long(source)
        values = _values(source, cells)
        if values:
            columns = max(columns, len(values))
            rows.append(Row(number, values))
            if not len(rows) % STEP:
                require_possible(len(rows), columns, str(source.path))
                source.on_rows(STEP)
    require_possible(len(rows), columns, str(source.path))
    source.on_rows(len(rows) % STEP)
    if delimiter == "|":
        rows = _without_rules(rows)
    return Sheet(source.name, "", rows)


def delimiter_of(source: InputFile, lines: list[str], suffix: str) -> str | None:
    """Return the delimiter of a text by its first lines, or None if it has none."""
    if source.options.delimiter:
        return source.options.delimiter
    named = _NAMED.fullmatch(lines[0]) if lines else None
    return named[1] if named else find_delimiter(lines, str(source.path), likely_delimiter(suffix))


def _records(source: InputFile, text: TextIO, delimiter: str | None) -> Iterator[list[str]]:
    """Yield the cells of each record."""
    number, line = 0, 0
    try:
        if delimiter is None:
            yield from ([one] for one in _lines(text))
            return
        records = csv.reader(_with_end(_lines(text)), delimiter=delimiter)
        for record in records:
            if record == [_END]:
                return
            if record and (record[-1].endswith(_END) or max(map(len, record)) > _LONGEST_CELL):
                raise csv.Error
            number += 1
            line = records.line_num
            yield record
    except _LongLineError as error:
        # A spreadsheet program writes empty columns beyond the table as delimiters.
        too_many = delimiter is not None and error.line.count(delimiter) > MOST_COLUMNS
        raise (_too_wide if too_many else _endless)(source, number, line) from error
    except csv.Error as error:
        raise _endless(source, number, line) from error


def _too_wide(source: InputFile, number: int, line: int) -> ImportFileError:
    """Return the error about the columns of the record after a number of records and lines."""
    return ImportFileError(
        tr(
            "row {number:,}, at line {line:,}, has more than {most:,} columns",
            number=number + 1,
            line=line + 1,
            most=MOST_COLUMNS,
        ),
        where=str(source.path),
        do=tr("Delete the columns to the right of the register"),
    )


def _too_long(source: InputFile) -> ImportFileError:
    """Return the error about a text with too many lines, most of which are empty."""
    return source.error(
        tr("the file has more than {most:,} rows, most of them empty", most=MOST_LINES),
        tr("Delete the rows below the register"),
    )


def _endless(source: InputFile, number: int, line: int) -> ImportFileError:
    """Return the error about the record after a number of records and lines."""
    return ImportFileError(
        tr("row {number:,}, which begins at line {line:,}, has no end", number=number + 1, line=line + 1),
        where=str(source.path),
        do=tr("Look there for a quotation mark that is not closed, or for a very long cell"),
    )


def _lines(text: TextIO) -> Iterator[str]:
    """Yield the lines of a text. Raises _LongLineError for one that is too long."""
    for line in iter(lambda: text.readline(_LONGEST_LINE), ""):
        if len(line) == _LONGEST_LINE:
            raise _LongLineError(line)
        yield line


def _with_end(lines: Iterable[str]) -> Iterator[str]:
    """Yield the lines and then a mark. The reader takes the mark into the last record if its quotation is open."""
    yield from lines
    yield _END


def _values(source: InputFile, cells: list[str]) -> tuple[Value, ...]:
    """Return the values of a record up to its last one that is not empty."""
    if not any(cells):
        return ()
    text = source.values.text
    values = [text(_unprotected(cell) if cell[:1] in "='" else cell) for cell in cells]
    while values and values[-1] is None:
        values.pop()
    return tuple(values)


def _unprotected(cell: str) -> str:
    """Return a cell's text without what kept a spreadsheet from changing it or running it."""
    return _KEPT_TEXT.sub(r"\1", cell) if cell[:2] == '="' else original(cell)


def _without_rules(rows: list[Row]) -> list[Row]:
    """Return the rows of a table in Markdown without the line below its header and the empty cells at its edges."""
    kept = [row for row in rows if not all(value is None or _RULE.fullmatch(str(value)) for value in row.values)]
    if len(kept) == len(rows) or any(row.values[0] is not None for row in kept):
        return kept
    return [Row(row.number, row.values[1:]) for row in kept]
