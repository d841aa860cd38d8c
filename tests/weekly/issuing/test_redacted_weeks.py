"""Issued weeks of which text was redacted: the bytes are gone, and that is said, and nobody is blamed for it."""

from datetime import date

import pytest
from sqlalchemy import select

from planner.base.errors import NotAsIssuedError
from planner.integrity.verifying import verify
from planner.store.models import AuditEvent, IssuedContent
from planner.weekly.comparing.weeks import read_compared_weeks
from planner.weekly.issuing.reissues import FileOrigin
from planner.writes.redactions import redact
from tests.factories import ACTOR, noon, reading_of, report, writing_by
from tests.weekly.issued import around, have_again, issue_now

SECRET = 'Mara "M" Vint of Quay 4 is ill.'
WHY = "It named a private person."
LATER = noon(date(2020, 12, 1))


def redacted(database, table, field):
    with database.writing() as session:
        wanted = select(AuditEvent.seq).where(AuditEvent.table_name == table).order_by(AuditEvent.seq.desc()).limit(1)
        seq = session.execute(wanted).scalar_one()
        return redact(writing_by(session, ACTOR, noon(date(2020, 5, 4))), seq, [field], WHY)


def issue_and_redact(database):
    """A week that was issued with the text in it, which was redacted then."""
    report(database, as_of=date(2020, 4, 2), percent=20, done=SECRET)
    return issue_now(database), redacted(database, "status_update", "done")


def problems_of(database):
    with database.reading() as session:
        return verify(session, lambda name, by=1: None).problems


def test_kept_bytes_with_the_text_go_and_the_reissue_says_by_whom(register):
    issue, done = issue_and_redact(register)
    with register.reading() as session:
        deflated = {one.digest: one.deflated for one in session.execute(select(IssuedContent)).scalars()}
    emptied = {file.name for file in issue.files if deflated[file.digest] == b""}
    assert emptied == set(done.what.files) >= {"harbour-2020-2020-W14.csv", "harbour-2020-2020-W14.json"}
    assert problems_of(register) == ()
    found = have_again(register, now=LATER)
    assert (found.contradictions, found.same_facts) == ((), False)
    assert set(found.redacted) == set(found.differing) >= {"items"}
    came = {file.name: file for file in found.files}
    one = came["harbour-2020-2020-W14.csv"]
    assert one.origin is FileOrigin.REDACTED
    assert one.why is not None
    by = "redaction 1 by ada on 2020-05-04"
    assert "The stored bytes were removed, because text in them was redacted (by ada on" in one.why
    assert f"After the week was issued, text was redacted ({by}) in these sections: " in one.why
    assert "changed the register outside the program" not in one.why
    assert came["harbour-2020-2020-W14-milestones.csv"].origin is FileOrigin.KEPT
    assert [view.in_words for view in found.redactions] == [by]
    with register.reading() as session, pytest.raises(NotAsIssuedError, match="text in it was redacted"):
        read_compared_weeks(reading_of(session), "2020-W14@issued", "2020-W14@now", now=LATER)


def test_what_was_changed_around_the_program_is_blamed_all_the_same(sqlite_register):
    issue_and_redact(sqlite_register)
    around(sqlite_register, "date_change", "UPDATE milestone SET title = 'Another step' WHERE number = 1")
    around(sqlite_register, "issued_content", "DELETE FROM issued_content")
    found = have_again(sqlite_register, now=LATER)
    assert set(found.differing) > set(found.redacted)
    assert "milestones" not in found.redacted
    why = next(file.why for file in found.files if file.name == "harbour-2020-2020-W14.csv")
    assert why is not None
    assert "After the week was issued, text was redacted" in why
    assert "somebody must have changed the register outside the program" in why


def test_the_reason_of_a_second_issue_can_be_redacted(sqlite_register):
    issue_now(sqlite_register)
    issue_now(sqlite_register, reason=SECRET, at=noon(date(2020, 4, 22)))
    with sqlite_register.writing() as session:
        wanted = select(AuditEvent.seq).where(AuditEvent.table_name == "weekly_issue").order_by(AuditEvent.seq.desc())
        seq = session.execute(wanted.limit(1)).scalar_one()
        done = redact(writing_by(session, ACTOR, noon(date(2020, 5, 4))), seq, ["reason"], WHY)
    assert (done.what.events, done.what.elsewhere) == ((seq,), ())
    found = have_again(sqlite_register, number=2, now=LATER)
    assert (found.contradictions, found.same_facts, found.lost) == ((), True, ())
    assert found.issue.reason == "[redacted]"
    assert problems_of(sqlite_register) == ()
