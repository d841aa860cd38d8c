"""A log read in parts, and rows compared in parts: the same result as in one piece, or none if anything is wrong."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection
from sqlalchemy.orm import Session

from planner.integrity.chain import Chain, read_chain
from planner.integrity.helpers import log_part, table_part
from planner.integrity.helpers.helpers import Helpers
from planner.integrity.helpers.log_part import LogPart, _joined
from planner.integrity.problems import Problems
from planner.integrity.redactions import Redactions
from planner.integrity.replay import Replayed, replay
from tests.effort import EFFORT
from tests.integrity.attacks import cut_off, guards_lifted, last, put_body, rewrite, run
from tests.integrity.conftest import no_step
from tests.store.models.rows import copy_statement

Attack = Callable[[Connection, int], None]

IN_THE_LOG: dict[str, Attack] = {
    "bytes": lambda connection, seq: put_body(connection, seq, b"{}", leaf=False),
    "bytes and hash": lambda connection, seq: put_body(connection, seq, b"{}", leaf=True),
    "a copy": lambda connection, seq: run(connection, "UPDATE audit_event SET actor = 'm' WHERE seq = :s", s=seq),
    "a link": lambda connection, seq: run(
        connection, "UPDATE audit_event SET previous_leaf = leaf WHERE seq = :s AND seq > 1", s=seq
    ),
    "a gap": lambda connection, seq: run(connection, "DELETE FROM audit_event WHERE seq = :s", s=seq),
    "an instant": lambda connection, seq: run(
        connection, "UPDATE audit_event SET recorded_at = '1999-01-01 00:00:00.000000' WHERE seq = :s", s=seq
    ),
}
IN_THE_LOG["an event before the first"] = lambda connection, seq: run(
    connection, copy_statement("audit_event", {"seq": "0"}, "seq = 5")
)
# The log has valid hashes, so only the rows show it.
IN_THE_ROWS: dict[str, Attack] = {
    "rewritten": lambda connection, seq: rewrite(connection, seq, lambda fields: fields | {"after": {"id": 1}}),
    "cut off": lambda connection, seq: cut_off(connection, seq),
    "an event without a table": lambda connection, seq: run(
        connection, "UPDATE audit_event SET table_name = 'treasure' WHERE seq = :s", s=seq
    ),
    "a changed row": lambda connection, seq: run(
        connection, "UPDATE item SET title = 'x' WHERE id % 3 = :s", s=seq % 3
    ),
    "missing rows": lambda connection, seq: run(connection, "DELETE FROM status_update WHERE id % 2 = :s", s=seq % 2),
}
SQLITE = pytest.mark.parametrize("history", ["sqlite"], indirect=True)
SIZES = st.sampled_from([1, 2, 8, 32])


def state(chain: Chain) -> object:
    trees = {size: tree.root() for size, tree in chain.trees.items()}
    return chain.tree.size, chain.tree.root(), trees, {**vars(chain), "tree": None, "trees": None}


def read(session: Session, sizes: list[int]) -> tuple[Chain | None, Chain, Problems]:
    problems = Problems()
    whole = read_chain(session, problems, no_step, Redactions(), sizes)
    return log_part.read_log_in_parts(session, Helpers(), no_step, Redactions(), sizes), whole, problems


def compare(session: Session) -> tuple[Replayed | None, Replayed, Problems]:
    problems, about = Problems(), read_chain(session, Problems(), no_step, Redactions()).about
    whole = replay(session, problems, no_step, about)
    return table_part.replay_in_parts(session, Helpers(), no_step, about), whole, problems


@pytest.mark.more
def test_of_a_sound_history_parts_say_the_same(connection, monkeypatch):
    monkeypatch.setattr(log_part, "EVENTS", 32)
    monkeypatch.setattr(table_part, "EVENTS", 8)
    with Session(bind=connection) as session:
        size = last(connection)
        in_parts, whole, problems = read(session, [1, 31, 32, 33, size - 1, size])
        assert in_parts is not None
        assert state(in_parts) == state(whole)
        rows, all_rows, differing = compare(session)
    assert not problems.counts + differing.counts
    assert rows == all_rows
    assert all_rows.rows > 100


@SQLITE
def test_a_part_of_which_events_are_missing_is_not_in_order(connection):
    events = last(connection)
    with Session(bind=connection) as session:
        assert LogPart(0, events, Redactions()).check(session) is not None
        assert LogPart(0, events + 1, Redactions()).check(session) is None


@SQLITE
def test_an_event_with_the_number_zero_is_seen(connection):
    with guards_lifted(connection):
        IN_THE_LOG["an event before the first"](connection, 0)
    with Session(bind=connection) as session:
        in_parts, _, problems = read(session, [])
    assert in_parts is None
    assert problems.counts


@SQLITE
def test_parts_of_two_states_of_the_log_are_not_joined(connection):
    with Session(bind=connection) as session:
        parts = [LogPart(after, after + 8, Redactions()).check(session) for after in (0, 8)]
    first, second = (part for part in parts if part)
    joined = _joined([first, second])
    assert joined is not None
    assert joined.events == 16
    for end in (first.end._replace(leaf=b"other"), first.end._replace(instant=""), first.end._replace(number=7)):
        assert _joined([replace(first, end=end), second]) is None


@SQLITE
@pytest.mark.parametrize("table", ["item", "status_update", "treasure"])
def test_an_event_that_the_index_leaves_out_is_missed(connection, table):
    with Session(bind=connection) as session:
        about = read_chain(session, Problems(), no_step, Redactions()).about
        assert table_part.replay_in_parts(session, Helpers(), no_step, about) is not None
        assert table_part.replay_in_parts(session, Helpers(), no_step, about + Counter([table])) is None


@SQLITE
@settings(max_examples=5 * EFFORT, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(attack=st.sampled_from(sorted(IN_THE_LOG)), place=st.floats(0, 1), size=SIZES, kept=st.floats(0, 1))
def test_what_is_wrong_in_the_log_is_wrong_in_a_part(history, monkeypatch, attack, place, size, kept):
    monkeypatch.setattr(log_part, "EVENTS", size)
    with history.database.engine.connect() as connection, Session(bind=connection) as session:
        events = last(connection)
        with guards_lifted(connection):
            IN_THE_LOG[attack](connection, 1 + round(place * (events - 1)))
        in_parts, whole, problems = read(session, [1 + round(kept * (events - 1))])
        # Without its last event, the log is a shorter one in order.
        assert (in_parts is None) == bool(problems.counts)
        assert in_parts is None or state(in_parts) == state(whole)
        connection.rollback()


@SQLITE
@settings(max_examples=5 * EFFORT, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(attack=st.sampled_from(sorted(IN_THE_ROWS)), place=st.floats(0, 1), size=SIZES)
def test_what_is_wrong_in_the_rows_is_wrong_in_a_part(history, monkeypatch, attack, place, size):
    monkeypatch.setattr(table_part, "EVENTS", size)
    with history.database.engine.connect() as connection, Session(bind=connection) as session:
        with guards_lifted(connection):
            run(connection, "PRAGMA defer_foreign_keys = ON")
            IN_THE_ROWS[attack](connection, 1 + round(place * (last(connection) - 1)))
        in_parts, whole, problems = compare(session)
        assert (in_parts is None) == bool(problems.counts)
        assert in_parts is None or in_parts == whole
        connection.rollback()
