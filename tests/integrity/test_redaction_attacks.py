"""What somebody does with the database who wants to pass off a change as a redaction, on both databases.

The guards let through what a row of `redaction` or `redacted_event` names, so most of this needs no guard lifted.
"""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.orm import Session

from planner.base.fingerprints import canonical_json
from planner.integrity.problems import ProblemKind
from planner.integrity.verifying import Verdict
from planner.queries.history.redactable import read_removal
from planner.queries.history.redactions import has_own_bytes
from planner.store.journal import Actor, appending
from planner.store.models import AuditEvent
from planner.writes.redactions import record_removal, redact, remove_texts
from tests.factories import ACTOR, COLLEAGUE, noon, writing_by
from tests.integrity.attacks import body_of, event_of, guards_lifted, put_body, run
from tests.integrity.conftest import verified

K = ProblemKind
AT = noon(date(2020, 5, 4))
WHY = "It named a private person."


@contextmanager
def session_in(connection: Connection) -> Iterator[Session]:
    """A session whose commits are taken back with the rest."""
    if not connection.in_transaction():
        connection.begin()
    with Session(bind=connection, join_transaction_mode="create_savepoint", expire_on_commit=False) as session:
        yield session


def report_of(connection: Connection) -> int:
    """The event of the first report, which says what was done."""
    return event_of(connection, "status_update", 0)


def redacted(connection: Connection) -> int:
    """Redact what was done as the program does; the number of the event."""
    seq = report_of(connection)
    with session_in(connection) as session:
        redact(writing_by(session, ACTOR, AT), seq, ["done"], WHY)
    return seq


def appended(connection: Connection, actor: Actor) -> None:
    """Append the events of a redaction with valid hashes, around the program, and do what they say."""
    with session_in(connection) as session, appending(session, actor, AT) as journal:
        removal = read_removal(session, report_of(connection), ["done"])
        record_removal(journal, removal, WHY)
        remove_texts(journal, removal)
        journal.close()
        session.commit()


def marked(connection: Connection, seq: int, **after: object) -> bytes:
    """An event's bytes with the marker in place of what was done, and more changed."""
    fields = body_of(connection, seq)
    return canonical_json(fields | {"after": fields["after"] | {"done": "[redacted]"} | after})


def named(connection: Connection, body: bytes) -> None:
    """Name the first report and its event in the tables that the guards ask, and in no event."""
    seq = report_of(connection)
    row = body_of(connection, seq)["row"]
    stamp = "(SELECT recorded_at FROM audit_event WHERE seq = 1)"
    run(
        connection,
        "INSERT INTO redaction (id, table_name, row_id, fields, reason, actor, recorded_at)"
        f" VALUES (50, 'status_update', {row}, 'done', 'Because', 'ada', {stamp})",
        f"INSERT INTO redacted_event (id, redaction_id, seq, digest) VALUES (50, 50, {seq}, :digest)",
        digest=hashlib.sha256(body).hexdigest(),
    )


def _unnamed_body(connection: Connection) -> None:
    with guards_lifted(connection):
        seq = report_of(connection)
        put_body(connection, seq, marked(connection, seq), leaf=False)


def _named_around_the_program(connection: Connection) -> None:
    seq = report_of(connection)
    body = marked(connection, seq)
    named(connection, body)
    put_body(connection, seq, body, leaf=False)
    run(connection, "UPDATE status_update SET done = '[redacted]' WHERE id = :i", i=body_of(connection, seq)["row"])


def _only_the_row(connection: Connection) -> None:
    row = body_of(connection, report_of(connection))["row"]
    named(connection, b"")
    run(connection, "UPDATE status_update SET done = '[redacted]' WHERE id = :i", i=row)


def _replaced_again(connection: Connection) -> None:
    seq = redacted(connection)
    put_body(connection, seq, marked(connection, seq, percent=90), leaf=False)


def _put_back(connection: Connection) -> None:
    seq = report_of(connection)
    body = connection.execute(text("SELECT body FROM audit_event WHERE seq = :s"), {"s": seq}).scalar_one()
    redacted(connection)
    put_body(connection, seq, body, leaf=False)


def _row_put_back(connection: Connection) -> None:
    row = body_of(connection, redacted(connection))["row"]
    with guards_lifted(connection):
        run(connection, "UPDATE status_update SET done = 'Another text' WHERE id = :i", i=row)


def _digest_forged(connection: Connection) -> None:
    """The second body's digest in the table, where the guards are lifted for that; the log has the first one's."""
    seq = redacted(connection)
    body = marked(connection, seq, percent=90)
    put_body(connection, seq, body, leaf=False)
    with guards_lifted(connection):
        run(connection, "UPDATE redacted_event SET digest = :d", d=hashlib.sha256(body).hexdigest())


def _leaf_forged(connection: Connection) -> None:
    seq = redacted(connection)
    with guards_lifted(connection):
        run(connection, "UPDATE audit_event SET leaf = :leaf WHERE seq = :seq", leaf=bytes(32), seq=seq)


def _tables_emptied(connection: Connection) -> None:
    redacted(connection)
    with guards_lifted(connection):
        run(connection, "DELETE FROM redacted_event", "DELETE FROM redaction")


def _content_emptied(connection: Connection) -> None:
    run(
        connection,
        "INSERT INTO redaction (id, table_name, row_id, fields, reason, actor, recorded_at) SELECT 50,"
        " 'issued_content', c.id, 'deflated', 'Because', 'ada', e.recorded_at"
        " FROM issued_content c, audit_event e WHERE e.seq = 1",
        "UPDATE issued_content SET deflated = :nothing",
        nothing=b"",
    )


@dataclass(frozen=True)
class Attack:
    """What is done, and what is found of it without a checkpoint."""

    done: Callable[[Connection], object]
    found: set[ProblemKind]


ATTACKS = {
    "body-replaced-without-a-redaction": Attack(_unnamed_body, {K.LEAF, K.LINK, K.CHANGED}),
    "redaction-in-the-tables-alone": Attack(_named_around_the_program, {K.LEAF, K.LINK, K.ADDED}),
    "live-text-alone": Attack(_only_the_row, {K.ADDED, K.CHANGED}),
    "body-replaced-a-second-time": Attack(_replaced_again, {K.REDACTION, K.LEAF, K.LINK, K.CHANGED}),
    "body-and-digest-replaced": Attack(_digest_forged, {K.REDACTION, K.LEAF, K.LINK, K.CHANGED}),
    "body-put-back": Attack(_put_back, {K.REDACTION, K.CHANGED}),
    "live-text-put-back": Attack(_row_put_back, {K.CHANGED}),
    "leaf-of-a-redacted-event": Attack(_leaf_forged, {K.LINK}),
    "redactions-deleted": Attack(_tables_emptied, {K.MISSING}),
    "issued-bytes-emptied": Attack(_content_emptied, {K.CONTENT, K.ADDED}),
    "by-no-administrator": Attack(lambda one: appended(one, COLLEAGUE), {K.REDACTION, K.LEAF, K.LINK}),
    "by-nobody": Attack(lambda one: appended(one, Actor("mallory")), {K.REDACTION, K.LEAF, K.LINK}),
}


@pytest.mark.first_cases(6)
@pytest.mark.parametrize("attack", ATTACKS)
def test_it_is_found_and_named(connection, attack):
    ATTACKS[attack].done(connection)
    found = verified(connection)
    assert (found.verdict, set(found.counts)) == (Verdict.BROKEN, ATTACKS[attack].found)
    assert found.anchored + found.chained + found.redacted + found.not_verifiable == found.events


def has_bytes(connection: Connection, seq: int) -> bool:
    with session_in(connection) as session:
        return has_own_bytes(session, session.get_one(AuditEvent, seq))


def test_what_an_issued_week_rests_on_is_believed_by_the_log_alone(connection):
    seq = report_of(connection)
    body = marked(connection, seq)
    named(connection, body)
    put_body(connection, seq, body, leaf=False)
    assert not has_bytes(connection, seq), "a redaction that only the tables have"
    assert has_bytes(connection, seq - 1)


def test_a_redaction_of_the_log_is_believed_by_an_issued_week_whatever_the_tables_say(connection):
    seq = redacted(connection)
    with guards_lifted(connection):
        run(connection, "DELETE FROM redacted_event", "DELETE FROM redaction")
    assert has_bytes(connection, seq)
    with guards_lifted(connection):
        put_body(connection, seq, marked(connection, seq, percent=90), leaf=False)
    assert not has_bytes(connection, seq), "its bytes were replaced a second time"


def test_a_real_one_leaves_the_checkpoint_and_is_told(history, connection):
    seq = redacted(connection)
    found = verified(connection, history.kept, key=history.key)
    assert (found.verdict, found.problems) == (Verdict.ANCHORED, ())
    assert (found.anchored, found.redacted) == (history.kept.checkpoint.size - 1, 1)
    assert [(one.actor, one.events) for one in found.redactions] == [("ada", (seq,))]
    assert f"Redactions made after the checkpoint ({found.redactions[0].id})" in " ".join(found.not_checked)


def test_one_appended_in_an_administrator_s_name_is_told_and_cannot_be_told_apart(history, connection):
    appended(connection, ACTOR)
    found = verified(connection, history.kept, key=history.key)
    assert (found.verdict, found.problems) == (Verdict.ANCHORED, ())
    assert [one.actor for one in found.redactions] == ["ada"]
    assert any("redacted texts" in sentence for sentence in found.not_checked)
