from datetime import date
from typing import Any

import pytest

from planner.base.errors import BadValueError, NotAllowedError, UnknownNameError
from planner.store.database import Database
from planner.writes.reports.milestones import MilestoneReported, forecast_milestone, meet_milestone, take_back_milestone
from tests.factories import ACTOR, noon, writing_by
from tests.queries.reads import item_at
from tests.writes.refusals import counts, gained, refused

TODAY = date(2020, 5, 4)
MET = date(2020, 4, 20)


def meet(
    database: Database, number: int = 1, met_on: date = MET, code: str = "T-002", **more: Any
) -> MilestoneReported:
    with database.writing() as session:
        return meet_milestone(writing_by(session, ACTOR, noon(TODAY)), code, number, met_on, **more)


def take_back(
    database: Database, reason: str = "Wrong item.", as_of: date = TODAY, number: int = 1
) -> MilestoneReported:
    with database.writing() as session:
        return take_back_milestone(writing_by(session, ACTOR, noon(TODAY)), "T-002", number, reason, as_of=as_of)


def forecast(database: Database, day: date, as_of: date = TODAY, number: int = 1) -> MilestoneReported:
    with database.writing() as session:
        return forecast_milestone(writing_by(session, ACTOR, noon(TODAY)), "T-002", number, day, as_of=as_of)


def test_a_milestone_is_met_on_a_day(register: Database):
    before = counts(register)
    done = meet(register, evidence="Minutes of the course board")
    assert (done.code, done.number, done.title) == ("T-002", 1, "Courses agreed")
    assert (done.met_on, done.as_of, done.forecast, done.actor) == (MET, MET, None, ACTOR.name)
    assert gained(register, before) == {"milestone_report": 1, "audit_event": 1}
    shown = item_at(register, "T-002", TODAY)
    assert shown.milestones[0].evidence == "Minutes of the course board"
    assert (shown.actual, shown.milestones[0].met_on) == (25, MET)


def test_a_milestone_is_met_once(register: Database):
    meet(register)
    with refused(register, NotAllowedError, "milestone 1 was already met on 2020-04-20", "T-002"):
        meet(register, met_on=TODAY)


def test_a_milestone_taken_back_is_open_and_can_be_met_again(register: Database):
    meet(register)
    assert take_back(register).met_on is None
    assert item_at(register, "T-002", TODAY).actual == 0
    again = meet(register, met_on=date(2020, 4, 27))
    assert (again.met_on, again.as_of) == (date(2020, 4, 27), TODAY)
    assert item_at(register, "T-002", TODAY).milestones[0].met_on == date(2020, 4, 27)


def test_only_a_milestone_that_is_met_is_taken_back(register: Database):
    with refused(register, NotAllowedError, "milestone 1 is not reported as met", "T-002"):
        take_back(register)
    meet(register)
    with refused(register, NotAllowedError, "milestone 1 is not reported as met", "T-002"):
        take_back(register, as_of=date(2020, 4, 19))


@pytest.mark.parametrize("reason", ["", "  "])
def test_taking_back_needs_a_reason(register: Database, reason: str):
    meet(register)
    with refused(register, BadValueError, "text is required", "reason"):
        take_back(register, reason)


def test_a_milestone_is_not_taken_back_as_of_tomorrow(register: Database):
    meet(register)
    with refused(register, BadValueError, "is after today", "as_of"):
        take_back(register, as_of=date(2020, 5, 5))


def test_a_forecast_is_shown_beside_the_agreed_date_and_changes_no_percent(register: Database):
    assert forecast(register, date(2020, 6, 15)).forecast == date(2020, 6, 15)
    item = item_at(register, "T-002", TODAY)
    assert (item.milestones[0].forecast, item.milestones[0].current) == (date(2020, 6, 15), date(2020, 4, 30))
    assert item.actual == 0


def test_the_last_forecast_holds(register: Database):
    forecast(register, date(2020, 6, 15), as_of=date(2020, 4, 1))
    forecast(register, date(2020, 6, 1), as_of=TODAY)
    assert item_at(register, "T-002", TODAY).milestones[0].forecast == date(2020, 6, 1)
    assert item_at(register, "T-002", date(2020, 5, 3)).milestones[0].forecast == date(2020, 6, 15)


def test_a_milestone_met_before_its_last_forecast_counts_from_that_forecast_on(register: Database):
    forecast(register, date(2020, 6, 15), as_of=TODAY)
    done = meet(register)
    assert (done.met_on, done.as_of) == (MET, TODAY)
    assert item_at(register, "T-002", TODAY).actual == 25


def test_a_milestone_that_is_met_is_not_forecast(register: Database):
    meet(register)
    with refused(register, NotAllowedError, "milestone 1 was met on 2020-04-20", "T-002"):
        forecast(register, date(2020, 6, 15))
    assert item_at(register, "T-002", TODAY).actual == 25


@pytest.mark.parametrize("number", [0, 4, -1, 10**20])
def test_an_unknown_number_is_refused_with_those_there_are(register: Database, number: int):
    with refused(register, UnknownNameError, f"T-002 has no milestone {number}", f"milestone_{number}"):
        meet(register, number)
    with refused(register, UnknownNameError, f"T-002 has no milestone {number}", f"milestone_{number}"):
        forecast(register, date(2020, 6, 15), number=number)


def test_a_milestone_is_not_met_tomorrow_nor_before_the_plan(register: Database):
    with refused(register, BadValueError, "2020-05-05 is after today", "milestone_1_met"):
        meet(register, met_on=date(2020, 5, 5))
    with refused(register, BadValueError, "2019-12-31 is before the plan starts", "milestone_1_met"):
        meet(register, met_on=date(2019, 12, 31))


def test_an_unknown_item_has_no_milestones(register: Database):
    with refused(register, UnknownNameError, "no item 'T-404'", "CODE"):
        meet(register, code="T-404")


def test_evidence_that_cannot_be_stored_is_refused(register: Database):
    with refused(register, BadValueError, "U+0000", "milestone_1_evidence"):
        meet(register, evidence="a\x00b")
