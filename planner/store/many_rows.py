"""Reading and writing many rows of one table without an object for each, for imports of large registers."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import Column, Table, bindparam, insert, update
from sqlalchemy.orm import Session

from planner.store import dialects
from planner.store.models import Base

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
    session.connection().execute(insert(table), written)
    return written


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
