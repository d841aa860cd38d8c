"""A later date is asked for with a reason, and granted or refused."""

import json
from datetime import date

import pytest
from sqlalchemy import select

from planner.base.errors import BadValueError, NotAllowedError
from planner.domain.vocabulary import ExtensionOutcome, Phase
from planner.queries.history.extensions import read_extensions
from planner.queries.items.item import read_item_detail
from planner.store.database import Database
from planner.store.models import AuditEvent
from planner.writes.reports.doubts import DoubtfulError
from planner.writes.reports.extensions import GRANTED, grant_extension
from tests.answers import ask, grant, refuse, take_back
from tests.factories import ACTOR, COLLEAGUE, OFFICER, meet, move, noon, reading_of, report, writing_by
from tests.queries.reads import item_at
from tests.writes.refusals import counts, gained, refused

LATER = date(2021, 1, 31)


def due(database: Database, day: date = date(2020, 12, 31)) -> date:
    return item_at(database, "T-001", day).current_due


def test_a_granted_date_is_moved_in_one_write_with_the_reasons_of_both(register: Database):
    old = due(register)
    asked = ask(register, LATER, reason=" The frost. ")
    assert (asked.code, asked.milestone, asked.old, asked.new, asked.reason, asked.actor) == (
        "T-001",
        None,
        old,
        LATER,
        "The frost.",
        "dora",
    )
    assert due(register) == old
    before = counts(register)
    done = grant(register, reason="It was a hard winter.")
    assert gained(register, before) == {"extension_answer": 1, "date_change": 1, "audit_event": 2}
    assert (done.outcome, done.asked_by, done.asked_as_of, done.actor) == (
        ExtensionOutcome.GRANTED,
        "dora",
        date(2020, 3, 18),
        "brook",
    )
    assert due(register) == LATER
    with register.reading() as session:
        events = session.execute(select(AuditEvent).order_by(AuditEvent.seq.desc()).limit(2)).scalars().all()
        moved = next(one for one in read_item_detail(reading_of(session), "T-001").history if one.kind == "date")
    assert [(event.action, event.label) for event in events] == [
        ("move-date", "T-001 due date"),
        ("grant-extension", "T-001 due date"),
    ]
    assert json.loads(events[1].body)["after"]["outcome"] == "granted"
    assert (moved.reason, moved.actor) == ("dora: The frost. – brook: It was a hard winter.", "brook")
    assert json.loads(events[0].body)["after"]["reason"] == GRANTED


def test_a_refused_date_stays(sqlite_register: Database):
    old = due(sqlite_register)
    ask(sqlite_register, LATER)
    done = refuse(sqlite_register)
    assert (done.outcome, done.reason) == (ExtensionOutcome.REFUSED, "The fair is in June.")
    assert due(sqlite_register) == old
    with refused(sqlite_register, NotAllowedError, "nobody asks for a later date (due date)", "T-001"):
        grant(sqlite_register)
    ask(sqlite_register, LATER, on=date(2020, 4, 2))
    with pytest.raises(BadValueError):
        refuse(sqlite_register, reason=" ", on=date(2020, 4, 3))


def test_a_milestone_has_requests_of_its_own(register: Database):
    ask(register, date(2021, 1, 10), milestone=2)
    with refused(register, NotAllowedError, "nobody asks for a later date (due date)", "T-001"):
        grant(register)
    with pytest.raises(NotAllowedError, match="planner extension grant T-001 --milestone 2'") as caught:
        refuse(register)
    assert caught.value.do.startswith("Open requests about this item: milestone 2: 2021-01-10 instead of ")
    grant(register, milestone=2)
    assert item_at(register, "T-001", date(2020, 12, 31)).milestones[1].current == date(2021, 1, 10)


def test_a_later_request_replaces_an_earlier_one(sqlite_register: Database):
    ask(sqlite_register, LATER)
    with refused(sqlite_register, BadValueError, "this date is already asked for", "to"):
        ask(sqlite_register, LATER)
    ask(sqlite_register, date(2021, 2, 28), on=date(2020, 3, 19))
    grant(sqlite_register)
    assert due(sqlite_register) == date(2021, 2, 28)


def test_a_date_that_was_moved_since_is_asked_for_no_more(sqlite_register: Database):
    ask(sqlite_register, LATER)
    move(sqlite_register, "T-001", None, date(2021, 1, 15), as_of=date(2020, 3, 20))
    with refused(sqlite_register, NotAllowedError, "nobody asks for a later date", "T-001"):
        grant(sqlite_register, on=date(2020, 12, 30))


def test_the_request_that_was_recorded_last_counts_whatever_its_day_is(sqlite_register: Database):
    ask(sqlite_register, LATER, on=date(2020, 3, 18))
    ask(sqlite_register, date(2021, 2, 28), on=date(2020, 3, 19), day=date(2020, 3, 10))
    with sqlite_register.reading() as session:
        found = read_extensions(reading_of(session))
    assert [(one.new, one.replaced) for one in found] == [(date(2021, 2, 28), False), (LATER, True)]
    grant(sqlite_register)
    assert due(sqlite_register) == date(2021, 2, 28)


def test_a_later_date_is_asked_for_instead_of_todays_whatever_the_day_of_the_request_is(sqlite_register: Database):
    move(sqlite_register, "T-001", None, date(2021, 1, 15), as_of=date(2020, 3, 20))
    with refused(sqlite_register, BadValueError, "is not later than the current date (2021-01-15)", "to"):
        ask(sqlite_register, date(2021, 1, 10), on=date(2020, 3, 25), day=date(2020, 3, 18))
    asked = ask(sqlite_register, LATER, on=date(2020, 3, 25), day=date(2020, 3, 18))
    assert asked.old == date(2021, 1, 15)
    for day, what in (
        (date(2020, 3, 17), "the later date was asked for as of 2020-03-18"),
        (date(2020, 3, 19), "the date was moved to 2021-01-15 after 2020-03-19"),
    ):
        with refused(sqlite_register, BadValueError, what, "as_of"):
            grant(sqlite_register, day=day)
    assert grant(sqlite_register).old == date(2021, 1, 15)


def test_an_ended_item_is_asked_about_as_of_no_earlier_day(sqlite_register: Database):
    report(sqlite_register, as_of=date(2020, 3, 20), phase=Phase.CANCELLED)
    with refused(sqlite_register, NotAllowedError, "the item has ended", "T-001"):
        ask(sqlite_register, LATER, on=date(2020, 3, 25), day=date(2020, 3, 18))


def test_a_date_that_could_not_be_granted_is_asked_for_after_a_question_only(sqlite_register: Database):
    with refused(sqlite_register, DoubtfulError, "the due date 2021-06-30 is outside the plan", "T-001"):
        ask(sqlite_register, date(2021, 6, 30), check_doubts=True)
    with refused(sqlite_register, DoubtfulError, "milestone 1 is due on 2021-01-31, after the item's due", "T-001"):
        ask(sqlite_register, LATER, milestone=1, check_doubts=True)
    ask(sqlite_register, date(2021, 6, 30))
    with refused(sqlite_register, DoubtfulError, "the due date 2021-06-30 is outside the plan", "T-001"):
        grant(sqlite_register, check_doubts=True)


def test_only_the_request_that_was_shown_is_granted(sqlite_register: Database):
    ask(sqlite_register, LATER)
    with sqlite_register.writing() as session:
        write = writing_by(session, COLLEAGUE, noon(date(2020, 4, 1)), date(2020, 4, 1))
        with pytest.raises(NotAllowedError, match="another date is asked for in the meantime"):
            grant_extension(write, "T-001", expected=17)


def test_somebody_else_answers(sqlite_register: Database):
    ask(sqlite_register, LATER, actor=COLLEAGUE)
    with refused(sqlite_register, NotAllowedError, "brook asked for this date", "T-001"):
        grant(sqlite_register, actor=COLLEAGUE)
    grant(sqlite_register, actor=ACTOR)


def test_an_earlier_date_is_not_asked_for(sqlite_register: Database):
    with refused(sqlite_register, BadValueError, "is not later than the current date", "to"):
        ask(sqlite_register, due(sqlite_register))


def test_no_date_is_asked_for_after_the_end(sqlite_register: Database):
    meet(sqlite_register, "T-001", 1, date(2020, 3, 2))
    with refused(sqlite_register, NotAllowedError, "milestone 1 was met on 2020-03-02", "T-001"):
        ask(sqlite_register, LATER, milestone=1)
    report(sqlite_register, as_of=date(2020, 3, 4), phase=Phase.CANCELLED)
    with refused(sqlite_register, NotAllowedError, "the item has ended", "T-001"):
        ask(sqlite_register, LATER)


def test_an_officer_of_a_supporting_organisation_does_not_ask(sqlite_register: Database):
    supported = next(
        code
        for code in ("T-002", "T-003", "P-001", "P-002")
        if (item := item_at(sqlite_register, code)).lead.key != "harbour-office"
        and "harbour-office" in {one.key for one in item.supporting}
    )
    with refused(
        sqlite_register, NotAllowedError, "dora is an officer of an organisation that does not lead", supported
    ):
        ask(sqlite_register, LATER, code=supported)


def test_undo_takes_the_answer_and_the_date_back_and_then_the_request(register: Database):
    old = due(register)
    ask(register, LATER)
    grant(register)
    with refused(register, NotAllowedError, "brook has granted the later date in the meantime", "T-001 due date"):
        take_back(register, actor=OFFICER, at=noon(date(2020, 4, 2)))
    undone = take_back(register, actor=COLLEAGUE, at=noon(date(2020, 4, 3)))
    assert undone.records == ("the later date granted for T-001 due date", "the new date of T-001 due date")
    assert due(register) == old
    # The request is open again.
    grant(register, on=date(2020, 4, 4))
    take_back(register, actor=COLLEAGUE, at=noon(date(2020, 4, 5)))
    undone = take_back(register, actor=OFFICER, at=noon(date(2020, 4, 6)))
    assert undone.records == ("the request for a later date of T-001 due date",)
    with refused(register, NotAllowedError, "nobody asks for a later date", "T-001"):
        grant(register, on=date(2020, 4, 7))


def test_moving_by_hand_is_still_possible(sqlite_register: Database):
    ask(sqlite_register, date(2021, 1, 10), milestone=2)
    move(sqlite_register, "T-001", 2, date(2020, 12, 30), as_of=date(2020, 3, 20))
    with refused(sqlite_register, NotAllowedError, "nobody asks for a later date (milestone 2)", "T-001"):
        grant(sqlite_register, milestone=2, on=date(2020, 12, 30))
