"""Make a register larger by copying its rows in SQL, which is many times faster than making rows in Python."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, String, Table, cast, func, insert, literal, select, text

from planner.store.database import Database
from planner.store.models import Base

# Added to an item's id to make the number in its code, so that codes of copies differ from all other codes.
CODE_OFFSET = 1_000_000
# Checking the references of millions of rows would take longer than writing them.
UNCHECKED = {"sqlite": "PRAGMA foreign_keys = OFF", "postgresql": "SET session_replication_role = replica"}


def multiply(
    database: Database, models: Sequence[type[Base]], times: int, kept: Mapping[str, int] | None = None
) -> None:
    """Copy the rows of the tables until each table has `times` times as many rows.

    The order of the models follows their references: a copied report belongs to the copy of its item. `kept` has the
    last ids of rows that are not copied, by table.
    """
    with database.connecting() as connection:
        driver: Any = connection.connection.driver_connection
        driver.execute(UNCHECKED[connection.dialect.name])
        last = last_ids(connection, models)
        for number in range(1, times):
            for table in map(_table, models):
                copied = table.c.id > (kept or {}).get(table.name, 0), table.c.id <= last[table.name]
                values = {column.name: _value(table, column.name, last, number) for column in table.columns}
                rows = select(*values.values()).where(*copied).order_by(table.c.id)
                connection.execute(insert(table).from_select(list(values), rows))
            connection.commit()
        connection.execute(text("ANALYZE"))
        connection.commit()


def last_ids(connection: Connection, models: Sequence[type[Base]]) -> dict[str, int]:
    """Return the last id in each table, by the table's name."""
    ids = {table.name: select(func.coalesce(func.max(table.c.id), 0)) for table in map(_table, models)}
    return {name: connection.execute(statement).scalar_one() for name, statement in ids.items()}


def _table(model: type[Base]) -> Table:
    assert isinstance(model.__table__, Table)
    return model.__table__


def _value(table: Table, name: str, last: Mapping[str, int], number: int) -> ColumnElement[object]:
    """Return a column's value in the copy: ids and references are increased, and codes and titles are made unique."""
    column = table.c[name]
    owner = _owner(column)
    if owner in last:
        return column + number * last[owner]
    if table.name == "item" and name == "code":
        return func.substr(column, 1, 2) + cast(table.c.id + number * last["item"] + CODE_OFFSET, String)
    if table.name == "item" and name == "code_key":
        # The numbers of copies have as many digits as CODE_OFFSET, and a key pads them to ten.
        number_of_copy = cast(table.c.id + number * last["item"] + CODE_OFFSET, String)
        zeros = "0" * (10 - len(str(CODE_OFFSET)))
        return func.lower(func.substr(table.c.code, 1, 1)) + literal(zeros) + number_of_copy
    if table.name == "item" and name == "position":
        return column + number * last["item"]
    if table.name == "item" and name == "title":
        return column + literal(f", copy {number}")
    return column


def _owner(column: Column[Any]) -> str:
    """Return the table whose ids the column holds, or "" for other columns."""
    if column.name == "id":
        return column.table.name
    # Part of a key that leads to the same table, such as to a theme above in the same plan, leads to itself.
    others = [key.column for key in column.foreign_keys if key.column is not column]
    return max(map(_owner, others), default="")
