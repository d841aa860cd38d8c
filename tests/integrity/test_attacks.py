"""Attacks on the history, on a real SQLite file and a real PostgreSQL server.

Each is prevented, or found and named, or found by a checkpoint alone. docs/verifying.md has the same in a table.
"""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from planner.base.fingerprints import canonical_json
from planner.integrity.problems import ProblemKind
from planner.integrity.verifying import Verdict
from tests.integrity import attacks
from tests.integrity.attacks import body_of, event_of, guards_lifted, is_sqlite, last, put_body, rewrite, run
from tests.integrity.conftest import verified
from tests.store.models.rows import copy_statement

K = ProblemKind


def test_what_nobody_touched_is_consistent(history, connection):
    without = verified(connection)
    assert (without.verdict, without.problems, without.anchored) == (Verdict.CHAINED, (), 0)
    assert without.chained == without.events == last(connection)
    assert without.guards == without.guards_set
    assert without.contents == 1
    assert "no checkpoint was given" in without.not_checked[0]
    found = verified(connection, history.kept, key=history.key)
    assert (found.verdict, found.problems) == (Verdict.ANCHORED, ())
    assert found.anchored == history.kept.checkpoint.size
    assert found.anchored + found.chained == found.events
    assert f"events after {found.anchored} were cut off or rewritten" in found.not_checked[0]


NEWEST_LEAF = "(SELECT leaf FROM audit_event ORDER BY seq DESC LIMIT 1)"
SAME = copy_statement("audit_event", {"seq": "seq"}, "seq > 5")
PREVENTED = {
    "update": ["UPDATE audit_event SET actor = 'mallory' WHERE seq = 5"],
    "delete": ["DELETE FROM audit_event WHERE seq = 5"],
    "upsert": [f"{SAME} ON CONFLICT (seq) DO UPDATE SET actor = 'mallory'"],
    "gap": [
        copy_statement(
            "audit_event", {"seq": "(SELECT max(seq) FROM audit_event) + 2", "previous_leaf": NEWEST_LEAF}, "seq > 1"
        )
    ],
    "a row of history": ["UPDATE status_update SET percent = 99"],
}
PREVENTED_ON_SQLITE = {"insert-or-replace": [SAME.replace("INSERT", "INSERT OR REPLACE", 1)]}
PREVENTED_ON_POSTGRESQL = {
    "truncate": ["TRUNCATE audit_event CASCADE"],
    "session-replication-role": ["SET LOCAL session_replication_role = replica", "DELETE FROM audit_event"],
}
SQLITE = pytest.mark.parametrize("history", ["sqlite"], indirect=True)
POSTGRESQL = pytest.mark.parametrize("history", ["postgresql"], indirect=True)


def refused(connection: Connection, statements: list[str]) -> bool:
    """Whether the guards refuse it, and the history is as it was."""
    point = connection.begin_nested()
    with pytest.raises(DBAPIError, match="is history"):
        run(connection, *statements)
    point.rollback()
    return verified(connection).problems == ()


class TestPreventedWhileTheGuardsStand:
    @pytest.mark.parametrize("attack", PREVENTED)
    def test_on_both(self, connection, attack):
        assert refused(connection, PREVENTED[attack])

    @SQLITE
    @pytest.mark.parametrize("attack", PREVENTED_ON_SQLITE)
    def test_on_sqlite(self, connection, attack):
        assert refused(connection, PREVENTED_ON_SQLITE[attack])

    @POSTGRESQL
    @pytest.mark.parametrize("attack", PREVENTED_ON_POSTGRESQL)
    def test_on_postgresql(self, connection, attack):
        assert refused(connection, PREVENTED_ON_POSTGRESQL[attack])


@dataclass(frozen=True)
class Attack:
    """What is done with the guards lifted and put back, and what is found of it without a checkpoint."""

    done: Callable[[Connection], None]
    found: set[ProblemKind]


def _body_alone(connection: Connection) -> None:
    seq = event_of(connection, "status_update", 0)
    put_body(connection, seq, b'{"action":"report"}', leaf=False)


def _body_and_leaf(connection: Connection) -> None:
    seq = event_of(connection, "status_update", 0)
    body = canonical_json(attacks.restated(body_of(connection, seq)))
    put_body(connection, seq, body, leaf=True)
    run(connection, "UPDATE status_update SET percent = 90 WHERE id = :i", i=body_of(connection, seq)["row"])


def _twice_named(connection: Connection) -> None:
    """An actor by the column, another by the bytes: JSON that names a field twice."""
    seq = last(connection)
    raw = canonical_json(body_of(connection, seq)).replace(b',"before":', b',"actor":"mallory","before":')
    put_body(connection, seq, raw, leaf=True)


def _replaced(connection: Connection) -> None:
    statement = copy_statement("audit_event", {"seq": "seq", "actor": "'mallory'"}, "seq > 5")
    if is_sqlite(connection):
        run(connection, statement.replace("INSERT", "INSERT OR REPLACE", 1))
    else:
        run(connection, f"{statement} ON CONFLICT (seq) DO UPDATE SET actor = excluded.actor")


def _gap_mended(connection: Connection) -> None:
    """A number left out, in the column and in the bytes, every hash valid."""
    seq = last(connection)
    rewrite(connection, seq, lambda fields: fields | {"seq": seq + 1})
    run(connection, f"UPDATE audit_event SET seq = {seq + 1} WHERE seq = {seq}")


def _another_before_it(connection: Connection) -> None:
    """The column names the event before, the bytes another."""
    seq = last(connection)
    put_body(connection, seq, canonical_json(body_of(connection, seq) | {"previous": "0" * 64}), leaf=True)


def _swapped(connection: Connection) -> None:
    one, other = last(connection) - 1, last(connection)
    run(
        connection,
        f"UPDATE audit_event SET seq = -1 WHERE seq = {one}",
        f"UPDATE audit_event SET seq = {one} WHERE seq = {other}",
        f"UPDATE audit_event SET seq = {other} WHERE seq = -1",
    )


def _tail_rewritten(connection: Connection) -> None:
    """The tail with valid hashes, the live row left as it was."""
    rewrite(connection, event_of(connection, "status_update", 0), attacks.restated)


def _back_dated(connection: Connection) -> None:
    early = "2019-12-31T00:00:00.000000Z"
    seq = last(connection)
    rewrite(connection, seq, lambda fields: fields | {"recorded_at": early})
    run(
        connection,
        f"UPDATE audit_event SET recorded_at = '2019-12-31 00:00:00.000000{_zone(connection)}' WHERE seq = {seq}",
    )


def _zone(connection: Connection) -> str:
    return "" if is_sqlite(connection) else "+00"


def _forged_edit(connection: Connection) -> None:
    """An edit that begins with a title which never was, its hashes valid."""
    seq = event_of(connection, "item")
    rewrite(connection, seq, lambda fields: fields | {"before": fields["before"] | {"title": "Never so called"}})


def _statements(*statements: str) -> Callable[[Connection], None]:
    return lambda connection: run(connection, *statements)


ADD_PERSON = copy_statement("person", {"login": "'mallory'"})
ATTACKS = {
    "update-of-a-copy": Attack(_statements("UPDATE audit_event SET actor = 'mallory' WHERE seq = 5"), {K.COPY}),
    "update-of-the-bytes": Attack(_body_alone, {K.LEAF, K.LINK, K.FORM, K.HISTORY}),
    "update-of-bytes-and-hash": Attack(_body_and_leaf, {K.LINK}),
    "a-field-named-twice": Attack(_twice_named, {K.FORM, K.HISTORY}),
    "delete": Attack(_statements("DELETE FROM audit_event WHERE seq = 5"), {K.GAP, K.LINK, K.ADDED}),
    "upsert-or-replace": Attack(_replaced, {K.COPY}),
    "gap": Attack(
        _statements("UPDATE audit_event SET seq = seq + 1 WHERE seq = (SELECT max(seq) FROM audit_event)"),
        {K.GAP, K.COPY},
    ),
    "gap-with-valid-hashes": Attack(_gap_mended, {K.GAP}),
    "bytes-name-another-event": Attack(_another_before_it, {K.LINK}),
    "reordered": Attack(_swapped, {K.LINK, K.COPY, K.INSTANT}),
    "back-dated": Attack(_back_dated, {K.INSTANT}),
    "tail-cut-off-alone": Attack(lambda connection: attacks.cut_off(connection, last(connection) - 1), {K.ADDED}),
    "tail-rewritten-alone": Attack(_tail_rewritten, {K.CHANGED}),
    "forged-edit": Attack(_forged_edit, {K.HISTORY}),
    "history-edited": Attack(_statements("UPDATE status_update SET percent = 99"), {K.CHANGED}),
    "history-deleted": Attack(
        _statements("DELETE FROM status_update WHERE id = (SELECT max(id) FROM status_update)"), {K.MISSING}
    ),
    "live-row-edited": Attack(
        _statements("UPDATE item SET title = 'Nothing to see' WHERE code = 'T-001'"), {K.CHANGED}
    ),
    "live-row-added": Attack(_statements(ADD_PERSON), {K.ADDED}),
    "live-row-renumbered": Attack(_statements("UPDATE goal SET id = id + 100"), {K.MISSING, K.ADDED}),
    "seeded-text-edited": Attack(_statements("UPDATE measure SET restatement = 'Something else'"), {K.CHANGED}),
    "issued-bytes-edited": Attack(
        _statements("UPDATE issued_content SET deflated = leaf FROM audit_event"), {K.CONTENT}
    ),
}


@pytest.mark.first_cases(10)
@pytest.mark.parametrize("attack", ATTACKS)
def test_found_and_named_though_the_guards_were_put_back(connection, attack):
    with guards_lifted(connection):
        ATTACKS[attack].done(connection)
    found = verified(connection)
    assert set(found.counts) == ATTACKS[attack].found
    assert found.verdict is Verdict.BROKEN
    assert found.anchored + found.chained + found.redacted + found.not_verifiable == found.events
    in_the_log = set(found.counts) & {K.GAP, K.LEAF, K.LINK, K.COPY, K.FORM, K.INSTANT}
    assert (found.not_verifiable > 0) == bool(in_the_log)


def _rewritten_throughout(connection: Connection) -> None:
    """A report that never was so, in the log and in its table, every hash valid."""
    seq = event_of(connection, "status_update", 0)
    rewrite(connection, seq, attacks.restated)
    run(connection, "UPDATE status_update SET percent = 90 WHERE id = :i", i=body_of(connection, seq)["row"])


def _cut_off_with_its_rows(connection: Connection) -> None:
    """Back to where the first report stood, as if nothing more had ever been written."""
    for seq in range(last(connection), event_of(connection, "status_update", 0), -1):
        fields = body_of(connection, seq)
        if fields["table"] == "issued_file":
            run(connection, "DELETE FROM issued_file", "DELETE FROM issued_content")
        elif fields["before"] is None:
            run(connection, f"DELETE FROM {fields['table']} WHERE id = :i", i=fields["row"])
        else:
            was, restored = fields["before"], "UPDATE item SET title = :t, fingerprint = :f WHERE id = :i"
            run(connection, restored, t=was["title"], f=was["fingerprint"], i=fields["row"])
        run(connection, "DELETE FROM audit_event WHERE seq = :s", s=seq)


@pytest.mark.parametrize("attack", [_rewritten_throughout, _cut_off_with_its_rows])
def test_found_by_a_checkpoint_alone(history, connection, attack):
    with guards_lifted(connection):
        attack(connection)
    without = verified(connection)
    assert (without.verdict, without.problems) == (Verdict.CHAINED, ())
    found = verified(connection, history.kept, key=history.key)
    assert (found.verdict, set(found.counts)) == (Verdict.BROKEN, {K.CHECKPOINT})
    # Nobody can say which of the events were changed.
    assert (found.anchored, found.chained, found.not_verifiable) == (0, 0, found.events)


def test_what_came_after_the_checkpoint_can_still_be_rewritten_unseen(history, connection):
    with guards_lifted(connection):
        seq = last(connection)
        rewrite(connection, seq, attacks.restated)
        run(connection, "UPDATE status_update SET percent = 90 WHERE id = :i", i=body_of(connection, seq)["row"])
    found = verified(connection, history.kept, key=history.key)
    assert found.verdict is Verdict.ANCHORED
    assert f"after {history.kept.checkpoint.size} were cut off or rewritten" in found.not_checked[0]


WEAKER_ON_SQLITE = {
    "dropped": ["DROP TRIGGER guard_audit_event_update"],
    "rebuilt-weaker": [
        "DROP TRIGGER guard_audit_event_update",
        "CREATE TRIGGER guard_audit_event_update BEFORE UPDATE ON audit_event WHEN OLD.seq > 5 BEGIN"
        " SELECT RAISE(ABORT, 'audit_event is history: no update'); END",
    ],
    "another-trigger": ["CREATE TRIGGER helper AFTER INSERT ON status_update BEGIN SELECT 1; END"],
}
WEAKER_ON_POSTGRESQL = {
    "dropped": ["DROP TRIGGER guard_audit_event_row ON audit_event"],
    "rebuilt-weaker": [
        "DROP TRIGGER guard_audit_event_row ON audit_event",
        "CREATE TRIGGER guard_audit_event_row BEFORE UPDATE ON audit_event"
        " FOR EACH ROW EXECUTE FUNCTION guard_history()",
        "ALTER TABLE audit_event ENABLE ALWAYS TRIGGER guard_audit_event_row",
    ],
    "another-trigger": [
        "CREATE TRIGGER helper BEFORE INSERT ON status_update FOR EACH ROW EXECUTE FUNCTION guard_history()"
    ],
    "disabled": ["ALTER TABLE audit_event DISABLE TRIGGER guard_audit_event_row"],
    "not-for-replicas": ["ALTER TABLE audit_event ENABLE TRIGGER guard_audit_event_row"],
    "function-replaced": [
        "CREATE OR REPLACE FUNCTION guard_history() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$"
    ],
    "rule": ["CREATE RULE quiet AS ON DELETE TO status_update DO INSTEAD NOTHING"],
    "session-replication-role": ["SET LOCAL session_replication_role = replica"],
    "role-for-the-database": [
        "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET session_replication_role = replica',"
        " current_database()); END $$"
    ],
}


def is_named(connection: Connection, statements: list[str]) -> bool:
    """Whether it is found that a guard is weaker, and nothing else is, for nothing else was done."""
    run(connection, *statements)
    found = verified(connection)
    return set(found.counts) == {K.GUARD} and found.verdict is Verdict.BROKEN and found.not_verifiable == 0


class TestAWeakerGuardIsNamed:
    @SQLITE
    @pytest.mark.parametrize("attack", WEAKER_ON_SQLITE)
    def test_on_sqlite(self, connection, attack):
        assert is_named(connection, WEAKER_ON_SQLITE[attack])

    @POSTGRESQL
    @pytest.mark.parametrize("attack", WEAKER_ON_POSTGRESQL)
    def test_on_postgresql(self, connection, attack):
        assert is_named(connection, WEAKER_ON_POSTGRESQL[attack])
