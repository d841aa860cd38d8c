"""Every movement of an item between two days."""

from collections import Counter
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.domain.vocabulary import Basis, Confidence, Phase, Schedule
from planner.queries.items.views import MilestoneView
from planner.queries.moves.moves import Aspect, MoveKind, moves_of
from tests.weekly.factories import ITEM

STEP = MilestoneView(
    id=7,
    number=2,
    title="Tower stands",
    baseline=date(2020, 6, 30),
    current=date(2020, 6, 30),
    forecast=None,
    met_on=None,
    weight=25,
    completion_test="A note",
    evidence=None,
    basis=Basis.WORKING,
)
OPPOSITE = {
    MoveKind.WORSE: MoveKind.BETTER,
    MoveKind.BETTER: MoveKind.WORSE,
    MoveKind.FELL_BACK: MoveKind.PROGRESSED,
    MoveKind.PROGRESSED: MoveKind.FELL_BACK,
    MoveKind.RE_DATED: MoveKind.RE_DATED,
}


def _possible(phase, confidence, schedule, actual, due, step):
    """An item in a state it can be in: what is not under way has no schedule of its own, what is completed 100%."""
    if phase is Phase.COMPLETED:
        schedule, actual = Schedule.ON_TRACK, 100.0
    elif phase in (Phase.SUSPENDED, Phase.CANCELLED, Phase.MERGED):
        schedule = Schedule.NONE
    return replace(
        ITEM,
        phase=phase,
        confidence=confidence,
        schedule=schedule,
        actual=actual,
        current_due=due,
        milestones=(step,),
    )


days = st.dates(date(2020, 6, 1), date(2020, 6, 5))
standings = st.builds(
    _possible,
    st.sampled_from(Phase),
    st.none() | st.sampled_from(Confidence),
    st.sampled_from([Schedule.ON_TRACK, Schedule.BEHIND, Schedule.OFF_TRACK, Schedule.OVERDUE]),
    st.none() | st.sampled_from([0.0, 35.0, 100 / 3]),
    days,
    st.builds(replace, st.just(STEP), current=days, met_on=st.none() | days),
)


def told(was: dict[str, Any], now: dict[str, Any]) -> list[tuple[Any, ...]]:
    """Kind, aspect and how it was and is, of each movement."""
    return [
        (move.kind, move.aspect, move.was, move.now) for move in moves_of(replace(ITEM, **now), replace(ITEM, **was))
    ]


@pytest.mark.parametrize(
    ("was", "now", "kind"),
    [
        (Phase.NOT_STARTED, Phase.IN_PROGRESS, MoveKind.STARTED),
        (Phase.IN_PROGRESS, Phase.NOT_STARTED, MoveKind.FELL_BACK),
        (Phase.IN_PROGRESS, Phase.SUSPENDED, MoveKind.SUSPENDED),
        (Phase.SUSPENDED, Phase.IN_PROGRESS, MoveKind.RESUMED),
        (Phase.SUSPENDED, Phase.COMPLETED, MoveKind.COMPLETED),
        (Phase.COMPLETED, Phase.IN_PROGRESS, MoveKind.REOPENED),
        (Phase.CANCELLED, Phase.SUSPENDED, MoveKind.REOPENED),
        (Phase.NOT_STARTED, Phase.MERGED, MoveKind.DROPPED),
        (Phase.COMPLETED, Phase.CANCELLED, MoveKind.DROPPED),
    ],
)
def test_a_phase_that_changed_is_told_by_what_it_means(was, now, kind):
    assert told({"phase": was}, {"phase": now}) == [(kind, Aspect.PHASE, was, now)]


def test_an_item_can_be_worse_and_better_and_re_dated_at_once():
    was: dict[str, Any] = {"schedule": Schedule.BEHIND, "confidence": Confidence.RED, "milestones": (STEP,)}
    now: dict[str, Any] = {
        "schedule": Schedule.OFF_TRACK,
        "confidence": Confidence.AMBER,
        "actual": 45.0,
        "current_due": date(2021, 1, 10),
        "milestones": (replace(STEP, current=date(2020, 6, 20), met_on=date(2020, 6, 12)),),
    }
    assert told(was, now) == [
        (MoveKind.WORSE, Aspect.SCHEDULE, Schedule.BEHIND, Schedule.OFF_TRACK),
        (MoveKind.BETTER, Aspect.CONFIDENCE, Confidence.RED, Confidence.AMBER),
        (MoveKind.PROGRESSED, Aspect.PERCENT, 40.0, 45.0),
        (MoveKind.RE_DATED, Aspect.DUE_DATE, date(2020, 12, 31), date(2021, 1, 10)),
        (MoveKind.RE_DATED, Aspect.MILESTONE, date(2020, 6, 30), date(2020, 6, 20)),
        (MoveKind.MET, Aspect.MILESTONE, None, date(2020, 6, 12)),
    ]
    moves = list(moves_of(replace(ITEM, **now), replace(ITEM, **was)))
    assert [move.days for move in moves] == [None, None, None, 10, -10, None]


def test_being_suspended_makes_no_item_better_or_worse():
    suspended: dict[str, Any] = {"phase": Phase.SUSPENDED, "schedule": Schedule.NONE}
    assert [kind for kind, *_ in told({"schedule": Schedule.OVERDUE}, suspended)] == [MoveKind.SUSPENDED]
    assert [kind for kind, *_ in told(suspended, {"schedule": Schedule.OVERDUE})] == [MoveKind.RESUMED]


def test_a_first_rating_is_neither_better_nor_worse():
    assert told({"confidence": None}, {"confidence": Confidence.RED}) == []


@given(standings)
def test_what_stands_as_it_stood_has_not_moved(item):
    assert list(moves_of(item, item)) == []


@given(standings, standings)
def test_each_of_an_item_moves_once(item, was):
    moves = list(moves_of(item, was))
    assert max(Counter((move.kind, move.aspect) for move in moves).values(), default=0) <= 1
    assert sum(move.aspect is Aspect.PHASE for move in moves) <= 1


@given(standings, standings)
def test_the_way_back_is_the_opposite(item, was):
    there, back = list(moves_of(item, was)), list(moves_of(was, item))
    for aspect in (Aspect.SCHEDULE, Aspect.CONFIDENCE, Aspect.PERCENT, Aspect.DUE_DATE):
        kinds = [move.kind for move in there if move.aspect is aspect]
        assert [OPPOSITE[kind] for kind in kinds] == [move.kind for move in back if move.aspect is aspect]
    assert sum(move.days or 0 for move in there) == -sum(move.days or 0 for move in back)
