"""What a table of the weekly file is made of: columns, a section that says what its rows are, and a section filled.

One definition stands behind the CSV and its descriptions, the workbook, the page, the JSON, the screen and the docs.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from planner.rules.weeks import Week

if TYPE_CHECKING:
    from planner.weekly.reading import WeekReading

Row = TypeVar("Row")
# A column only reads rows: one that reads any row about an item stands in each section of such rows.
_Read = TypeVar("_Read", contravariant=True)

# What a column reads from a row. A list is a tuple of texts; None is an empty cell.
Value = str | int | float | date | tuple[str, ...] | None


class ColumnType(StrEnum):
    """What a column's cells hold, as the docs name it."""

    TEXT = "text"
    WORD = "word"
    LIST = "list"
    WHOLE_NUMBER = "whole number"
    DECIMAL = "number, one decimal"
    NUMBER = "number"
    DATE = "date"

    @property
    def numeric(self) -> bool:
        """Whether its cells are numbers."""
        return self in (ColumnType.WHOLE_NUMBER, ColumnType.DECIMAL, ColumnType.NUMBER)


@dataclass(frozen=True)
class Column(Generic[_Read]):
    """A column: its name in files, its short title on screens, what it says, and how it is read from a row.

    A column whose cells are each one of some words names them all in `one_of`; `required` says that no cell is empty.
    """

    name: str
    title: str
    type: ColumnType
    read: Callable[[_Read], Value]
    description: str
    one_of: tuple[str, ...] = ()
    required: bool = False

    @property
    def words(self) -> str:
        """The name as people read it."""
        return self.name.replace("_", " ")


@dataclass(frozen=True)
class Frame:
    """What is the same in every row of a file: the week, the day it is as of, and whether the data is simulated."""

    week: Week
    as_of: date
    simulated: bool


# The last columns of every section, so that rows of several files can be put under each other.
FRAME_COLUMNS: tuple[Column[Frame], ...] = (
    Column(
        "week",
        "Week",
        ColumnType.TEXT,
        lambda frame: str(frame.week),
        "The reporting week (ISO 8601), the same in every row, so that files can be put under each other.",
        required=True,
    ),
    Column(
        "as_of",
        "As of",
        ColumnType.DATE,
        lambda frame: frame.as_of,
        "The day everything in the row is as of: the week's Sunday, or an earlier day where the week was not over.",
        required=True,
    ),
    Column(
        "data",
        "Data",
        ColumnType.WORD,
        lambda frame: "simulated" if frame.simulated else "register",
        "`register` for an office's register; `simulated` for a demonstration, whose reports, dates and values are "
        "made up.",
        one_of=("register", "simulated"),
        required=True,
    ),
)


@dataclass(frozen=True)
class Section(Generic[Row]):
    """A table of the weekly file: its name in options, files and sheets, what it answers, its columns, its rows.

    `rows` reads them, in the order in which they stand; `key` names the columns that tell a row from the others.
    """

    name: str
    title: str
    answers: str
    columns: tuple[Column[Row], ...]
    rows: Callable[["WeekReading"], Iterable[Row]]
    key: tuple[str, ...]

    @property
    def all_columns(self) -> tuple[Column[Any], ...]:
        """Its own columns and those that every section ends with."""
        return (*self.columns, *FRAME_COLUMNS)


@dataclass(frozen=True)
class Filled(Generic[Row]):
    """A section with the rows of a week."""

    section: Section[Row]
    frame: Frame
    rows: Sequence[Row]

    def values(self, row: Row) -> dict[str, Value]:
        """All of a row's values by column name, in the order of the columns."""
        own = {column.name: column.read(row) for column in self.section.columns}
        return own | {column.name: column.read(self.frame) for column in FRAME_COLUMNS}

    def lines(self) -> Iterator[list[Value]]:
        """The values of row after row, in the order of `section.all_columns`."""
        return lines(self.section, self.frame, self.rows)

    def read(self, column: Column[Any], row: Row) -> Value:
        """A row's value in any of `section.all_columns`."""
        return column.read(self.frame if column in FRAME_COLUMNS else row)

    def identity(self, row: Row) -> str:
        """What tells a row from the others of its section, as one text."""
        return " ".join(str(self.cell(name, row)) for name in self.section.key)

    def cell(self, name: str, row: Row) -> Value:
        """A row's value in the column of a name. Raises StopIteration where the section has none."""
        return self.read(next(column for column in self.section.all_columns if column.name == name), row)


def lines(section: Section[Row], frame: Frame, rows: Iterable[Row]) -> Iterator[list[Value]]:
    """The values of rows as they come, in the order of `section.all_columns`."""
    reads = [column.read for column in section.columns]
    end = [column.read(frame) for column in FRAME_COLUMNS]
    for row in rows:
        yield [read(row) for read in reads] + end
