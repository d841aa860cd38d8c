"""What becomes of an item holds together, whatever is drawn."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.demo.chance import Chance
from planner.demo.courses import Course, Fate, Spell, course_of
from planner.demo.subjects import Subject
from tests.demo.subjects import DATES, SPAN, a_subject, subjects

SEEDS = st.integers(0, 10_000)


@given(subjects(), SEEDS)
def test_steps_are_met_in_order_on_working_days_within_the_year(subject: Subject, seed: int) -> None:
    course = course_of(subject, SPAN, Chance(seed))
    met = [day for day in course.met if day]
    assert met == sorted(set(met))
    assert all(course.begins < day <= SPAN.last and day.isoweekday() <= 5 for day in met)
    assert len(course.met) == len(subject.steps)
    assert course.begins >= max(subject.starts, SPAN.first)


@given(subjects(), SEEDS)
def test_once_a_step_is_not_met_none_after_it_is(subject: Subject, seed: int) -> None:
    met = course_of(subject, SPAN, Chance(seed)).met
    assert None not in met or not any(met[met.index(None) :])


@given(subjects(), SEEDS)
def test_the_level_never_falls_and_is_full_only_at_the_end(subject: Subject, seed: int) -> None:
    course = course_of(subject, SPAN, Chance(seed))
    days = [SPAN.first + timedelta(days=number) for number in range(0, 315, 3)]
    levels = [course.level(subject, day) for day in days]
    assert levels == sorted(levels)
    assert all((level == 100) == (course.open_step(day) is None) for day, level in zip(days, levels, strict=True))
    assert levels[0] >= 0


@given(subjects(), SEEDS)
def test_nothing_moves_while_an_item_is_on_hold(subject: Subject, seed: int) -> None:
    course = course_of(subject, SPAN, Chance(seed))
    if course.pause is None:
        return
    pause = course.pause
    last = pause.last or SPAN.last
    assert not any(day and pause.covers(day) for day in course.met)
    assert course.level(subject, pause.first) == pytest.approx(course.level(subject, max(pause.first, last)))


def fates_of(count: int) -> dict[Fate, list[Course]]:
    found: dict[Fate, list[Course]] = {fate: [] for fate in Fate}
    for seed in range(count):
        course = course_of(a_subject(), SPAN, Chance(seed))
        found[course.fate].append(course)
    return found


def test_every_fate_comes_about_and_looks_its_part() -> None:
    found = fates_of(1500)
    assert all(found.values())
    assert all(course.met[-1] and course.met[-1] < DATES[-1] for course in found[Fate.EARLY])
    assert all(course.met[-1] is None or course.met[-1] > DATES[-1] for course in found[Fate.SLIPPING])
    assert all(course.pause for course in found[Fate.SUSPENDED])
    assert any(course.pause and course.pause.last is None for course in found[Fate.SUSPENDED])
    assert all(course.gives_up for fate in (Fate.CANCELLED, Fate.MERGED) for course in found[fate])
    assert all(course.troubles for fate in (Fate.STUCK, Fate.SLIPPING, Fate.LATE_START) for course in found[fate])
    assert all(course.begins >= SPAN.first + timedelta(days=10) for course in found[Fate.LATE_START])


def test_one_who_falls_behind_and_catches_up_is_late_in_the_middle_only() -> None:
    for course in fates_of(400)[Fate.RECOVERING]:
        late = [(met - step).days for met, step in zip(course.met, DATES, strict=True) if met]
        assert max(late) >= 14
        assert late[-1] <= 8


def test_only_an_item_with_another_beside_it_is_merged() -> None:
    alone = Subject(**{**vars(a_subject()), "sibling": None})
    assert Fate.MERGED not in {course_of(alone, SPAN, Chance(seed)).fate for seed in range(800)}


def test_a_spell_without_end_covers_every_later_day() -> None:
    spell = Spell(date(2020, 5, 1), None)
    assert [spell.covers(day) for day in (date(2020, 4, 30), date(2020, 5, 1), date(2020, 12, 31))] == [
        False,
        True,
        True,
    ]
