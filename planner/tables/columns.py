"""The columns of tables: their names, the types of their cells, their descriptions, and how to read their cells."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from operator import itemgetter
from typing import Any, Generic, TypeVar

from planner.base.views import value_class

Row = TypeVar("Row")
# Contravariant, because a column only reads rows: a column that reads any row about an item can be used in every
# table that has such rows.
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
        return self is ColumnType.WHOLE_NUMBER or self.with_decimals

    @property
    def with_decimals(self) -> bool:
        """Whether the cells are numbers that may have decimals."""
        return self in (ColumnType.DECIMAL, ColumnType.NUMBER)


# docs/decisions/0113: the commands, the weekly file and the app define their columns in the same way.
@value_class
class Column(Generic[_Read]):
    """A column: its name in files, the type of its cells, how to read a cell, its description, and its short title.

    `one_of` lists the allowed words of a column with a fixed vocabulary. `required` means that no cell is empty.
    """

    name: str
    type: ColumnType
    read: Callable[[_Read], Value]
    description: str
    title: str
    one_of: tuple[str, ...]
    required: bool

    @property
    def words(self) -> str:
        """The name with spaces instead of underscores."""
        return self.name.replace("_", " ")


@value_class
class _Maker:
    """Makes columns of one type. By default, the title is the name in words, and no cell may be empty."""

    type: ColumnType

    def __call__(
        self,
        name: str,
        read: Callable[[Row], Value],
        description: str = "",
        title: str | None = None,
        *,
        one_of: Iterable[str] = (),
        optional: bool = False,
    ) -> Column[Row]:
        """Return a column. `optional` means that a cell may be empty."""
        shown = name.replace("_", " ").capitalize() if title is None else title
        return Column(name, self.type, read, description, shown, tuple(one_of), not optional)


text = _Maker(ColumnType.TEXT)
word = _Maker(ColumnType.WORD)
texts = _Maker(ColumnType.LIST)
whole_number = _Maker(ColumnType.WHOLE_NUMBER)
decimal = _Maker(ColumnType.DECIMAL)
number = _Maker(ColumnType.NUMBER)
day = _Maker(ColumnType.DATE)


def values(columns: Iterable[Column[Row]], row: Row) -> dict[str, Value]:
    """Return the values of a row by column name, in the order of the columns."""
    return {column.name: column.read(row) for column in columns}


def in_places(names: Iterable[str]) -> list[Column[Sequence[Any]]]:
    """Return columns for rows that are sequences of values."""
    return [text(name, itemgetter(place)) for place, name in enumerate(names)]


def by_name(name: str) -> Column[Mapping[str, Any]]:
    """Return a column for rows that are dicts by column name, as in JSON. A missing value is an empty cell."""

    def read(row: Mapping[str, Any]) -> Value:
        value = row.get(name)
        return tuple(value) if isinstance(value, list) else value

    return text(name, read)
