"""Indicators move with the work and claim nothing they should not."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.demo.chance import Chance
from planner.demo.counting import Counter, counter_of
from planner.domain.vocabulary import Direction
from tests.demo.subjects import a_count, a_subject

SUBJECT = a_subject()


def counter(seed: int = 1, **changes: Any) -> Counter:
    found = counter_of(replace(a_count(), **changes), SUBJECT, Chance(seed))
    assert found is not None
    return found


@pytest.mark.parametrize("unit", ["yuan", "million euros", "square metres"])
def test_money_and_areas_are_not_made_up(unit: str) -> None:
    assert counter_of(a_count(unit=unit), SUBJECT, Chance(1)) is None


@given(st.integers(), st.lists(st.floats(0, 100), min_size=2))
def test_an_increase_never_falls_and_begins_at_its_baseline(seed: int, levels: list[float]) -> None:
    rising = counter(seed)
    values = [rising.value(SUBJECT, level, 0) for level in sorted(levels)]
    assert values == sorted(values)
    assert rising.value(SUBJECT, 0, 0) == 0


@given(st.integers())
def test_a_decrease_falls_and_stays_above_zero(seed: int) -> None:
    falling = counter(seed, direction=Direction.DECREASE, baseline=None)
    assert 0 < falling.value(SUBJECT, 100, 4) < falling.value(SUBJECT, 0, 0)


@given(st.integers(), st.floats(0, 100))
def test_a_share_stays_a_share(seed: int, level: float) -> None:
    assert 0 <= counter(seed, unit="per cent of charts", baseline=None).value(SUBJECT, level, 0) <= 100


def test_a_target_is_reached_when_all_is_done() -> None:
    assert counter(target=60.0, due=SUBJECT.due).value(SUBJECT, 100, 4) == 60


def test_a_deliverable_is_there_when_the_step_of_its_name_is_met() -> None:
    there = counter(name="Partners chosen", target=1.0, due=SUBJECT.due)
    assert [there.value(SUBJECT, 50, met) for met in range(5)] == [0, 0, 1, 1, 1]


def test_a_deliverable_without_such_a_step_is_there_by_its_date() -> None:
    there = counter(name="Library", target=1.0, due=SUBJECT.steps[2].date)
    assert [there.value(SUBJECT, 50, met) for met in range(5)] == [0, 0, 0, 1, 1]


def test_what_a_step_brings_is_not_counted_before_it() -> None:
    brought = counter(name="Partners chosen and named", unit="partners")
    assert brought.value(SUBJECT, SUBJECT.cumulative(2), 2) == 0
    assert brought.value(SUBJECT, 100, 4) > 0
