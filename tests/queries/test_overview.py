from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from planner.db.database import Database
from planner.queries.overview import Moved, Movement, Overview, movement_of, movements, read_overview
from planner.queries.point import Point
from planner.vocabulary import Phase, Schedule
from tests.factories import meet, move, plan_of, report
from tests.queries.reads import instant, item_at

WEDNESDAY = date(2020, 4, 8)
LAST_SUNDAY = date(2020, 4, 5)


def overview(database: Database, as_of: date = WEDNESDAY, known_at: datetime | None = None) -> Overview:
    with database.reading() as session:
        return read_overview(session, plan_of(session), Point(as_of, known_at))


def moved(database: Database, **point: Any) -> dict[str, Moved]:
    return {change.item.code: change for change in overview(database, **point).moved}


def test_the_plan_is_rolled_up_as_a_whole_and_per_theme(register: Database):
    report(register, "T-001", as_of=date(2020, 4, 7), percent=50)
    report(register, "T-003", as_of=date(2020, 4, 7), phase=Phase.CANCELLED)
    view = overview(register)
    assert str(view.week) == "2020-W15"
    assert (view.now.items, view.now.phases[Phase.CANCELLED]) == (5, 1)
    assert view.now.actual == pytest.approx(50 / 4)
    assert [(standing.theme.number, standing.now.items) for standing in view.themes] == [(1, 3), (2, 2)]
    assert view.themes[0].now.actual == pytest.approx(50 / 3)
    assert view.themes[0].before.actual == 0
    assert [item.code for item in view.items] == ["T-001", "T-002", "T-003", "P-001", "P-002"]


def test_it_is_compared_with_the_last_day_of_last_week(register: Database):
    report(register, "T-001", as_of=LAST_SUNDAY, percent=40)
    assert "T-001" not in moved(register)
    report(register, "T-001", as_of=date(2020, 4, 6), percent=45)
    assert moved(register)["T-001"].points == 5


def test_on_a_monday_only_that_day_is_this_week(register: Database):
    report(register, "T-001", as_of=LAST_SUNDAY, percent=40)
    assert "T-001" in moved(register, as_of=LAST_SUNDAY)
    assert "T-001" not in moved(register, as_of=date(2020, 4, 6))


def test_each_movement_is_told_by_its_name(register: Database):
    report(register, "T-001", as_of=date(2020, 4, 1), percent=41)
    report(register, "T-001", as_of=WEDNESDAY, percent=42)
    report(register, "P-002", as_of=WEDNESDAY, phase=Phase.COMPLETED)
    report(register, "T-003", as_of=WEDNESDAY, phase=Phase.IN_PROGRESS)
    move(register, "T-002", 1, date(2020, 5, 20), as_of=WEDNESDAY)
    meet(register, "P-001", 1, WEDNESDAY)
    changes = moved(register)
    assert {code: change.movement for code, change in changes.items()} == {
        "T-001": Movement.PROGRESSED,
        "T-002": Movement.RE_DATED,
        "T-003": Movement.STARTED,
        "P-001": Movement.BETTER,
        "P-002": Movement.CLOSED,
    }
    assert (changes["T-001"].points, changes["P-002"].points, changes["P-001"].points) == (1, 100, 25)


def test_what_slides_without_a_report_got_worse(register: Database):
    report(register, "T-001", as_of=date(2020, 3, 30), percent=32)
    before, after = LAST_SUNDAY, date(2020, 4, 10)
    assert item_at(register, "T-001", before).schedule is Schedule.ON_TRACK
    assert item_at(register, "T-001", after).schedule is Schedule.BEHIND
    assert moved(register, as_of=after)["T-001"].movement is Movement.WORSE


def test_what_was_reported_later_had_not_moved_as_known_then(register: Database):
    report(register, "T-001", as_of=date(2020, 4, 7), percent=50, at=instant(4, 20))
    assert "T-001" in moved(register)
    assert "T-001" not in moved(register, known_at=instant(4, 19))


def test_nothing_moves_where_nothing_is_reported(register: Database):
    assert moved(register, as_of=date(2020, 1, 8)) == {}


def test_an_item_that_was_not_there_before_has_not_moved(register: Database):
    item = item_at(register, "T-001")
    assert movements([item], []) == ()


@pytest.mark.parametrize(
    ("was", "now", "movement"),
    [
        ({}, {}, None),
        ({"schedule": Schedule.OVERDUE}, {"phase": Phase.COMPLETED, "actual": 100.0}, Movement.CLOSED),
        ({"phase": Phase.NOT_STARTED}, {"schedule": Schedule.OVERDUE}, Movement.STARTED),
        ({"phase": Phase.NOT_STARTED}, {"phase": Phase.SUSPENDED, "schedule": Schedule.NONE}, None),
        ({"schedule": Schedule.BEHIND}, {"schedule": Schedule.OFF_TRACK, "actual": 60.0}, Movement.WORSE),
        ({"schedule": Schedule.OVERDUE}, {"schedule": Schedule.BEHIND}, Movement.BETTER),
        ({}, {"current_due": date(2021, 3, 1), "actual": 60.0}, Movement.RE_DATED),
        ({}, {"actual": 49.0}, Movement.PROGRESSED),
        ({"actual": None}, {"actual": 0.0}, None),
        ({"phase": Phase.COMPLETED}, {}, None),
    ],
)
def test_the_weightiest_movement_is_the_one_told(
    sqlite_register: Database, was: dict[str, Any], now: dict[str, Any], movement: Movement | None
):
    item = replace(item_at(sqlite_register, "T-001"), phase=Phase.IN_PROGRESS, schedule=Schedule.ON_TRACK, actual=50.0)
    assert movement_of(replace(item, **now), replace(item, **was)) is movement


def test_the_first_days_of_a_plan_have_a_week_before(register: Database):
    view = overview(register, as_of=date(2020, 1, 1))
    assert view.before.expected == 0
    assert view.now.items == view.before.items == 5
    assert view.week.monday == date(2020, 1, 1) - timedelta(days=2)
