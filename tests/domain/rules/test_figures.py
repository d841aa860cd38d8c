"""Percents as they are shown, and what a reader makes of them."""

from hypothesis import given
from hypothesis import strategies as st

from planner.domain.rules.figures import points_between, tenths

percents = st.none() | st.floats(-20, 120, allow_nan=False)


@given(percents, percents)
def test_what_was_shown_and_the_change_add_up_to_what_is_shown(now: float | None, before: float | None) -> None:
    change = points_between(now, before)
    if now is None:
        assert change is None
    else:
        assert change is not None
        assert round((tenths(before) or 0.0) + change, 1) == tenths(now)


def test_a_change_is_that_of_the_shown_figures_and_not_the_rounded_difference() -> None:
    assert points_between(70.84, 69.59) == 1.2
    assert points_between(0.04, 0.0) == 0.0
    assert points_between(40.0, None) == 40.0
