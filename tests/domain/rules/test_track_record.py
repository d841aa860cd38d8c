"""What is learned from earlier estimates: product-limit quantiles, in classes of items that stand alike."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.domain.rules.track_record import FEWEST_ITEMS, Case, Ground, Spread, quantiles, record_of

LEVELS = (0.1, 0.5, 0.9)


def test_where_all_are_done_the_quantiles_are_those_of_the_times():
    assert quantiles([(float(time), True) for time in range(1, 11)], LEVELS) == [1, 5, 9]


def test_who_is_not_done_counts_as_later():
    # Of four, one is done at 1; one is seen until 2 and not done; of the two left one is done at 3, one not at 4.
    times = [(1.0, True), (2.0, False), (3.0, True), (4.0, False)]
    assert quantiles(times, (0.25, 0.26, 0.62, 0.63)) == [1, 3, 3, None]


def test_of_equal_times_those_that_are_done_come_first():
    assert quantiles([(1.0, False), (1.0, True)], (0.5, 0.6)) == [1, None]


@given(st.lists(st.tuples(st.floats(0, 100), st.booleans()), max_size=30))
def test_quantiles_rise_and_are_times_that_were_taken(times: list[tuple[float, bool]]):
    found = quantiles(times, LEVELS)
    reached = [time for time in found if time is not None]
    assert reached == sorted(reached) == list(found[: len(reached)])
    assert set(reached) <= {time for time, done in times if done}


@pytest.mark.parametrize(
    ("ground", "unit", "classes"),
    [
        (Ground(5, 10), 10, (("ahead", "middle"), ("ahead",), ())),
        (Ground(10, 10), 10, (("about", "middle"), ("about",), ())),
        (Ground(20, 20), 20, (("about", "far"), ("about",), ())),
        (Ground(20, 2), 2, (("behind", "near"), ("behind",), ())),
        (Ground(20, 0.5), 1, (("behind", "near"), ("behind",), ())),
        (Ground(7, 0), 7, (("overdue",),)),
        (Ground(0.1, -3), 1, (("overdue",),)),
    ],
)
def test_an_item_is_measured_by_the_time_until_its_due_date(ground: Ground, unit: float, classes: object):
    assert (ground.unit, ground.classes) == (unit, classes)


def cases(ground: Ground, items: int, *, done: int, taken: float = 1.0) -> list[Case]:
    return [Case(item, ground, taken, item < done) for item in range(items)]


def test_a_class_is_used_once_enough_different_items_of_it_were_done():
    near, far = Ground(2, 2), Ground(30, 30)
    few = record_of(cases(near, FEWEST_ITEMS - 1, done=FEWEST_ITEMS - 1) * 5)
    assert few.spread(near) is None
    enough = record_of(cases(near, FEWEST_ITEMS, done=FEWEST_ITEMS))
    assert enough.spread(near) == enough.spread(far) == enough.spread(Ground(90, 10)) == Spread(1, 1, 1)
    assert enough.spread(Ground(5, -1)) is None


def test_the_narrowest_class_with_enough_of_them_decides():
    near, far = Ground(2, 2), Ground(30, 30)
    found = record_of([*cases(near, 20, done=20, taken=2.0), *cases(far, 20, done=20, taken=1.0)])
    assert found.spread(near) == Spread(2, 2, 2)
    assert found.spread(far) == Spread(1, 1, 1)
    assert found.spread(Ground(10, 10)) == Spread(1, 1, 2)


def test_a_class_of_which_less_than_half_is_done_says_nothing_and_one_in_ten_not_done_leaves_the_end_open():
    ground = Ground(10, 10)
    assert record_of(cases(ground, 60, done=25)).spread(ground) is None
    assert record_of(cases(ground, 60, done=40)).spread(ground) == Spread(1, 1, None)
