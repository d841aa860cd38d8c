"""Whatever somebody puts into a cell, verification says so and does not break: SQLite takes anything anywhere."""

from collections.abc import Iterator
from itertools import cycle, product

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from planner.integrity.guards import guards
from planner.integrity.problems import ProblemKind
from planner.store.models import all_tables
from tests.effort import EFFORT
from tests.integrity.attacks import run
from tests.integrity.conftest import verified

pytestmark = pytest.mark.parametrize("history", ["sqlite"], indirect=True)

ODD = ("NULL", "'odd \"value\" [/] {}'", "x'ff00'", "1.5")


@pytest.fixture
def unguarded(connection: Connection) -> Iterator[Connection]:
    """A connection that nothing stops, not even the checks."""
    run(connection, "PRAGMA ignore_check_constraints = ON")
    run(connection, *(f"DROP TRIGGER {guard.name}" for guard in guards("sqlite")))
    yield connection
    run(connection, "PRAGMA ignore_check_constraints = OFF")


def missed(connection: Connection, table: str, column: str, value: str) -> bool:
    """Whether the last row takes a value that it did not have, and verification has nothing to say of it."""
    last = f"WHERE rowid = (SELECT max(rowid) FROM {table})"
    point = connection.begin_nested()
    try:
        changed = connection.execute(text(f"UPDATE {table} SET {column} = {value} {last} AND {column} IS NOT {value}"))
        found = changed.rowcount == 0 or set(verified(connection).counts) > {ProblemKind.GUARD}
    except DBAPIError as error:
        # The database does not take it (NOT NULL, a key, a reference), or cannot give it back, which is told as well.
        found = any(sign in str(error) for sign in ("constraint failed", "mismatch", "Could not decode"))
    point.rollback()
    return not found


@pytest.mark.first_cases(2)
@pytest.mark.parametrize("table", ["audit_event", "person", "weekly_issue", "issued_content"])
def test_an_odd_value_in_any_cell_is_found(unguarded, table):
    columns = [column.name for column in all_tables().tables[table].columns]
    # Each column gets one of the values in turn; the soak tries every value in every column.
    tries = product(columns, ODD) if EFFORT > 1 else zip(columns, cycle(ODD), strict=False)
    # Nothing refers to the number under which bytes are kept, but by their digest they are known.
    cells = [(column, value) for column, value in tries if (table, column) != ("issued_content", "id")]
    assert [cell for cell in cells if missed(unguarded, table, *cell)] == []
