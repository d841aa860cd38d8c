"""Accepting findings until a day, and how an acceptance ends: by its day, by another substance, by reopening."""

import json
from datetime import date, datetime
from typing import Any

import pytest
from sqlalchemy import event, select

from planner.base.errors import BadValueError, NotAllowedError, UnknownNameError
from planner.domain.vocabulary import ComputedFinding, Confidence, FindingKind, FindingState, OpenAgain
from planner.queries.findings import FindingView, read_clause_findings
from planner.queries.history.log_subjects import items_of_rows
from planner.store.database import Database
from planner.store.models import AuditEvent, FindingReview
from planner.writes.finding_reviews import accept_finding, reopen_finding, see_finding
from tests.factories import COLLEAGUE, noon, reading_of, report, writing_by
from tests.queries.finding_reads import findings
from tests.queries.reads import instant, retitle
from tests.writes.refusals import refused

TODAY, UNTIL = date(2020, 3, 2), date(2020, 4, 30)
BOATS = (ComputedFinding.CLAUSE_WITHOUT_MEASURE, "old:duty-3")
CHARTS = (ComputedFinding.FACTS_WORKING, "T-003")
REASON = "Nobody counts boats in 2020."


def accept(
    database: Database,
    kind: FindingKind | ComputedFinding,
    subject: str,
    *,
    until: date = UNTIL,
    reason: str = REASON,
    at: datetime | None = None,
    **more: Any,
) -> FindingView:
    """Accept a finding, on the day of the instant."""
    when = at or noon(TODAY)
    with database.writing() as session:
        writing = writing_by(session, COLLEAGUE, when)
        return accept_finding(writing, kind, subject, until=until, reason=reason, **more)


def reopen(database: Database, kind: FindingKind | ComputedFinding, subject: str, at: datetime) -> FindingView:
    """Reopen a finding."""
    with database.writing() as session:
        return reopen_finding(writing_by(session, COLLEAGUE, at), kind, subject, reason="Boats!")


def seen(database: Database, kind: FindingKind | ComputedFinding, subject: str, **point: Any) -> FindingView:
    """A finding as it stands at a point in time."""
    return next(finding for finding in findings(database, kind, **point) if finding.subject == subject)


def test_an_accepted_finding_is_accepted_to_the_last_day_and_open_again_after_it(register: Database):
    accepted = accept(register, *BOATS)
    assert accepted.state is FindingState.ACCEPTED
    assert accepted.acceptance is not None
    decision = accepted.acceptance
    assert (decision.actor, decision.until, decision.reason) == ("brook", UNTIL, REASON)
    assert (decision.recorded_at, decision.statement) == (noon(TODAY), accepted.statement)
    assert seen(register, *BOATS, as_of=UNTIL) == accepted
    after = seen(register, *BOATS, as_of=date(2020, 5, 1))
    assert after.acceptance is None
    assert after.lapse is not None
    assert (after.lapse.why, after.lapse.decision) == (OpenAgain.UNTIL_PASSED, decision)


def test_neither_as_of_an_earlier_day_nor_as_known_before_was_it_accepted(register: Database):
    accept(register, *BOATS)
    for before in (
        seen(register, *BOATS, as_of=date(2020, 3, 1)),
        seen(register, *BOATS, known_at=instant(3, 2, 11)),
    ):
        assert (before.state, before.acceptance, before.lapse) == (FindingState.OPEN, None, None)
    assert seen(register, *BOATS, known_at=instant(3, 2, 13)).state is FindingState.ACCEPTED


def test_with_another_substance_it_is_open_again_and_tells_what_it_said_then(register: Database):
    report(register, "P-002", as_of=date(2020, 2, 3), percent=5, confidence=Confidence.GREEN)
    rated = (ComputedFinding.CONFIDENCE_CONTRADICTED, "P-002")
    accepted = accept(register, *rated, until=date(2021, 3, 1), at=noon(date(2020, 4, 1)))
    report(register, "P-002", as_of=date(2020, 4, 2), percent=6, confidence=Confidence.GREEN)
    assert seen(register, *rated, as_of=date(2020, 4, 2)).statement != accepted.statement
    assert seen(register, *rated, as_of=date(2020, 4, 2)).state is FindingState.ACCEPTED
    overdue = seen(register, *rated, as_of=date(2021, 1, 5))
    assert overdue.state is FindingState.OPEN
    assert overdue.lapse is not None
    assert overdue.lapse.why is OpenAgain.SUBSTANCE_CHANGED
    assert overdue.lapse.decision.statement == accepted.statement


def test_what_an_acceptance_does_not_cover_may_change(register: Database):
    accept(register, *CHARTS)
    retitle(register, "T-003", "Ask all schools for old charts", instant(3, 3))
    assert seen(register, *CHARTS).state is FindingState.ACCEPTED


def test_the_newer_decision_holds_and_a_reopened_finding_says_so(register: Database):
    accept(register, *BOATS)
    accept(register, *BOATS, until=date(2020, 6, 30), reason="Nor until June.", at=instant(3, 3))
    assert seen(register, *BOATS, as_of=date(2020, 6, 30)).state is FindingState.ACCEPTED
    reopened = reopen(register, *BOATS, at=instant(3, 4))
    assert reopened.state is FindingState.OPEN
    assert reopened.lapse is not None
    assert (reopened.lapse.why, reopened.lapse.decision.reason) == (OpenAgain.REOPENED, "Boats!")
    with refused(register, NotAllowedError, "this finding is already open", "clause-without-measure old:duty-3"):
        reopen(register, *BOATS, at=instant(3, 5))
    accept(register, *BOATS, at=instant(3, 6))
    assert seen(register, *BOATS).state is FindingState.ACCEPTED
    with register.reading() as session:
        decisions = session.execute(select(FindingReview.decision).order_by(FindingReview.id)).scalars().all()
    assert decisions == ["accepted", "accepted", "reopened", "accepted"]


def test_decisions_are_in_the_audit_log_under_the_item_they_are_about(register: Database):
    accept(register, *CHARTS)
    reopen(register, *CHARTS, at=instant(3, 3))
    with register.reading() as session:
        events = session.execute(
            select(AuditEvent).where(AuditEvent.table_name == "finding_review").order_by(AuditEvent.seq)
        ).scalars()
        told = [(event.action, event.label, json.loads(event.body)) for event in events]
        rows = session.execute(select(FindingReview.id)).scalars().all()
        assert items_of_rows(session, [("finding_review", row) for row in rows]) == {
            ("finding_review", row): "T-003" for row in rows
        }
    assert [(action, label) for action, label, _ in told] == [
        ("accept-finding", "facts-working T-003"),
        ("reopen-finding", "facts-working T-003"),
    ]
    after = told[0][2]["after"]
    assert (after["until"], after["substance"]) == ("2020-04-30", seen(register, *CHARTS).substance)
    assert [body["reason"] for _, _, body in told] == [REASON, "Boats!"]


def test_the_findings_of_clauses_are_marked_too(register: Database):
    accept(register, *BOATS)
    with register.reading() as session:
        (finding,) = read_clause_findings(reading_of(session, TODAY))["old:duty-3"]
    assert finding.state is FindingState.ACCEPTED


def test_a_text_finding_is_accepted_like_any_other(register: Database):
    libraries = (FindingKind.PHRASE_IN_ONE_LANGUAGE, "libraries-only-in-arabic")
    accepted = accept(register, *libraries, expected=seen(register, *libraries).substance)
    assert accepted.acceptance is not None
    assert accepted.sides


def test_a_finding_that_was_seen_before_is_not_looked_for_again_under_the_lock(register: Database):
    with register.reading() as session:
        before = see_finding(reading_of(session, TODAY), *CHARTS)
    with register.writing() as session:
        writing, statements = writing_by(session, COLLEAGUE, noon(TODAY)), list[str]()
        event.listen(session.connection(), "before_cursor_execute", lambda *told: statements.append(told[2]))
        accepted = accept_finding(writing, *CHARTS, until=UNTIL, reason=REASON, seen=before)
    assert not [one for one in statements if "item" in one]
    assert accepted == seen(register, *CHARTS)


def test_a_finding_is_looked_for_again_if_anything_was_recorded_since_it_was_seen(register: Database):
    with register.reading() as session:
        before = see_finding(reading_of(session, TODAY), *CHARTS)
        assert see_finding(reading_of(session, TODAY), ComputedFinding.FACTS_WORKING, "T-999") is None
    retitle(register, "T-003", "Ask all schools for old charts", noon(TODAY))
    with register.writing() as session:
        writing = writing_by(session, COLLEAGUE, instant(3, 2, 13))
        accepted = accept_finding(writing, *CHARTS, until=UNTIL, reason=REASON, seen=before)
    assert accepted.about.title == "Ask all schools for old charts"


@pytest.mark.parametrize(
    ("changed", "error", "told", "where"),
    [
        ({"until": date(2020, 3, 1)}, BadValueError, "2020-03-01 is before 2020-03-02", "until"),
        ({"reason": " \n"}, BadValueError, "text is required", "reason"),
        ({"subject": "old:duty-1"}, UnknownNameError, "no clause", "SUBJECT"),
        (
            {"expected": "0" * 64},
            NotAllowedError,
            "this finding has changed; its statement is now: No measure",
            "clause-without-measure old:duty-3",
        ),
    ],
)
def test_what_cannot_be_accepted_is_refused(sqlite_register: Database, changed, error, told, where):
    given = {"kind": BOATS[0], "subject": BOATS[1], **changed}
    with refused(sqlite_register, error, told, where):
        accept(sqlite_register, **given)
