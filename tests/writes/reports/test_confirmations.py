"""What managers answer to reports: confirmed by somebody else, or returned with a reason."""

import json
from datetime import date

import pytest
from sqlalchemy import select

from planner.base.errors import BadValueError, NotAllowedError, UnknownNameError
from planner.domain.vocabulary import Completion, Confirmation, Phase, Role
from planner.queries.history.expected_state import ExpectedReport
from planner.store.database import Database
from planner.store.journal import Actor
from planner.store.models import AuditEvent
from planner.writes.reports.confirmations import Answered, confirm_ending, return_report
from planner.writes.reports.conflicts import ConflictError
from tests.answers import confirm, give_back, take_back
from tests.factories import ACTOR, COLLEAGUE, OFFICER, noon, person, report, writing_by
from tests.queries.reads import item_at
from tests.writes.refusals import counts, gained, refused

DONE_ON = date(2020, 3, 20)
TODAY = date(2020, 4, 1)


def complete(database: Database, *, as_of: date = DONE_ON, actor: Actor = OFFICER) -> int:
    return report(database, phase=Phase.COMPLETED, as_of=as_of, actor=actor).id


def last_event(database: Database) -> AuditEvent:
    with database.reading() as session:
        return session.execute(select(AuditEvent).order_by(AuditEvent.seq.desc()).limit(1)).scalar_one()


def test_a_completion_is_confirmed_with_its_event(register: Database):
    row_id = complete(register)
    before = counts(register)
    assert confirm(register) == Answered(
        "T-001", Confirmation.CONFIRMED, OFFICER.name, DONE_ON, None, COLLEAGUE.name, noon(TODAY), Phase.COMPLETED
    )
    assert gained(register, before) == {"completion_confirmation": 1, "audit_event": 1}
    event = last_event(register)
    said = json.loads(event.body)["after"]
    assert (event.action, event.label, event.table_name) == ("confirm", "T-001", "completion_confirmation")
    assert (said["status_update_id"], said["outcome"], said["reason"]) == (row_id, "confirmed", None)


def test_a_report_is_returned_with_its_reason(register: Database):
    report(register, percent=90, as_of=date(2020, 3, 31), actor=OFFICER)
    before = counts(register)
    answer = give_back(register, "t1", "  Say which quay. ")
    assert (answer.code, answer.outcome, answer.reason) == ("T-001", Confirmation.RETURNED, "Say which quay.")
    assert gained(register, before) == {"completion_confirmation": 1, "audit_event": 1}
    event = last_event(register)
    assert (event.action, json.loads(event.body)["reason"]) == ("return", "Say which quay.")


def test_a_completion_is_confirmed_once(register: Database):
    complete(register)
    confirm(register)
    with refused(register, NotAllowedError, "this item has already been confirmed as completed", "T-001"):
        confirm(register, actor=ACTOR)
    report(register, done="Papers filed.", as_of=date(2020, 3, 27), actor=OFFICER)
    with refused(register, NotAllowedError, "this item has already been confirmed as completed", "T-001"):
        confirm(register)


def test_a_confirmation_that_was_taken_back_can_be_given_again(register: Database):
    complete(register)
    confirm(register)
    take_back(register, actor=COLLEAGUE)
    assert confirm(register, actor=ACTOR).actor == ACTOR.name
    assert item_at(register, "T-001").completion is Completion.CONFIRMED


def test_what_was_returned_and_reported_again_is_confirmed_anew(register: Database):
    complete(register)
    confirm(register)
    give_back(register)
    complete(register)
    assert confirm(register).outcome is Confirmation.CONFIRMED


def test_an_item_opened_and_completed_again_is_confirmed_again(register: Database):
    complete(register)
    confirm(register)
    report(register, phase=Phase.IN_PROGRESS, as_of=date(2020, 3, 25), actor=OFFICER)
    complete(register, as_of=date(2020, 3, 30))
    assert confirm(register).reported_as_of == date(2020, 3, 30)


def test_only_an_ending_is_confirmed(register: Database):
    report(register, percent=90, actor=OFFICER)
    what = "the item is in progress, and only a completed, cancelled or merged item can be confirmed"
    with refused(register, NotAllowedError, what, "T-001"):
        confirm(register)
    report(register, help_needed="Two pumps.", as_of=date(2020, 3, 26), actor=OFFICER)
    with pytest.raises(NotAllowedError, match=r"Open requests about this item: help \(answer it with"):
        confirm(register)


@pytest.mark.parametrize("answer", [confirm, give_back])
def test_without_a_report_there_is_nothing_to_answer(register: Database, answer):
    with refused(register, NotAllowedError, "this item has no report that can be confirmed or returned", "T-001"):
        answer(register)


@pytest.mark.parametrize("answer", [confirm, give_back])
def test_nobody_answers_their_own_report(register: Database, answer):
    complete(register, actor=COLLEAGUE)
    with refused(register, NotAllowedError, "you wrote this report yourself", "T-001"):
        answer(register)


@pytest.mark.parametrize("answer", [confirm, give_back])
def test_an_officer_answers_nobody(register: Database, answer):
    complete(register, actor=COLLEAGUE)
    before = counts(register)
    with pytest.raises(NotAllowedError, match="dora is an officer and may not"):
        answer(register, actor=OFFICER)
    assert gained(register, before) == {}


@pytest.mark.parametrize("answer", [confirm, give_back])
def test_an_unknown_item_is_refused(register: Database, answer):
    with refused(register, UnknownNameError, "no item 'T-404'", "CODE"):
        answer(register, "T-404")


@pytest.mark.parametrize("reason", ["", " \n"])
def test_a_return_says_why(register: Database, reason: str):
    complete(register)
    with refused(register, BadValueError, "text is required", "reason"):
        give_back(register, reason=reason)


def test_a_second_return_reaches_the_report_before(register: Database):
    report(register, percent=10, as_of=date(2020, 3, 25), actor=OFFICER)
    report(register, percent=90, as_of=date(2020, 3, 31), actor=OFFICER)
    assert [give_back(register).reported_as_of for _ in range(2)] == [date(2020, 3, 31), date(2020, 3, 25)]


def test_an_answer_is_to_the_report_that_was_shown(register: Database):
    shown = ExpectedReport(complete(register))
    complete(register, as_of=date(2020, 3, 27))
    before = counts(register)
    with register.writing() as session:
        write = writing_by(session, COLLEAGUE, noon(TODAY))
        with pytest.raises(ConflictError, match=r"dora has changed this item in the meantime \(completed"):
            confirm_ending(write, "T-001", expected=shown)
        with pytest.raises(ConflictError):
            return_report(write, "T-001", "Why?", expected=shown)
    assert gained(register, before) == {}
    with register.writing() as session:
        newest = ExpectedReport(shown.report + 1 if shown.report else None)
        assert confirm_ending(writing_by(session, COLLEAGUE, noon(TODAY)), "T-001", expected=newest)


def test_two_managers_returning_what_both_were_shown_return_one_report(register: Database):
    person(register, "gil", Role.MANAGER, None)
    report(register, percent=10, as_of=date(2020, 3, 25), actor=OFFICER)
    shown = ExpectedReport(report(register, percent=90, as_of=date(2020, 3, 31), actor=OFFICER).id)
    with register.writing() as session:
        return_report(writing_by(session, COLLEAGUE, noon(TODAY)), "T-001", "One.", expected=shown)
    with register.writing() as session, pytest.raises(ConflictError):
        return_report(writing_by(session, Actor("gil"), noon(TODAY)), "T-001", "Two.", expected=shown)
    item = item_at(register, "T-001")
    assert (item.actual, item.returned and item.returned.reason) == (10, "One.")
