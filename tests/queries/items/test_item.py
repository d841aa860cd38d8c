from datetime import date

import pytest

from planner.base.errors import UnknownNameError
from planner.domain.vocabulary import Basis, Confidence, Direction, Phase
from planner.store.database import Database
from planner.writes.reports.milestones import forecast_milestone, take_back_milestone
from tests.factories import ACTOR, COLLEAGUE, meet, move, observed, report, writing_by
from tests.queries.reads import APRIL, detail_at, instant


def test_an_indicator_has_its_way_from_baseline_to_target(register: Database):
    observed(register, "T-001", 1, 4)
    (indicator,) = detail_at(register, "T-001").indicators
    assert (indicator.name, indicator.unit, indicator.direction) == ("Quays mended", "quays", Direction.INCREASE)
    assert (indicator.baseline, indicator.target, indicator.due) == (2, 10, date(2020, 12, 31))
    assert indicator.attainment == 0.25


def test_attainment_of_a_decrease_goes_up_as_the_value_goes_down_and_is_not_clipped(register: Database):
    observed(register, "T-002", 1, 31, as_of=date(2020, 3, 4))
    observed(register, "T-002", 1, 0, as_of=date(2020, 3, 25))
    assert detail_at(register, "T-002", date(2020, 3, 4)).indicators[0].attainment == 0.25
    assert detail_at(register, "T-002").indicators[0].attainment == pytest.approx(40 / 36)


def test_an_indicator_without_a_target_is_normal(register: Database):
    observed(register, "T-003", 1, 7)
    (indicator,) = detail_at(register, "T-003").indicators
    assert (indicator.target, indicator.due, indicator.attainment, indicator.observed) == (None, None, None, 7)


def test_before_any_observation_there_is_none(register: Database):
    (indicator,) = detail_at(register, "T-001").indicators
    assert (indicator.observed, indicator.observed_on, indicator.attainment, indicator.values) == (None, None, None, ())


def test_an_observation_of_a_later_date_is_left_out(register: Database):
    observed(register, "T-001", 1, 4, as_of=date(2020, 3, 4))
    observed(register, "T-001", 1, 9, as_of=date(2020, 6, 1))
    assert detail_at(register, "T-001").indicators[0].observed == 4


def test_reports_come_newest_first_by_the_date_they_are_as_of(register: Database):
    report(register, "T-001", as_of=date(2020, 3, 11), percent=20, at=instant(3, 11))
    report(register, "T-001", as_of=date(2020, 3, 4), percent=10, at=instant(3, 12))
    report(register, "T-001", as_of=date(2020, 3, 11), percent=25, at=instant(3, 13))
    report(register, "T-002", as_of=date(2020, 3, 11), done="Not of this item.", at=instant(3, 14))
    reports = detail_at(register, "T-001").reports
    assert [(shown.as_of.day, shown.percent) for shown in reports] == [(11, 25), (11, 20), (4, 10)]


def test_the_history_tells_everything_in_the_order_it_was_recorded_newest_first(register: Database):
    report(
        register, "P-001", as_of=date(2020, 3, 2), done="Soil tested.", confidence=Confidence.GREEN, at=instant(3, 2)
    )
    move(register, "P-001", 2, date(2020, 8, 1), as_of=date(2020, 3, 3), reason="Steel is late.", at=instant(3, 3))
    move(register, "P-001", None, date(2021, 1, 31), as_of=date(2020, 3, 3), reason="So is the lamp.", at=instant(3, 4))
    meet(register, "P-001", 1, date(2020, 3, 20), at=instant(3, 21), actor=COLLEAGUE)
    observed(register, "P-001", 1, 1234567.5, as_of=date(2020, 3, 1), at=instant(3, 22))
    with register.writing() as session:
        day = date(2020, 3, 25)
        forecast_milestone(writing_by(session, ACTOR, instant(3, 25), day), "P-001", 3, date(2020, 11, 1))
    history = detail_at(register, "P-001").history
    assert [(entry.kind, entry.what) for entry in history] == [
        ("milestone", "milestone 3 forecast for 2020-11-01"),
        ("value", "indicator 1 is 1234567.5"),
        ("milestone", "milestone 1 met on 2020-03-20"),
        ("date", "due date moved from 2020-12-31 to 2021-01-31, without a request"),
        ("date", "milestone 2 moved from 2020-06-30 to 2020-08-01, without a request"),
        ("report", "in progress, green, Soil tested."),
    ]
    assert [entry.reason for entry in history[3:5]] == ["So is the lamp.", "Steel is late."]
    assert [entry.actor for entry in history[1:4]] == [ACTOR.name, COLLEAGUE.name, ACTOR.name]
    assert {entry.basis for entry in history} == {Basis.REGISTERED}


def test_the_history_holds_only_what_was_known_and_of_the_time(register: Database):
    report(register, "T-001", as_of=date(2020, 3, 4), percent=10, at=instant(3, 20))
    move(register, "T-001", None, date(2021, 1, 31), as_of=date(2020, 3, 25), at=instant(3, 25))
    assert len(detail_at(register, "T-001").history) == 2
    assert len(detail_at(register, "T-001", known_at=instant(3, 24)).history) == 1
    assert len(detail_at(register, "T-001", date(2020, 3, 10)).history) == 1
    assert detail_at(register, "T-001", date(2020, 3, 10), instant(3, 19)).history == ()


def test_a_milestone_taken_back_stays_in_the_history(register: Database):
    meet(register, "T-002", 1, date(2020, 3, 20))
    with register.writing() as session:
        day = date(2020, 3, 25)
        take_back_milestone(writing_by(session, ACTOR, instant(3, 25), day), "T-002", 1, "Wrong item.")
    detail = detail_at(register, "T-002")
    assert [(entry.what, entry.reason) for entry in detail.history] == [
        ("milestone 1 taken back as not met", "Wrong item."),
        ("milestone 1 met on 2020-03-20", None),
    ]
    assert detail.item.actual == 0
    assert detail_at(register, "T-002", date(2020, 3, 24)).item.actual == 25


def test_the_item_itself_is_the_one_the_register_shows(register: Database):
    report(register, "T-001", as_of=date(2020, 3, 30), phase=Phase.SUSPENDED, blocker="لا رافعة 크레인 없음")
    last = detail_at(register, "t-1").item.last
    assert last is not None
    assert last.blocker == "لا رافعة 크레인 없음"


def test_an_unknown_item_is_told_so(register: Database):
    with pytest.raises(UnknownNameError):
        detail_at(register, "T-404", APRIL)
