"""What was taken back or returned counts no longer: for any date, and only from the instant on at which it was."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from planner.domain.vocabulary import Completion, Confidence, Freshness, Phase
from planner.queries.history.item_history.entries import Discount
from planner.queries.items.views import ItemView
from planner.queries.weeks.course import read_course
from planner.register.effective_records import is_withdrawn
from planner.store.database import Database
from planner.store.models import DateChange, StatusUpdate, Withdrawal
from tests.answers import confirm, give_back, take_back
from tests.factories import COLLEAGUE, meet, move, observed, reading_of, report
from tests.queries.reads import APRIL, detail_at, instant, item_at

MOMENT = timedelta(microseconds=1)


def report_more(database: Database) -> None:
    report(database, percent=40, phase=Phase.SUSPENDED, confidence=Confidence.RED, as_of=date(2020, 3, 11))


def move_due(database: Database) -> None:
    move(database, "T-001", None, date(2021, 3, 1), as_of=date(2020, 3, 11))


def move_step(database: Database) -> None:
    move(database, "T-001", 1, date(2020, 6, 30), as_of=date(2020, 3, 11))


def meet_step(database: Database) -> None:
    meet(database, "T-001", 1, date(2020, 3, 11))


def observe_more(database: Database) -> None:
    observed(database, "T-001", 1, 6, as_of=date(2020, 3, 11))


def revise(database: Database) -> None:
    observed(database, "T-001", 1, 7, as_of=date(2020, 3, 4), at=instant(3, 11))


@pytest.mark.first_cases(3)
@pytest.mark.parametrize("write", [report_more, move_due, move_step, meet_step, observe_more, revise])
def test_an_item_stands_as_if_what_was_taken_back_had_never_been(register: Database, write: Callable[[Database], None]):
    report(register, percent=10, as_of=date(2020, 3, 4))
    observed(register, "T-001", 1, 4, as_of=date(2020, 3, 4))
    before = detail_at(register, "T-001")
    write(register)
    with_it = detail_at(register, "T-001")
    assert (with_it.item, with_it.indicators) != (before.item, before.indicators)
    take_back(register, at=instant(3, 20))
    after = detail_at(register, "T-001")
    assert (after.item, after.indicators, after.reports) == (before.item, before.indicators, before.reports)
    # As known until then nothing has changed, whatever the date that is looked at.
    known = detail_at(register, "T-001", known_at=instant(3, 20) - MOMENT)
    assert (known.item, known.indicators, known.reports) == (with_it.item, with_it.indicators, with_it.reports)
    assert detail_at(register, "T-001", known_at=instant(3, 20)).item == before.item
    assert item_at(register, "T-001", date(2020, 3, 11)).actual == 10


def test_what_was_taken_back_stays_in_the_history_and_says_so(register: Database):
    report(register, percent=40, as_of=date(2020, 3, 11))
    take_back(register, at=instant(3, 20))
    entry = next(entry for entry in detail_at(register, "T-001").history if entry.kind == "report")
    assert [(why.how, why.recorded_at) for why in entry.discounted] == [(Discount.TAKEN_BACK, instant(3, 20))]
    with register.reading() as session:
        row = session.execute(select(StatusUpdate)).scalar_one()
        assert is_withdrawn(session, StatusUpdate, row.id)
        assert not is_withdrawn(session, DateChange, row.id)
        assert session.execute(select(Withdrawal.status_update_id)).scalars().all() == [row.id]


def test_the_course_of_an_item_leaves_it_out_too(register: Database):
    report(register, percent=10, as_of=date(2020, 3, 4))
    report(register, percent=40, as_of=date(2020, 3, 11), at=instant(3, 11))
    take_back(register, at=instant(3, 20))

    def last(known_at: datetime | None) -> float | None:
        with register.reading() as session:
            return read_course(reading_of(session, APRIL, known_at), "T-001")[-1].actual

    assert (last(None), last(instant(3, 19))) == (10, 40)


# Reports that were returned


def test_a_returned_report_counts_no_longer_and_is_owed_anew(register: Database):
    report(register, percent=10, as_of=date(2020, 3, 25))
    returned = report(register, percent=90, as_of=date(2020, 3, 31))
    give_back(register, at=instant(4, 1))
    item = item_at(register, "T-001")
    assert (item.actual, item.freshness, item.last and item.last.as_of) == (10, Freshness.DUE, date(2020, 3, 25))
    assert item.returned is not None
    assert (item.returned.report, item.returned.reason, item.returned.actor, item.returned.recorded_at) == (
        returned,
        "Say which quay.",
        COLLEAGUE.name,
        instant(4, 1),
    )
    before = item_at(register, "T-001", known_at=instant(4, 1) - MOMENT)
    assert (before.actual, before.returned) == (90, None)
    # As of a day before the returned report, it is not there to be returned.
    assert item_at(register, "T-001", date(2020, 3, 30)).returned is None


def test_the_only_report_being_returned_leaves_an_item_never_reported_on(register: Database):
    report(register, percent=10)
    give_back(register)
    item = item_at(register, "T-001")
    assert (item.last, item.freshness, item.phase) == (None, Freshness.NEVER, Phase.NOT_STARTED)
    assert item.returned is not None


@pytest.mark.parametrize("as_of", [date(2020, 3, 31), date(2020, 4, 1), date(2020, 3, 24)])
def test_reporting_anew_settles_it_also_as_of_an_earlier_day(register: Database, as_of: date):
    report(register, percent=90, as_of=date(2020, 3, 31))
    give_back(register, at=instant(4, 1))
    report(register, percent=20, as_of=as_of, at=instant(4, 1, 13))
    item = item_at(register, "T-001")
    assert (item.actual, item.returned) == (20, None)


def test_a_report_that_came_before_the_return_does_not_settle_it(register: Database):
    report(register, percent=90, as_of=date(2020, 3, 31), at=instant(3, 31))
    report(register, percent=20, as_of=date(2020, 3, 24), at=instant(3, 31, 14))
    give_back(register, at=instant(4, 1))
    item = item_at(register, "T-001")
    assert item.actual == 20
    assert item.returned is not None


def test_of_two_reports_returned_one_after_the_other_the_later_is_told(register: Database):
    report(register, percent=80, as_of=date(2020, 3, 30))
    give_back(register, reason="First.", at=instant(3, 30, 13))
    report(register, percent=90, as_of=date(2020, 3, 31))
    give_back(register, reason="Second.", at=instant(4, 1))
    item = item_at(register, "T-001")
    assert item.last is None
    assert item.returned is not None
    assert item.returned.reason == "Second."


def test_a_return_that_is_taken_back_lets_the_report_count_again(register: Database):
    report(register, percent=90, as_of=date(2020, 3, 31))
    stood = item_at(register, "T-001")
    give_back(register, at=instant(4, 1))
    take_back(register, at=instant(4, 1, 13), actor=COLLEAGUE)
    assert item_at(register, "T-001") == stood
    assert item_at(register, "T-001", known_at=instant(4, 1)).returned is not None


# Completions


def completion_of(item: ItemView) -> tuple[Phase, Completion]:
    return item.phase, item.completion


def complete(database: Database, as_of: date = date(2020, 3, 20), **more: Any) -> None:
    report(database, phase=Phase.COMPLETED, as_of=as_of, **more)


def test_a_completion_waits_until_it_is_confirmed(register: Database):
    complete(register)
    assert completion_of(item_at(register, "T-001")) == (Phase.COMPLETED, Completion.AWAITING)
    confirm(register, at=instant(3, 23))
    assert completion_of(item_at(register, "T-001")) == (Phase.COMPLETED, Completion.CONFIRMED)
    assert item_at(register, "T-001", known_at=instant(3, 22)).completion is Completion.AWAITING
    assert item_at(register, "T-001", date(2020, 3, 19)).completion is Completion.NONE
    assert item_at(register, "P-002").completion is Completion.NONE


def test_a_later_report_on_a_confirmed_completion_needs_no_second_confirmation(register: Database):
    complete(register)
    confirm(register, at=instant(3, 23))
    report(register, done="Papers filed.", as_of=date(2020, 3, 27))
    assert completion_of(item_at(register, "T-001")) == (Phase.COMPLETED, Completion.CONFIRMED)


def test_an_item_opened_and_completed_again_waits_again(register: Database):
    complete(register)
    confirm(register, at=instant(3, 23))
    report(register, phase=Phase.IN_PROGRESS, as_of=date(2020, 3, 25))
    assert completion_of(item_at(register, "T-001")) == (Phase.IN_PROGRESS, Completion.NONE)
    complete(register, date(2020, 3, 30))
    assert completion_of(item_at(register, "T-001")) == (Phase.COMPLETED, Completion.AWAITING)


def test_a_returned_completion_goes_back_to_what_stood_before(register: Database):
    report(register, percent=70, phase=Phase.SUSPENDED, as_of=date(2020, 3, 4))
    complete(register)
    give_back(register, reason="Where is the certificate?", at=instant(3, 23))
    item = item_at(register, "T-001")
    assert (item.phase, item.completion, item.actual) == (Phase.SUSPENDED, Completion.NONE, 70)


def test_a_confirmation_that_is_taken_back_leaves_the_completion_waiting(register: Database):
    complete(register)
    confirm(register, at=instant(3, 23))
    take_back(register, at=instant(3, 24), actor=COLLEAGUE)
    assert completion_of(item_at(register, "T-001")) == (Phase.COMPLETED, Completion.AWAITING)
    assert item_at(register, "T-001", known_at=instant(3, 23)).completion is Completion.CONFIRMED


def test_a_report_returned_after_its_confirmation_confirms_nothing_any_more(register: Database):
    complete(register)
    confirm(register, at=instant(3, 23))
    give_back(register, at=instant(3, 24))
    complete(register, at=instant(3, 25))
    assert completion_of(item_at(register, "T-001")) == (Phase.COMPLETED, Completion.AWAITING)
    assert item_at(register, "T-001", known_at=instant(3, 23)).completion is Completion.CONFIRMED
