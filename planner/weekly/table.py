"""The parts of a table in the weekly file: columns, a section that defines its rows, and a section filled with rows.

This definition is the source of the CSV and its descriptions, the workbook, the page, the JSON, the screen and the
docs.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from planner.weekly.frame import Frame

if TYPE_CHECKING:
    from planner.weekly.reading import WeekReading

Row = TypeVar("Row")
# Contravariant, because a column only reads rows: a column that reads any row about an item can be used in every
# section that has such rows.
_Read = TypeVar("_Read", contravariant=True)

# The value of a cell. A list is a tuple of texts; None is an empty cell.
Value = str | int | float | date | tuple[str, ...] | None


class ColumnType(StrEnum):
    """The type of a column's cells. The values are the names used in the docs."""

    TEXT = "text"
    WORD = "word"
    LIST = "list"
    WHOLE_NUMBER = "whole number"
    DECIMAL = "number, one decimal"
    NUMBER = "number"
    DATE = "date"

    @property
    def numeric(self) -> bool:
        """Whether the cells are numbers."""
        return self in (ColumnType.WHOLE_NUMBER, ColumnType.DECIMAL, ColumnType.NUMBER)


@dataclass(frozen=True)
class Column(Generic[_Read]):
    """A column: its name in files, its short title on screens, its description, and how to read it from a row.

    `one_of` lists the allowed words of a column with a fixed vocabulary. `required` means that no cell is empty.
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
        """The name with spaces instead of underscores."""
        return self.name.replace("_", " ")


# The last columns of every section. They let rows of several files be combined into one table.
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
    """A table of the weekly file.

    `name` is used in options, file names and sheets. `answers` is the question that the section answers. `rows` reads
    the rows in their order. `key` names the columns that identify a row.
    """

    name: str
    title: str
    answers: str
    columns: tuple[Column[Row], ...]
    rows: Callable[["WeekReading"], Iterable[Row]]
    key: tuple[str, ...]

    @property
    def all_columns(self) -> tuple[Column[Any], ...]:
        """The section's own columns, followed by the columns that every section has."""
        return (*self.columns, *FRAME_COLUMNS)


@dataclass(frozen=True)
class Filled(Generic[Row]):
    """A section filled with the rows of a week."""

    section: Section[Row]
    frame: Frame
    rows: Sequence[Row]

    def values(self, row: Row) -> dict[str, Value]:
        """Return the values of a row by column name, in the order of the columns."""
        own = {column.name: column.read(row) for column in self.section.columns}
        return own | {column.name: column.read(self.frame) for column in FRAME_COLUMNS}

    def lines(self) -> Iterator[list[Value]]:
        """Yield the values of each row, in the order of `section.all_columns`."""
        return lines(self.section, self.frame, self.rows)

    def read(self, column: Column[Any], row: Row) -> Value:
        """Return the value of a row in one of `section.all_columns`."""
        return column.read(self.frame if column in FRAME_COLUMNS else row)

    def identity(self, row: Row) -> str:
        """Return the values of the row's key columns, joined to one text that is unique in the section."""
        return " ".join(str(self.cell(name, row)) for name in self.section.key)

    def cell(self, name: str, row: Row) -> Value:
        """Return the value of a row in the column with this name. Raises StopIteration if there is no such column."""
        return self.read(next(column for column in self.section.all_columns if column.name == name), row)


def lines(section: Section[Row], frame: Frame, rows: Iterable[Row]) -> Iterator[list[Value]]:
    """Yield the values of each row, in the order of `section.all_columns`. Rows are taken one at a time."""
    reads = [column.read for column in section.columns]
    end = [column.read(frame) for column in FRAME_COLUMNS]
    for row in rows:
        yield [read(row) for read in reads] + end
