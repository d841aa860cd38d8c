"""Tables as documents and web pages have them: cells that span rows and columns, and the text above a table."""

from collections.abc import Sequence

from planner.base.language import tr
from planner.base.visible_text import shortened
from planner.intake.files.input_file import STEP, InputFile
from planner.intake.files.limits import LONGEST_LIST, MOST_COLUMNS, MOST_MERGED, MOST_ROWS, require_possible
from planner.intake.files.texts.pasted import Line, is_pasted_list, pasted_sheet
from planner.intake.sheets import Merged, Row, Sheet, Value

# How many lines above a table belong to it: a title, a unit, a day.
_TITLE_LINES = 3
# The number of rows that are not rows of the table.
_OUTSIDE = 0


class TableRows:
    """Puts cells that span rows and columns into their places."""

    def __init__(self, source: InputFile) -> None:
        self._source = source
        self._rows: list[Row] = []
        self._merged: list[Merged] = []
        self._number = 0
        self._values: list[Value] = []
        self._widest = 0
        # Cells whose text is struck through, and the first text of which only a part is.
        self._struck: set[tuple[int, int]] = set()
        self._partly_struck = ""
        self._last_column = 0
        # Until which row a column is covered by a cell of a row above.
        self._covered: dict[int, int] = {}

    def begin_row(self) -> None:
        """Begin the next row."""
        self._finish_row()
        self._number += 1
        require_possible(self._number, 1, str(self._source.path))
        self._values = []

    def strike(self, text: str, struck: int) -> None:
        """Note that the cell added last has so many characters that are struck through, without blanks."""
        if struck >= len("".join(text.split())):
            self._struck.add((self._number, self._last_column))
        elif struck:
            self._partly_struck = self._partly_struck or shortened(text, 60)

    def add(self, text: str, columns: int = 1, rows: int = 1) -> None:
        """Add a cell to the row. `rows` is 0 if it reaches down to the end of the table."""
        column = len(self._values) + 1
        while self._covered and self._covered.get(column, 0) >= self._number:
            self._values.append(None)
            column += 1
        self._last_column = column
        if columns == rows == 1 and column <= MOST_COLUMNS:
            self._values.append(self._source.values.text(text))
            return
        last = column + max(1, min(columns, MOST_COLUMNS)) - 1
        require_possible(1, last, str(self._source.path))
        self._values.append(self._source.values.text(text))
        self._values += [None] * (last - column)
        bottom = self._number + min(rows or MOST_ROWS, MOST_ROWS) - 1
        if last > column or bottom > self._number:
            if len(self._merged) >= MOST_MERGED:
                raise self._source.error(
                    tr("a table has more than {most:,} merged cells", most=MOST_MERGED),
                    tr("Delete what does not belong to the register"),
                )
            self._merged.append(Merged(self._number, column, bottom, last))
        if bottom > self._number:
            self._covered.update(dict.fromkeys(range(column, last + 1), bottom))

    def _finish_row(self) -> None:
        while self._values and self._values[-1] is None:
            self._values.pop()
        self._widest = max(self._widest, len(self._values))
        require_possible(len(self._rows), self._widest, str(self._source.path))
        self._source.take(len(self._values))
        if self._values:
            self._rows.append(Row(self._number, tuple(self._values)))
            if not len(self._rows) % STEP:
                self._source.on_rows(STEP)

    def finish(self, above: Sequence[Line]) -> Sheet:
        """Return the table as a sheet. The last lines above it become its first rows."""
        self._finish_row()
        self._values = []
        self._source.on_rows(len(self._rows) % STEP)
        titles = [
            Row(_OUTSIDE, (text,)) for _, line in above[-_TITLE_LINES:] if (text := self._source.values.text(line))
        ]
        merged = (
            Merged(
                one.first_row, one.first_column, min(one.last_row, max(self._number, one.first_row)), one.last_column
            )
            for one in self._merged
        )
        if self._partly_struck:
            self._source.remark(
                tr("a part of this text, and perhaps of others, is struck through; it was read like the rest"),
                tr("Delete the part in the file if it no longer counts"),
                value=self._partly_struck,
            )
        return Sheet(self._source.name, "", [*titles, *self._rows], tuple(merged), struck=frozenset(self._struck))


def sheets_of(source: InputFile, tables: Sequence[Sheet], lines: Sequence[Line]) -> list[Sheet]:
    """Return the tables and the list of a document as sheets. `lines` are the lines outside its tables.

    Tables that only arrange a page, with less than two rows or columns of text, are left out if there are others. If
    there is neither a table nor a list, the lines are returned as they are.
    """
    sheets = [table for table in tables if _is_table(table)]
    if sum(len(line) for _, line in lines) > LONGEST_LIST:
        if sheets:
            return _named(sheets)
        raise source.error(
            tr("the text has no table and is too long for a list: at most {most:,} characters", most=LONGEST_LIST),
            tr("Copy the list into a file of its own"),
        )
    if not sheets or is_pasted_list(line for _, line in lines):
        listed = pasted_sheet(source.name, "", lines, source.values)
        sheets += [listed] if listed.rows else []
    if not sheets:
        sheets = [table for table in tables if table.rows]
    return _named(sheets)


def _named(sheets: list[Sheet]) -> list[Sheet]:
    """Give each of several tables its number as its name."""
    for number, sheet in enumerate(sheets, 1):
        sheet.name = f"table {number}" if len(sheets) > 1 else ""
    return sheets


def _is_table(table: Sheet) -> bool:
    rows = [row for row in table.rows if row.number != _OUTSIDE]
    columns = {column for row in rows for column, value in enumerate(row.values) if value is not None}
    return len(rows) > 1 and len(columns) > 1
