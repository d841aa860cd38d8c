"""A value or a table that cannot be read ends no verification: its place is named, and the rest is checked."""

import pytest
from sqlalchemy import Connection

from planner.integrity.problems import ProblemKind
from planner.integrity.verifying import Verdict
from tests.integrity.attacks import guards_lifted, is_sqlite, run
from tests.integrity.conftest import verified

K = ProblemKind
ELSEWHERE = "UPDATE theme SET title = 'Another' WHERE id = 1"


def found_beside(connection: Connection, *statements: str) -> dict[str, ProblemKind]:
    """What is found after some statements, beside a row that was changed in another table and has to be found too."""
    with guards_lifted(connection):
        run(connection, *statements)
    run(connection, ELSEWHERE)
    found = verified(connection)
    assert found.verdict is Verdict.BROKEN
    assert found.events > 0
    assert found.rows > 0
    places = {problem.where: problem.kind for problem in found.problems}
    assert places.pop("theme 1") is K.CHANGED
    return places


def test_a_weight_that_is_no_number(connection):
    value = "9e999" if is_sqlite(connection) else "'NaN'"
    places = found_beside(connection, f"UPDATE milestone SET weight = {value} WHERE id = 1")
    assert places == {"milestone 1": K.VALUE}


SQLITE = pytest.mark.parametrize("history", ["sqlite"], indirect=True)


@SQLITE
def test_a_text_that_is_not_utf_8(connection):
    bad = "CAST(x'ff4c' AS TEXT)"
    places = found_beside(
        connection,
        f"UPDATE item SET title = {bad} WHERE id = 1",
        f"UPDATE status_update SET actor = {bad} WHERE id = 1",
        f"UPDATE audit_event SET actor = {bad} WHERE seq = 5",
    )
    assert places == {"item 1": K.VALUE, "status_update 1": K.VALUE, "event 5": K.COPY}


@SQLITE
def test_documents_that_can_be_read_in_two_ways_or_in_none(connection):
    deep = "[" * 100_000
    places = found_beside(
        connection,
        """UPDATE weekly_issue SET sections = replace(sections, '{"', '{"x": 1, "x": 2, "'),"""
        f" libraries = '{deep}'",
    )
    assert places == {"weekly_issue 1": K.VALUE}


def test_a_column_that_is_gone(connection):
    run(connection, "ALTER TABLE goal DROP COLUMN restatement")
    places = found_beside(connection)
    table = "table goal" if is_sqlite(connection) else "column goal.restatement"
    assert places[table] in (K.SCHEMA, K.DAMAGE)
    assert places["table goal"] is K.DAMAGE


@pytest.mark.parametrize("table", ["goal", "audit_event"])
def test_a_table_that_is_gone(connection, table):
    run(connection, f"ALTER TABLE {table} RENAME TO gone", ELSEWHERE)
    found = verified(connection)
    assert found.verdict is Verdict.BROKEN
    places = {(problem.where, problem.kind) for problem in found.problems}
    assert (f"table {table}", K.SCHEMA) in places
    if table == "goal":
        assert ("table goal", K.DAMAGE) in places
        assert ("theme 1", K.CHANGED) in places
    else:
        assert ("the log", K.DAMAGE) in places
