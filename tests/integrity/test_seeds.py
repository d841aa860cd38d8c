"""The loader's notes on the data files go with the events by which it loaded them; a change to one is named."""

import pytest
from sqlalchemy import Connection
from sqlalchemy.orm import Session

from planner.base.errors import BrokenHistoryError
from planner.integrity.problems import ProblemKind
from planner.integrity.verifying import make_checkpoint
from tests.integrity.attacks import guards_lifted, is_sqlite, run
from tests.integrity.conftest import no_step, verified

THE_ITEM = "table_name = 'item' AND row_id = (SELECT id FROM item WHERE code = 'T-002')"

ATTACKS = {
    "what was said": (
        f"UPDATE seeded_row SET said = replace(CAST(said AS TEXT), 'task', 'key_project') WHERE {THE_ITEM}",
        ProblemKind.CHANGED,
        "'kind' is 'key_project', but 'task' in the log",
    ),
    "a rank": (
        """UPDATE seeded_row SET said = replace(CAST(said AS TEXT), '{', '{"rank": "low", ')"""
        " WHERE table_name = 'text_finding'",
        ProblemKind.CHANGED,
        "'rank' is 'low', but the log has no such field",
    ),
    "what the row is called": (
        f"UPDATE seeded_row SET seed_key = 'harbour-2020:T-009' WHERE {THE_ITEM}",
        ProblemKind.CHANGED,
        "the loader's note has the key 'harbour-2020:T-009' for the row, but the log has the key 'harbour-2020:T-002'",
    ),
    "a note taken away": (
        f"DELETE FROM seeded_row WHERE {THE_ITEM}",
        ProblemKind.MISSING,
        "the log has an event that loaded the row, but the loader's note is missing",
    ),
    "a note added": (
        "INSERT INTO seeded_row (id, table_name, seed_key, row_id, said)"
        " SELECT 100000, 'status_update', 'x', id, '{}' FROM status_update WHERE id = 1",
        ProblemKind.ADDED,
        "the log has no event that loaded the row",
    ),
}


@pytest.mark.parametrize("attack", ATTACKS)
def test_a_note_that_was_changed_is_named(connection: Connection, attack: str) -> None:
    statement, kind, what = ATTACKS[attack]
    if not is_sqlite(connection):
        statement = statement.replace(") WHERE table_name", ")::json WHERE table_name")
    run(connection, statement)
    (problem,) = verified(connection).problems
    assert (problem.kind, problem.what) == (kind, what)
    assert problem.where.startswith("seeded_row of ")


def test_no_checkpoint_is_made_where_guards_or_schema_are_not_as_they_were_set(connection: Connection) -> None:
    def refusal() -> str:
        with Session(bind=connection) as session, pytest.raises(BrokenHistoryError) as caught:
            make_checkpoint(session, no_step)
        assert caught.value.what.startswith("the register has a problem, so no checkpoint was made: ")
        return caught.value.where

    with guards_lifted(connection):
        assert refusal().startswith("guard_")
    with Session(bind=connection) as session:
        assert make_checkpoint(session, no_step).size > 0
    schema = "main" if is_sqlite(connection) else "public"
    run(connection, f"CREATE VIEW {schema}.status_updates AS SELECT 1 AS one")
    assert "view status_updates" in refusal()
