"""Reading and writing many rows of one table without an object for each, for imports of large registers."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import islice
from operator import itemgetter
from typing import Any, TypeVar

from sqlalchemy import Column, Connection, Date, Dialect, Table, bindparam, insert, update
from sqlalchemy.orm import Session

from planner.store import dialects
from planner.store.models import Base
from planner.store.models.base import Instant

_Value = TypeVar("_Value")

# The number of rows that are written at a time.
PORTION = 2_000


def in_portions(values: Iterable[_Value]) -> Iterator[list[_Value]]:
    """Yield the values in lists of at most PORTION values."""
    remaining = iter(values)
    while portion := list(islice(remaining, PORTION)):
        yield portion


def insert_rows(session: Session, model: type[Base], rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Insert rows and return their values in all columns, with the new ids. A missing value is the column's default."""
    table: Any = model.__table__
    ids = dialects.next_ids(session, table, len(rows))
    defaults = _defaults(table)
    written = [{**defaults, **row, "id": row_id} for row, row_id in zip(rows, ids, strict=True)]
    insert_values(session.connection(), table, written)
    return written


def insert_values(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert rows, which all have the same columns.

    The values are converted column by column and given to the driver, because SQLAlchemy looks at each parameter of
    each row.
    """
    if not rows:
        return
    names = list(rows[0])
    compiled = insert(table).compile(dialect=connection.dialect, column_keys=names)
    order = compiled.positiontup or names
    columns = [_converted(table.columns[name], map(itemgetter(name), rows), connection.dialect) for name in order]
    values = zip(*columns, strict=True)
    parameters: Any = list(values) if compiled.positional else [dict(zip(order, row, strict=True)) for row in values]
    connection.exec_driver_sql(str(compiled), parameters)


def _converted(column: Column[Any], values: Iterable[Any], dialect: Dialect) -> Iterable[Any]:
    """Return values of a column in the form in which the driver takes them."""
    convert: Callable[[Any], Any] | None = column.type.dialect_impl(dialect).bind_processor(dialect)
    if convert is None:
        return values
    # The rows of an import share few days and instants.
    return map(cache(convert) if isinstance(column.type, Date | Instant) else convert, values)


def update_rows(session: Session, model: type[Base], rows: Sequence[Mapping[str, Any]]) -> None:
    """Set values in rows. Each row has its id and the same columns to set."""
    if not rows:
        return
    table: Any = model.__table__
    # A parameter with the name of a column would be a value to set.
    values = {name: bindparam(f"new_{name}", type_=table.c[name].type) for name in rows[0] if name != "id"}
    statement = update(table).where(table.c.id == bindparam("new_id")).values(values)
    session.connection().execute(statement, [{f"new_{name}": row[name] for name in row} for row in rows])


def _defaults(table: Table) -> dict[str, Any]:
    """Return the default values of the columns that have one, and None for the columns that may be empty."""
    return {column.name: _default(column) for column in table.columns if _has_default(column)}


def _has_default(column: Column[Any]) -> bool:
    return column.default is not None or bool(column.nullable)


def _default(column: Column[Any]) -> Any:
    return getattr(column.default, "arg", None)
