from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.domain.rules.rollup import combine_roll_ups, roll_up
from planner.domain.vocabulary import Completion, Concern, Confidence, Freshness, Phase, Schedule, State
from tests.domain.rules.counted_item import CountedItem


def averaged(item: CountedItem) -> bool:
    return item.phase not in (Phase.CANCELLED, Phase.MERGED) or item.completion is not Completion.CONFIRMED


standings = st.builds(
    CountedItem,
    weight=st.floats(0.01, 1000),
    phase=st.sampled_from(Phase),
    confidence=st.none() | st.sampled_from(Confidence),
    schedule=st.sampled_from(Schedule),
    freshness=st.sampled_from(Freshness),
    actual=st.none() | st.floats(0, 100),
    expected=st.floats(0, 100),
    contradiction=st.booleans(),
    completion=st.sampled_from(Completion),
)


def standing(actual: float | None, *, expected: float = 50, weight: float = 1, **fields: Any) -> CountedItem:
    values: dict[str, Any] = {
        "phase": Phase.IN_PROGRESS,
        "confidence": Confidence.GREEN,
        "schedule": Schedule.ON_TRACK,
        "freshness": Freshness.DUE,
        "contradiction": False,
        **fields,
    }
    return CountedItem(weight=weight, actual=actual, expected=expected, **values)


def test_the_mean_is_weighted():
    whole = roll_up([standing(100, expected=40, weight=3), standing(0, expected=80, weight=1)])
    assert (whole.actual, whole.expected) == (75, 50)


def test_an_item_never_reported_on_counts_as_nothing_done():
    found = roll_up([standing(80), standing(None), standing(0)])
    assert found.actual == pytest.approx(80 / 3)
    assert found.without_percent == 1
    assert combine_roll_ups([found, found]).without_percent == 2


def test_concerns_are_counted_in_the_same_order_in_every_run() -> None:
    of_all = standing(
        20, freshness=Freshness.STALE, contradiction=True, completion=Completion.AWAITING, schedule=Schedule.OVERDUE
    )
    assert list(roll_up([of_all]).concerns) == list(Concern)


def test_cancelled_and_merged_items_are_counted_not_averaged():
    confirmed: dict[str, Any] = {"completion": Completion.CONFIRMED}
    dropped = [standing(0, phase=Phase.CANCELLED, **confirmed), standing(10, phase=Phase.MERGED, **confirmed)]
    whole = roll_up([standing(80), *dropped])
    assert whole.actual == 80
    assert whole.items == 3
    assert whole.phases == {Phase.IN_PROGRESS: 1, Phase.CANCELLED: 1, Phase.MERGED: 1}


def test_a_cancellation_that_nobody_confirmed_counts_as_the_item_did():
    unconfirmed = standing(0, phase=Phase.CANCELLED, completion=Completion.AWAITING, schedule=Schedule.OVERDUE)
    whole = roll_up([standing(80), unconfirmed])
    assert (whole.actual, whole.states) == (40, {State.ON_TRACK: 1, State.OVERDUE: 1})


def test_there_is_no_mean_where_no_item_counts():
    assert roll_up([]).actual is None
    assert roll_up([standing(10, phase=Phase.CANCELLED, completion=Completion.CONFIRMED)]).expected is None


def test_items_are_counted_by_state():
    whole = roll_up(
        [
            standing(1, schedule=Schedule.OVERDUE, contradiction=True),
            standing(2, confidence=None, freshness=Freshness.STALE),
            standing(3, confidence=Confidence.RED, schedule=Schedule.OVERDUE),
        ]
    )
    assert whole.confidences == {Confidence.GREEN: 1, None: 1, Confidence.RED: 1}
    assert whole.schedules == {Schedule.OVERDUE: 2, Schedule.ON_TRACK: 1}
    assert whole.freshnesses == {Freshness.DUE: 2, Freshness.STALE: 1}
    assert whole.contradictions == 1


@given(st.lists(standings, max_size=20))
def test_the_mean_lies_within_what_it_is_the_mean_of(items: list[CountedItem]):
    whole = roll_up(items)
    done = [item.actual or 0.0 for item in items if averaged(item)]
    if done:
        assert whole.actual is not None
        assert min(done) - 1e-9 <= whole.actual <= max(done) + 1e-9
    else:
        assert whole.actual is None


@given(st.lists(standings, max_size=12), st.lists(standings, max_size=12))
def test_cancelled_and_merged_items_change_the_counts_and_no_mean(items: list[CountedItem], more: list[CountedItem]):
    closed = [item for item in more if not averaged(item)]
    with_closed, without = roll_up([*items, *closed]), roll_up(items)
    assert (with_closed.actual, with_closed.expected) == (without.actual, without.expected)
    assert with_closed.items == without.items + len(closed)
    assert with_closed.phases.total() == with_closed.items


@given(st.lists(standings, min_size=1, max_size=12), st.floats(0.1, 10))
def test_only_the_proportion_of_the_weights_matters(items: list[CountedItem], factor: float):
    heavier = [CountedItem(**{**vars(item), "weight": item.weight * factor}) for item in items]
    assert roll_up(heavier).actual == pytest.approx(roll_up(items).actual)


@given(st.lists(st.lists(standings, max_size=5), max_size=4))
def test_roll_ups_of_parts_make_the_roll_up_of_all(parts: list[list[CountedItem]]):
    whole = roll_up([one for part in parts for one in part])
    made = combine_roll_ups([roll_up(part) for part in parts])
    assert made.actual == pytest.approx(whole.actual)
    assert made.expected == pytest.approx(whole.expected)
    for name in ("items", "phases", "confidences", "schedules", "freshnesses", "contradictions", "states", "concerns"):
        assert getattr(made, name) == getattr(whole, name), name


def test_the_roll_up_of_one_part_is_that_part():
    part = roll_up([standing(100 / 3, weight=0.1), standing(50, weight=0.7)])
    assert combine_roll_ups([part]) is part
