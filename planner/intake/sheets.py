"""A sheet: the cells of one table as its file has them, and where each of them is."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from typing import TypeAlias

from planner.base.views import value_class, view

# The value of a cell. An empty cell is None, never an empty or blank text. A text has its line ends as "\n".
Value: TypeAlias = str | int | float | bool | date | datetime | None


class ListName(str):
    """The name of a list of a JSON document, in place of that of a sheet. No cell of it has letters.

    `beside` are the names of the columns that no field of a register has, by their numbers from 1. Other columns are
    known by their fields.
    """

    beside: Mapping[int, str] = MappingProxyType({})


@view
class Place:
    """Where a value is: the file, the sheet, the row and the column, as the program shows them in messages.

    `row` and `column` count from 1. Each is 0 if the place is a whole sheet, row or column. `sheet` is empty for a
    file that has only one table. The row of a list in a JSON document is the line in which the entry begins.
    """

    file: str
    sheet: str = ""
    row: int = 0
    column: int = 0

    def __str__(self) -> str:
        """The place in one line, such as `plan.xlsx: Tasks!B7` or `plan.csv!7`."""
        sheet = f"{self.file}: {self.sheet}" if self.sheet else self.file
        if isinstance(self.sheet, ListName):
            beside = self.sheet.beside.get(self.column)
            return " ".join(filter(None, (f"{sheet}!{self.row}" if self.row else sheet, beside)))
        if not self.row:
            return f"{sheet}!{letters_of(self.column)}" if self.column else sheet
        return f"{sheet}!{letters_of(self.column)}{self.row}" if self.column else f"{sheet}!{self.row}"


@view
class Row:
    """A row of a sheet. `number` is its number in the file, from 1. The values begin with the first column."""

    number: int
    values: tuple[Value, ...]


@value_class
class Merged:
    """A block of merged cells, from its first to its last row and column, all counted from 1.

    Only its first cell has a value in the rows of the sheet.
    """

    first_row: int
    first_column: int
    last_row: int
    last_column: int


@dataclass
class Sheet:
    """The cells of one table of a file. Rows that are entirely empty may be left out.

    `from_1904` is true if the file counts Excel's serial dates from 1904. `struck` are the cells whose text is struck
    through, by row and column from 1.
    """

    file: str
    name: str
    rows: list[Row]
    merged: tuple[Merged, ...] = ()
    from_1904: bool = False
    struck: frozenset[tuple[int, int]] = frozenset()

    def place(self, row: int = 0, column: int = 0) -> Place:
        """Return the place of a cell, a row or the whole sheet."""
        return Place(self.file, self.name, row, column)


def letters_of(column: int) -> str:
    """Return the letters of a column, counted from 1, as spreadsheets show them: 1 is A, and 28 is AB."""
    letters = ""
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return letters
