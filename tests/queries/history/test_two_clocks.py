"""The date a fact is as of, and the instant it was recorded: what a reader sees who asks for either."""

from datetime import date, timedelta

from planner.domain.vocabulary import Freshness, Phase
from planner.store.database import Database
from tests.factories import meet, move, observed, report
from tests.queries.reads import detail_at, instant, item_at


def test_a_report_holds_from_its_date_on(register: Database):
    report(register, "T-001", as_of=date(2020, 3, 4), percent=10)
    report(register, "T-001", as_of=date(2020, 3, 11), percent=25)
    percents = [item_at(register, "T-001", date(2020, 3, day)).actual for day in (3, 4, 10, 11, 31)]
    assert percents == [None, 10, 10, 25, 25]


def test_a_late_report_for_an_earlier_week_does_not_hide_a_newer_one(register: Database):
    report(register, "T-001", as_of=date(2020, 3, 11), percent=25, at=instant(3, 11))
    report(register, "T-001", as_of=date(2020, 3, 4), percent=10, at=instant(3, 20))
    assert item_at(register, "T-001", date(2020, 3, 31)).actual == 25
    assert item_at(register, "T-001", date(2020, 3, 5)).actual == 10
    assert item_at(register, "T-001", date(2020, 3, 5), instant(3, 19)).actual is None


def test_of_two_reports_as_of_one_day_the_one_recorded_last_holds(register: Database):
    report(register, "T-001", as_of=date(2020, 3, 4), percent=40, at=instant(3, 4, 9))
    report(register, "T-001", as_of=date(2020, 3, 4), percent=15, at=instant(3, 4, 17))
    assert item_at(register, "T-001").actual == 15
    assert item_at(register, "T-001", known_at=instant(3, 4, 12)).actual == 40


def test_what_was_recorded_at_the_very_instant_asked_for_is_known(register: Database):
    recorded = report(register, "T-001", as_of=date(2020, 3, 4), percent=40).recorded_at
    assert item_at(register, "T-001", known_at=recorded).actual == 40
    assert item_at(register, "T-001", known_at=recorded - timedelta(microseconds=1)).actual is None


def test_a_clock_that_went_back_does_not_change_what_was_known(register: Database):
    first = report(register, "T-001", as_of=date(2020, 3, 4), percent=40, at=instant(3, 4)).recorded_at
    second = report(register, "T-001", as_of=date(2020, 3, 4), percent=50, at=instant(3, 1)).recorded_at
    assert second == first + timedelta(microseconds=1)
    assert item_at(register, "T-001", known_at=first).actual == 40


def test_a_report_on_one_item_says_nothing_of_another(register: Database):
    report(register, "T-001", as_of=date(2020, 3, 4), percent=40)
    assert item_at(register, "P-002").last is None
    assert item_at(register, "P-002").freshness is Freshness.NEVER


def test_a_revised_observation_keeps_the_earlier_one(register: Database):
    observed(register, "T-001", 1, 4, as_of=date(2020, 3, 4), at=instant(3, 4))
    observed(register, "T-001", 1, 6, as_of=date(2020, 3, 25), at=instant(3, 25))
    observed(register, "T-001", 1, 5, as_of=date(2020, 3, 4), at=instant(3, 26))
    now = detail_at(register, "T-001").indicators[0]
    assert now.values == ((date(2020, 3, 4), 5.0), (date(2020, 3, 25), 6.0))
    assert (now.observed, now.observed_on) == (6.0, date(2020, 3, 25))
    then = detail_at(register, "T-001", known_at=instant(3, 25)).indicators[0]
    assert then.values == ((date(2020, 3, 4), 4.0), (date(2020, 3, 25), 6.0))
    told = [entry.what for entry in detail_at(register, "T-001").history if entry.kind == "value"]
    assert told == ["indicator 1 is 5", "indicator 1 is 6", "indicator 1 is 4"]


def test_a_due_date_moves_as_of_a_day_and_is_known_from_an_instant(register: Database):
    move(register, "T-001", None, date(2021, 2, 1), as_of=date(2020, 3, 4), at=instant(3, 20))
    move(register, "T-001", None, date(2021, 3, 1), as_of=date(2020, 3, 25), at=instant(3, 25))

    def due(as_of: date, known_day: int | None = None) -> date:
        known_at = instant(3, known_day) if known_day else None
        return item_at(register, "T-001", as_of, known_at).current_due

    assert due(date(2020, 3, 3)) == date(2020, 12, 31)
    assert due(date(2020, 3, 4)) == date(2021, 2, 1)
    assert due(date(2020, 3, 31)) == date(2021, 3, 1)
    assert due(date(2020, 3, 31), 24) == date(2021, 2, 1)
    assert due(date(2020, 3, 31), 19) == date(2020, 12, 31)
    assert item_at(register, "T-001").baseline_due == date(2020, 12, 31)


def test_a_milestones_date_moves_without_moving_the_item_or_its_neighbours(register: Database):
    move(register, "T-002", 2, date(2020, 9, 1), as_of=date(2020, 3, 4))
    item = item_at(register, "T-002")
    assert [milestone.current for milestone in item.milestones] == [
        date(2020, 4, 30),
        date(2020, 9, 1),
        date(2020, 10, 30),
    ]
    assert [milestone.slip_days for milestone in item.milestones] == [0, 32, 0]
    assert item.current_due == date(2020, 12, 31)
    before = item_at(register, "T-002", date(2020, 3, 3))
    assert before.milestones[1].current == date(2020, 7, 31)


def test_a_milestone_is_met_from_its_day_on(register: Database):
    meet(register, "T-002", 1, date(2020, 4, 20), at=instant(5, 4))
    assert item_at(register, "T-002", date(2020, 4, 19)).actual == 0
    assert item_at(register, "T-002", date(2020, 4, 20)).actual == 25
    assert item_at(register, "T-002", date(2020, 5, 1), instant(5, 3)).actual == 0


def test_a_phase_is_that_of_the_last_report(register: Database):
    report(register, "T-001", as_of=date(2020, 3, 4), phase=Phase.IN_PROGRESS, at=instant(3, 4))
    report(register, "T-001", as_of=date(2020, 3, 25), phase=Phase.SUSPENDED, at=instant(3, 25))
    assert item_at(register, "T-001", date(2020, 3, 3)).phase is Phase.NOT_STARTED
    assert item_at(register, "T-001", date(2020, 3, 24)).phase is Phase.IN_PROGRESS
    assert item_at(register, "T-001", date(2020, 3, 25)).phase is Phase.SUSPENDED
