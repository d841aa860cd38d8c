"""Recording a week as issued: what is kept, which number it gets, what is refused."""

import hashlib
import json
import zlib
from datetime import timedelta

import pytest
from sqlalchemy import select

from planner.base.errors import NotAllowedError, UnknownNameError
from planner.domain.rules.weeks import Week
from planner.queries.weeks.issues import LogPosition, find_issue, read_issues, read_issues_of_bytes
from planner.store.models import AuditEvent, IssuedContent
from planner.writes.issues import NewFile, issue_week
from tests.factories import AT, COLLEAGUE, OFFICER, new_issue, reading_of, report, writing_by
from tests.writes.refusals import counts, gained, refused

PAGE = NewFile("page.html", "html", b"<p>the same</p>" * 100)
LATER = AT + timedelta(hours=1)


def issue(database, *files, reason=None, at=LATER, actor=COLLEAGUE, **more):
    with database.writing() as session:
        new = new_issue(session, "2020-W14", *files, **more)
        return issue_week(writing_by(session, actor, at), new, reason=reason)


def test_an_issue_its_files_and_their_bytes_are_kept_with_an_event_for_each(register):
    before = counts(register)
    issued = issue(register, PAGE, NewFile("empty.csv", "csv", b""))
    assert gained(register, before) == {"weekly_issue": 1, "issued_file": 2, "issued_content": 2, "audit_event": 3}
    assert (issued.label, issued.actor, issued.recorded_at, issued.reason) == (
        "2020-W14 number 1",
        "brook",
        LATER,
        None,
    )
    with register.reading() as session:
        assert find_issue(reading_of(session), Week(2020, 14)) == issued
        events = session.execute(select(AuditEvent).order_by(AuditEvent.seq.desc()).limit(4)).scalars().all()
        page, row, before_it = events[1], events[2], events[3]
        kept = session.execute(select(IssuedContent).order_by(IssuedContent.id)).scalars().first()
        assert kept is not None
        assert zlib.decompress(kept.deflated) == PAGE.content
    # The position is that of the event before, whose leaf is the one that the issue's own event names too.
    assert issued.position == LogPosition(before_it.seq, before_it.leaf.hex())
    assert json.loads(row.body)["previous"] == issued.position.leaf
    assert (row.action, row.label, page.label) == ("issue", "2020-W14 number 1", "page.html")
    said = json.loads(page.body)["after"]
    assert (said["digest"], said["size"]) == (hashlib.sha256(PAGE.content).hexdigest(), len(PAGE.content))
    assert b"the same" not in page.body


def test_a_second_issue_needs_a_reason_and_is_number_two(register):
    issue(register, PAGE)
    with refused(register, NotAllowedError, "2020-W14 was issued already (number 1, by brook", "reason"):
        issue(register, PAGE, reason="  ")
    # In the time zone of the plan, as 'planner weekly issues' and 'reissue' show it.
    with pytest.raises(NotAllowedError, match=r"by brook, 2020-\d\d-\d\dT\d\d:\d\d:\d\d\+09:00"):
        issue(register, PAGE)
    before = counts(register)
    second = issue(register, PAGE, NewFile("new.csv", "csv", b"new"), reason="A value was wrong.")
    # The page's bytes are the same, and are kept once.
    assert gained(register, before) == {"weekly_issue": 1, "issued_file": 2, "issued_content": 1, "audit_event": 3}
    assert (second.number, second.reason) == (2, "A value was wrong.")
    with register.reading() as session:
        assert [one.number for one in read_issues(reading_of(session))] == [1, 2]
        assert find_issue(reading_of(session), Week(2020, 14)) == second
        assert find_issue(reading_of(session), Week(2020, 14), 1).files[0].digest == PAGE.digest
        assert [one.number for one, _ in read_issues_of_bytes(reading_of(session), PAGE.digest)] == [1, 2]
        for week, number, told in ((14, 3, "issued 2 times and has no issue number 3"), (15, None, "was not issued")):
            with pytest.raises(UnknownNameError, match=told):
                find_issue(reading_of(session), Week(2020, week), number)


def test_it_is_recorded_after_all_that_the_files_know(register):
    """Also where this machine's clock stands behind the one that wrote last."""
    with register.writing() as session:
        new = new_issue(session, known_at=LATER)
        issued = issue_week(writing_by(session, COLLEAGUE, AT), new)
    assert issued.recorded_at == LATER + timedelta(microseconds=1)


def test_refused_where_something_came_between_that_the_files_claim_to_know(register):
    with register.reading() as session:
        new = new_issue(session, known_at=LATER)
    report(register, at=LATER - timedelta(minutes=1))
    told = "somebody wrote to the register with a time before the files' known-at instant"
    with refused(register, NotAllowedError, told, "2020-W14"), register.writing() as session:
        issue_week(writing_by(session, COLLEAGUE, LATER), new)


def test_refused_for_who_may_not(sqlite_register):
    with refused(sqlite_register, NotAllowedError, "dora is an officer and may not issue a weekly file", ""):
        issue(sqlite_register, PAGE, actor=OFFICER)
