"""What the pictures of the weekly file show."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest

from planner.domain.rules.rollup import roll_up
from planner.domain.rules.weeks import Week
from planner.domain.vocabulary import Basis, Confidence, Direction
from planner.queries.items import register as register_queries
from planner.queries.items.register import read_register
from planner.queries.items.views import IndicatorView
from planner.queries.weeks.deadlines import Deadline, DeadlineState
from planner.weekly.over_weeks import read_courses
from planner.weekly.pictures import (
    MOST_OF_A_KIND,
    ItemIndicator,
    best_followed,
    due_weeks,
    furthest_moved,
    read_pictures,
)
from planner.weekly.reading import open_week
from tests.factories import meet, move, noon, observed, reading_of, report
from tests.weekly.factories import ITEM
from tests.weekly.week import LATER, W14


def test_courses_are_the_roll_ups_of_every_sunday_and_end_with_the_file_s_day(register):
    report(register, "T-001", as_of=date(2020, 2, 5), percent=10, confidence=Confidence.GREEN)
    report(register, "T-001", as_of=date(2020, 4, 1), percent=40)
    meet(register, "P-001", 1, date(2020, 3, 27))
    with register.reading() as session:
        reading = open_week(reading_of(session), now=LATER, week=W14)
        courses = read_courses(reading)
        assert [course.name for course in courses] == ["The plan", "1 Quays and lights", "2 Rooms and charts"]
        weeks = [standing.week for standing in courses[0].standings]
        assert (str(weeks[0]), str(weeks[-1]), len(weeks)) == ("2020-W01", "2020-W14", 14)
        for place, week in enumerate(weeks):
            items = read_register(reading_of(session, week.sunday, reading.instance.known_at))
            assert courses[0].standings[place].as_of == week.sunday
            assert courses[0].standings[place].rolled == roll_up(items)
            assert courses[2].standings[place].rolled == roll_up([item for item in items if item.theme == 2])
    done = [standing.rolled.actual for standing in courses[1].standings]
    assert done[3:5] == [0, 0]
    assert done[5] == pytest.approx(10 / 3)
    assert done[-2:] == [pytest.approx(35 / 3), pytest.approx(65 / 3)]


def test_a_register_read_in_parts_has_the_same_courses(sqlite_register, monkeypatch):
    report(sqlite_register, "T-001", as_of=date(2020, 2, 5), percent=10, confidence=Confidence.GREEN)
    report(sqlite_register, "P-002", as_of=date(2020, 2, 6), percent=30)

    def courses():
        with sqlite_register.reading() as session:
            return read_courses(open_week(reading_of(session), now=LATER, week=W14))

    whole = courses()
    monkeypatch.setattr(register_queries, "FIRST_PART", 1)
    monkeypatch.setattr(register_queries, "PART", 2)
    for one, other in zip(whole, courses(), strict=True):
        for at_once, in_parts in zip(one.standings, other.standings, strict=True):
            assert in_parts.rolled.actual == pytest.approx(at_once.rolled.actual)
            assert in_parts.rolled.expected == pytest.approx(at_once.rolled.expected)
            assert in_parts.rolled.states == at_once.rolled.states
            assert in_parts.rolled.items == at_once.rolled.items


def test_in_the_plan_s_first_week_there_is_one_point_and_a_week_in_progress_ends_today(sqlite_register):
    report(sqlite_register, "T-001", as_of=date(2020, 1, 4), percent=10)
    with sqlite_register.reading() as session:
        first = read_courses(open_week(reading_of(session), now=LATER, week=Week(2020, 1)))
        wednesday = read_courses(open_week(reading_of(session), now=noon(date(2020, 2, 5))))
    assert [len(course.standings) for course in first] == [1, 1, 1]
    assert first[1].now.actual == pytest.approx(10 / 3)
    assert [standing.as_of for standing in wednesday[0].standings][-2:] == [date(2020, 2, 2), date(2020, 2, 5)]


def test_pictures_count_what_they_leave_out(sqlite_register):
    observed(sqlite_register, "T-001", 1, 4, as_of=date(2020, 3, 30))
    observed(sqlite_register, "P-002", 1, 120, as_of=date(2020, 4, 1))
    move(sqlite_register, "P-001", 2, date(2020, 8, 15))
    meet(sqlite_register, "P-001", 1, date(2020, 3, 27))
    with sqlite_register.reading() as session:
        pictures = read_pictures(open_week(reading_of(session), now=LATER, week=W14))
    assert [(found.item.code, found.indicator.values) for found in pictures.indicators] == [
        ("T-001", ((date(2020, 3, 30), 4.0),)),
        ("P-002", ((date(2020, 4, 1), 120.0),)),
    ]
    assert (pictures.indicators_with_values, pictures.indicators_total) == (2, 5)
    assert [(one.item.code, one.slip_days) for one in pictures.moved] == [("P-001", 46)]
    assert pictures.moved_total == 1
    assert pictures.now == pictures.plan.now
    assert pictures.before == pictures.plan.standings[-2].rolled
    states = sum((week.states for week in pictures.due), Counter())
    assert states == {DeadlineState.MET: 1, DeadlineState.OVERDUE: 2, DeadlineState.OPEN: 10}


def milestone(baseline: date, current: date, state: DeadlineState = DeadlineState.OPEN) -> Deadline:
    return Deadline(ITEM, None, baseline, current, None, state)


def test_every_week_between_the_first_and_the_last_date_is_told_by_both_dates():
    weeks = due_weeks(
        [
            milestone(date(2020, 3, 2), date(2020, 3, 2), DeadlineState.MET),
            milestone(date(2020, 3, 8), date(2020, 3, 22)),
        ]
    )
    assert [(str(week.week), week.baseline, week.states) for week in weeks] == [
        ("2020-W10", 2, {DeadlineState.MET: 1}),
        ("2020-W11", 0, {}),
        ("2020-W12", 0, {DeadlineState.OPEN: 1}),
    ]
    assert due_weeks([]) == ()


def test_the_furthest_moved_comes_first_in_either_direction_and_only_what_is_awaited():
    day = date(2020, 6, 1)
    moved = [
        milestone(day, day + timedelta(days=days), state)
        for days, state in [
            (5, DeadlineState.OPEN),
            (-20, DeadlineState.OPEN),
            (9, DeadlineState.OVERDUE),
            (0, DeadlineState.OPEN),
            (90, DeadlineState.MET),
            (80, DeadlineState.LAPSED),
        ]
    ]
    assert [one.slip_days for one in furthest_moved(moved)] == [-20, 9, 5]


def indicator(number: int, values: int, target: float | None) -> ItemIndicator:
    series = tuple((date(2020, 1, 1) + timedelta(days=day), float(day)) for day in range(values))
    view = IndicatorView(
        id=number,
        number=1,
        name=f"Indicator {number}",
        unit="boats",
        direction=Direction.INCREASE,
        baseline=0,
        target=target,
        due=None,
        basis=Basis.WORKING,
        observed=series[-1][1],
        observed_on=series[-1][0],
        attainment=None,
        values=series,
    )
    return ItemIndicator(replace(ITEM, id=number), view)


@pytest.mark.parametrize(
    ("with_target", "without", "shown_with", "shown_without"),
    [(20, 20, 12, 12), (5, 30, 5, 19), (30, 3, 21, 3), (4, 4, 4, 4), (0, 0, 0, 0)],
)
def test_indicators_with_most_values_are_shown_of_either_kind(with_target, without, shown_with, shown_without):
    found = [indicator(number, 1 + number, 5.0) for number in range(with_target)]
    found += [indicator(100 + number, 1 + number, None) for number in range(without)]
    chosen = best_followed(found)
    targets = [one for one in chosen if one.indicator.target is not None]
    others = [one for one in chosen if one.indicator.target is None]
    assert (len(targets), len(others)) == (shown_with, shown_without)
    assert len(chosen) <= 2 * MOST_OF_A_KIND
    assert chosen == [one for one in found if one in chosen]
    assert targets == [one for one in found if one.indicator.target is not None][with_target - shown_with :]
