"""Reading rows without the ORM, for tables of which hundreds of thousands of rows are read."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import cache, lru_cache, partial
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar, get_args

from sqlalchemy import (
    ColumnElement,
    Date,
    Dialect,
    Float,
    Integer,
    Select,
    TableClause,
    Text,
    column,
    func,
    select,
    table,
)
from sqlalchemy.orm import Session

from planner.store.models import Base, Instant
from planner.store.models.mapping_on_use import columns_of

if TYPE_CHECKING:
    from sqlalchemy.sql.base import ReadOnlyColumnCollection

_Form = TypeVar("_Form", bound=NamedTuple)


def columns(model: type[Base]) -> "ReadOnlyColumnCollection[str, ColumnElement[Any]]":
    """Return the columns of a mapped class by name, for statements that read rows and not objects.

    A statement of nothing but columns is compiled in half the time of one that names mapped classes.
    """
    return columns_of(model)


_TYPES: Mapping[type, Any] = {int: Integer, float: Float, str: Text, date: Date, datetime: Instant}


@cache
def unmapped_table(name: str, form: type[NamedTuple]) -> TableClause:
    """Return a table with the fields of a named tuple as its columns, for reads that need no mapped class.

    Mapping a class takes some 4 ms of a short command, which is long for a table that seldom has a row to show.
    """
    fields = form.__annotations__.items()
    return table(name, *(column(field, _TYPES[(get_args(kind) or (kind,))[0]]) for field, kind in fields))


# The number of rows that are converted at a time.
PORTION = 1_000


def raw_rows(
    session: Session, statement: Select[Any], values: Mapping[str, Any] | None = None
) -> Sequence[tuple[Any, ...]]:
    """Return the rows of a statement, given the values of its parameters, in the session's transaction.

    Pending changes are written first.
    """
    session.flush()
    # docs/decisions/0050: ORM entities cost three times as much.
    return session.connection().execute(statement, values).all()


def named_rows(
    session: Session, form: type[_Form], statement: Select[Any], values: Mapping[str, Any] | None = None
) -> list[_Form]:
    """Return the rows of a statement as named tuples, given the values of its parameters.

    Pending changes are written first. The rows are converted in portions, because holding all rows in both forms would
    take longer.
    """
    return list(each_row(session, form, statement, values))


def each_row(
    session: Session, form: type[_Form], statement: Select[Any], values: Mapping[str, Any] | None = None
) -> Iterator[_Form]:
    """Yield the same rows one after the other, for a reader that makes something smaller of each."""
    session.flush()
    portions = session.connection().execute(statement, values).partitions(PORTION)
    return chain.from_iterable(to_tuples(form, portion) for portion in portions)


def to_tuples(form: type[_Form], rows: Iterable[tuple[Any, ...]]) -> list[_Form]:
    """Convert rows to named tuples with the same columns.

    The constructor of tuple, which is written in C, is four times as fast as that of the named tuple.
    """
    return list(map(partial(tuple.__new__, form), rows))


def rows_in_any_order(
    session: Session, form: type[_Form], statement: Select[Any], values: Mapping[str, Any] | None = None
) -> list[_Form]:
    """Return the rows of a statement as named tuples, for statements with many rows and without an order.

    They are read column by column, see `column_values`.
    """
    return to_tuples(form, zip(*column_values(session, statement, values), strict=True))


def column_values(
    session: Session, statement: Select[Any], values: Mapping[str, Any] | None = None
) -> Sequence[Sequence[Any]]:
    """Return the values of each column of a statement, given the values of its parameters.

    All columns have the rows in the same order, which may be any. Pending changes are written first.
    """
    session.flush()
    connection, wanted = session.connection(), statement.selected_columns
    # Numbers with a fraction are read row by row, because JSON of SQLite has only 15 of their digits.
    if connection.dialect.name != "sqlite" or any(isinstance(one.type, Float) for one in wanted):
        rows = connection.execute(statement, values).all()
        return list(zip(*rows, strict=True)) or [()] * len(wanted)
    # Fetching a row takes the driver 1 µs. One JSON text for each column is read in half the time of 100,000 rows.
    texts = connection.execute(_columns_as_json(statement), values).one()
    return [_decoded(text, one, connection.dialect) for text, one in zip(texts, wanted, strict=True)]


@lru_cache(maxsize=50)
def _columns_as_json(statement: Select[Any]) -> Select[Any]:
    """Select one row with a JSON list for each column of a statement of SQLite."""
    return select(*map(func.json_group_array, statement.subquery().columns))


def _decoded(text: str, read: ColumnElement[Any], dialect: Dialect) -> list[Any]:
    """Return the values of a JSON list in the type of their column. Each different value is converted once."""
    stored: list[Any] = json.loads(text)
    convert = read.type.dialect_impl(dialect).result_processor(dialect, None)
    return stored if convert is None else list(map(_Converted(convert).__getitem__, stored))


class _Converted(dict[Any, Any]):
    """The converted values of a column, by the stored value."""

    def __init__(self, convert: Callable[[Any], Any]) -> None:
        super().__init__()
        self._convert = convert

    def __missing__(self, stored: Any) -> Any:
        value = self[stored] = self._convert(stored)
        return value
