"""The course of an item: each week as the register of that day shows it, from the item's start on."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planner.base.errors import PlannerError, TooSoonError, UnknownNameError
from planner.domain.rules.progress import Step, expected_percent
from planner.domain.rules.weeks import Week
from planner.domain.vocabulary import Confidence, Schedule
from planner.queries.items.register import read_item
from planner.queries.weeks.course import CoursePoint, read_course
from planner.store.database import Database
from planner.writes.undo import undo
from tests.effort import EFFORT
from tests.factories import ACTOR, meet, move, plan_of, reading_of, report, writing_by
from tests.queries.history.test_two_clocks_model import CODES, TODAY, Write, carried_out, days, rolled_back, writes
from tests.queries.reads import instant, retitle


def course(
    database: Database, code: str, as_of: date = date(2020, 4, 1), known_at: datetime | None = None
) -> tuple[CoursePoint, ...]:
    with database.reading() as session:
        return read_course(reading_of(session, as_of, known_at), code)


def test_it_goes_from_the_week_of_the_start_to_the_day_looked_from(register: Database):
    weeks = course(register, "T-002")  # It starts on Monday, 2 March; 1 April is a Wednesday.
    assert [str(point.week) for point in weeks] == ["2020-W10", "2020-W11", "2020-W12", "2020-W13", "2020-W14"]
    assert [point.as_of for point in weeks][-2:] == [date(2020, 3, 29), date(2020, 4, 1)]
    assert [point.as_of for point in course(register, "T-002", date(2020, 3, 8))] == [date(2020, 3, 8)]
    assert [point.as_of for point in course(register, "T-002", date(2020, 3, 2))] == [date(2020, 3, 2)]


def test_before_the_start_there_is_none(register: Database):
    assert course(register, "T-002", date(2020, 3, 1)) == ()


def test_an_item_measured_by_reports_has_the_percent_of_the_report_that_held(register: Database):
    report(register, "T-001", as_of=date(2020, 1, 8), percent=10, confidence=Confidence.GREEN, at=instant(1, 8))
    report(register, "T-001", as_of=date(2020, 1, 22), percent=25, confidence=Confidence.RED, at=instant(1, 22))
    told = [(point.actual, point.confidence) for point in course(register, "T-001", date(2020, 1, 26))]
    green, red = Confidence.GREEN, Confidence.RED
    assert told == [(None, None), (10, green), (10, green), (25, red)]


def test_an_item_measured_by_milestones_has_the_weights_of_those_met(register: Database):
    meet(register, "P-001", 1, date(2020, 3, 20), at=instant(3, 20))
    meet(register, "P-001", 2, date(2020, 3, 30), at=instant(3, 30))
    actual = {str(point.week): point.actual for point in course(register, "P-001")}
    assert [actual[week] for week in ("2020-W11", "2020-W12", "2020-W13", "2020-W14")] == [0, 25, 25, 50]


def test_expected_follows_the_baseline_dates_whatever_was_moved(register: Database):
    move(register, "T-002", 1, date(2020, 6, 30), as_of=date(2020, 3, 4))
    steps = [Step(date(2020, 4, 30), 25), Step(date(2020, 7, 31), 25), Step(date(2020, 10, 30), 50)]
    for point in course(register, "T-002", date(2020, 9, 18)):
        assert point.expected == expected_percent(date(2020, 3, 2), date(2020, 12, 31), steps, point.as_of)


def test_overdue_begins_after_the_due_date_of_the_time(register: Database):
    report(register, "T-001", as_of=date(2020, 1, 8), percent=100, at=instant(1, 8))
    move(register, "T-001", None, date(2020, 1, 19), as_of=date(2020, 1, 8), at=instant(1, 9))
    move(register, "T-001", None, date(2020, 2, 9), as_of=date(2020, 1, 27), at=instant(1, 27))
    states = [point.schedule for point in course(register, "T-001", date(2020, 2, 16))]
    on_track, overdue = Schedule.ON_TRACK, Schedule.OVERDUE
    assert states == [on_track, on_track, on_track, overdue, on_track, on_track, overdue]


def test_a_report_that_was_taken_back_is_no_part_of_it(register: Database):
    report(register, "T-001", as_of=date(2020, 1, 8), percent=10, at=instant(1, 8))
    with register.writing() as session:
        undo(writing_by(session, ACTOR, instant(2, 1)))
    assert {point.actual for point in course(register, "T-001")} == {None}
    assert course(register, "T-001", known_at=instant(1, 31))[-1].actual == 10


def test_an_item_that_is_not_there_and_a_time_before_all_knowledge_are_told(register: Database):
    with pytest.raises(UnknownNameError, match="T-404"):
        course(register, "T-404")
    with pytest.raises(TooSoonError):
        course(register, "T-001", known_at=instant(1, 1))
    retitle(register, "T-001", "Another title", instant(3, 1))
    assert course(register, "t-1", known_at=instant(2, 1)) == course(register, "T-001")


@settings(max_examples=8 * EFFORT, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(writes, max_size=10), days, st.none() | st.integers(0, 9))
def test_each_week_is_what_the_register_of_that_day_shows(
    register: Database, planned: list[Write], last: date, known: int | None
):
    with rolled_back(register) as session:
        plan, instants = plan_of(session), []
        for number, write in enumerate(planned):
            try:
                instants.append(carried_out(session, plan, write, f"Title {number}").recorded_at)
            except PlannerError:
                continue
        known_at = instants[known] if known is not None and known < len(instants) else None
        assert last <= TODAY
        for code in CODES:
            shown = read_course(reading_of(session, last, known_at), code)
            for point in shown:
                item = read_item(reading_of(session, point.as_of, known_at), code)
                assert point == CoursePoint(
                    Week.of(point.as_of),
                    point.as_of,
                    item.expected,
                    item.actual,
                    item.phase,
                    item.confidence,
                    item.schedule,
                )
            assert [point.as_of for point in shown[:-1]] == [point.week.sunday for point in shown[:-1]]
            assert [point.week.monday - shown[0].week.monday for point in shown] == [
                timedelta(weeks=number) for number in range(len(shown))
            ]
