from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from planner.domain.rules.attainment import attainment, expected_value
from planner.domain.vocabulary import Direction

directions = st.sampled_from(Direction)
values = st.floats(-1e6, 1e6)


@pytest.mark.parametrize(
    ("direction", "baseline", "target", "observed", "share"),
    [
        (Direction.INCREASE, 10, 20, 10, 0.0),
        (Direction.INCREASE, 10, 20, 15, 0.5),
        (Direction.INCREASE, 10, 20, 20, 1.0),
        (Direction.INCREASE, 10, 20, 30, 2.0),
        (Direction.INCREASE, 10, 20, 5, -0.5),
        (Direction.DECREASE, 40, 4, 40, 0.0),
        (Direction.DECREASE, 40, 4, 22, 0.5),
        (Direction.DECREASE, 40, 4, 4, 1.0),
        (Direction.DECREASE, 40, 4, 58, -0.5),
        (Direction.REACH, 0, 1, 0, 0.0),
        (Direction.REACH, 0, 1, 1, 1.0),
    ],
)
def test_attainment_is_the_share_of_the_way_and_goes_past_both_ends(
    direction: Direction, baseline: float, target: float, observed: float, share: float
):
    assert attainment(direction, baseline, target, observed) == pytest.approx(share)


@pytest.mark.parametrize(
    ("baseline", "target", "observed"), [(None, 1.0, 1.0), (0.0, None, 1.0), (0.0, 1.0, None), (None, None, None)]
)
@pytest.mark.parametrize("direction", list(Direction))
def test_there_is_none_without_baseline_target_or_observation(
    direction: Direction, baseline: float | None, target: float | None, observed: float | None
):
    assert attainment(direction, baseline, target, observed) is None


@pytest.mark.parametrize(
    ("direction", "observed", "share"),
    [
        (Direction.INCREASE, 4, 0.0),
        (Direction.INCREASE, 5, 1.0),
        (Direction.INCREASE, 6, 1.0),
        (Direction.DECREASE, 4, 1.0),
        (Direction.DECREASE, 5, 1.0),
        (Direction.DECREASE, 6, 0.0),
        (Direction.REACH, 4, 0.0),
        (Direction.REACH, 5, 1.0),
        (Direction.REACH, 6, 0.0),
    ],
)
def test_where_the_target_is_the_baseline_it_is_kept_or_not(direction: Direction, observed: float, share: float):
    assert attainment(direction, 5, 5, observed) == share


@given(directions, values, values)
def test_it_is_all_at_the_target(direction: Direction, baseline: float, target: float):
    assert attainment(direction, baseline, target, target) == 1


@given(directions, values, values)
def test_it_is_nothing_at_the_baseline(direction: Direction, baseline: float, target: float):
    assume(baseline != target)
    assert attainment(direction, baseline, target, baseline) == 0


@given(directions, values, values, st.floats(-5, 5))
def test_it_is_linear_in_the_observation_and_not_clipped(
    direction: Direction, baseline: float, target: float, share: float
):
    assume(abs(target - baseline) > 1e-3)
    observed = baseline + share * (target - baseline)
    assert attainment(direction, baseline, target, observed) == pytest.approx(share, abs=1e-6)


FIRST, LAST = date(2020, 1, 1), date(2020, 12, 31)
days = st.dates(date(2019, 1, 1), date(2021, 12, 31))


@pytest.mark.parametrize(
    ("baseline", "target", "as_of", "expected"),
    [
        (2, 10, date(2019, 12, 31), 2),
        (2, 10, FIRST, 2),
        (2, 10, FIRST + timedelta(days=73), 3.6),
        (40, 4, FIRST + timedelta(days=73), 32.8),
        (2, 10, LAST, 10),
        (2, 10, date(2021, 6, 1), 10),
        (None, 10, FIRST, None),
        (2, None, FIRST, None),
    ],
)
def test_what_is_expected_goes_evenly_from_the_start_to_the_due_date(
    baseline: float | None, target: float | None, as_of: date, expected: float | None
):
    assert expected_value(baseline, target, FIRST, LAST, as_of) == (expected and pytest.approx(expected))


def test_nothing_is_expected_without_a_date_and_a_target_due_at_once_is_expected_at_once():
    assert expected_value(2, 10, FIRST, None, LAST) is None
    assert expected_value(2, 10, FIRST, FIRST, FIRST) == 10


@given(values, values, days, days, days, days)
def test_what_is_expected_never_turns_back_nor_leaves_the_way(
    baseline: float, target: float, starts: date, due: date, one: date, other: date
):
    sooner, later = (expected_value(baseline, target, starts, due, day) for day in sorted([one, other]))
    assert sooner is not None
    assert later is not None
    far, near = sorted([baseline, target])
    assert far - 1e-6 <= sooner <= near + 1e-6
    assert (later - sooner) * (target - baseline) >= -1e-3
