"""Tables: their columns, what identifies a row, and the rows of a table for one file.

The definition of a table is the source of the CSV and its descriptions, the workbook, the page, the JSON, the screen
and the docs.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import field, replace
from functools import cached_property
from typing import Any, Generic, Self

from planner.base.errors import unknown_name
from planner.base.language import in_english, later, tr
from planner.base.numbers import counted
from planner.base.views import value_class
from planner.tables.columns import Column, Row, Value, values
from planner.tables.frame import FRAME_COLUMNS, Frame


@value_class
class Table(Generic[Row]):
    """A table. `name` is used in options, file names and sheets.

    `answers` is the question that the table answers. `key` names the columns that identify a row. `counted` says in
    words how much the rows are, if people count something else than rows.
    """

    name: str
    title: str
    answers: str
    columns: tuple[Column[Row], ...]
    key: tuple[str, ...]
    counted: Callable[[Sequence[Row]], str] | None = field(default=None, kw_only=True)

    @property
    def all_columns(self) -> tuple[Column[Any], ...]:
        """The table's own columns, followed by the columns that every table has."""
        return (*self.columns, *FRAME_COLUMNS)

    @property
    def key_columns(self) -> tuple[Column[Row], ...]:
        """The columns that identify a row, in the order of the key."""
        named = {column.name: column for column in self.columns}
        return tuple(named[name] for name in self.key)

    def choosing(self, names: Sequence[str]) -> Self:
        """Return the table with only these columns of its own, in this order.

        The columns that every table has follow in any case. The key is left out if one of its columns is. Raises
        UnknownNameError if the table has no such column.
        """
        known = {column.name: column for column in self.columns}
        always = [column.name for column in FRAME_COLUMNS]
        for name in names:
            if name not in known and name not in always:
                raise unknown_name(
                    tr("the section {section} has no column '{name}'", section=self.name, name=name),
                    later("columns"),
                    [*known, *always],
                    where="columns",
                )
        chosen = tuple(known[name] for name in dict.fromkeys(names) if name in known)
        return replace(self, columns=chosen, key=self.key if set(self.key) <= set(names) else ())

    def columns_in(self, frame: Frame) -> tuple[Column[Row], ...]:
        """Return the table's own columns, followed by the columns that every table has.

        The columns that every table has get their values from the frame.
        """
        return (*self.columns, *(_constant(column, column.read(frame)) for column in FRAME_COLUMNS))


def _constant(column: Column[Any], value: Value) -> Column[Any]:
    return replace(column, read=lambda _row: value)


@value_class
class Filled(Generic[Row]):
    """A table filled with rows. `frame` has the values that are the same in every row."""

    table: Table[Row]
    frame: Frame
    rows: Sequence[Row]

    @property
    def counted(self) -> str:
        """How much there is in English words: the number of rows, or of what people count in them."""
        with in_english():
            return counted(len(self.rows), "row") if self.table.counted is None else self.table.counted(self.rows)

    @cached_property
    def columns(self) -> tuple[Column[Row], ...]:
        """The columns of the table, including those that get their values from the frame."""
        return self.table.columns_in(self.frame)

    def values(self, row: Row) -> dict[str, Value]:
        """Return the values of a row by column name, in the order of the columns."""
        return values(self.columns, row)

    def lines(self) -> Iterator[list[Value]]:
        """Yield the values of each row, in the order of the columns. Rows are taken one at a time."""
        return ([column.read(row) for column in self.columns] for row in self.rows)

    def identity(self, row: Row) -> str:
        """Return the values of the row's key columns, joined into one text that is unique in the table."""
        return " ".join(str(self.cell(name, row)) for name in self.table.key)

    def cell(self, name: str, row: Row) -> Value:
        """Return the value of a row in the column with this name. Raises StopIteration if there is no such column."""
        return next(column for column in self.columns if column.name == name).read(row)
