"""Changes of items in few words."""

from datetime import date

import pytest

from planner.domain.vocabulary import Confidence, Phase, Schedule
from planner.queries.moves.in_words import in_words
from planner.queries.moves.moves import Aspect, Move, MoveKind
from tests.queries.moves.test_moves import STEP


@pytest.mark.parametrize(
    ("move", "text"),
    [
        (Move(MoveKind.WORSE, Aspect.SCHEDULE, Schedule.BEHIND, Schedule.OFF_TRACK), "behind → off track"),
        (Move(MoveKind.WORSE, Aspect.CONFIDENCE, Confidence.GREEN, Confidence.RED), "rated green → red"),
        (Move(MoveKind.PROGRESSED, Aspect.PERCENT, None, 25.0), "– → 25%"),
        (Move(MoveKind.COMPLETED, Aspect.PHASE, Phase.IN_PROGRESS, Phase.COMPLETED), "completed"),
        (Move(MoveKind.FELL_BACK, Aspect.PHASE, Phase.IN_PROGRESS, Phase.NOT_STARTED), "in progress → not started"),
        (Move(MoveKind.RE_DATED, Aspect.DUE_DATE, date(2020, 5, 1), date(2020, 5, 2), days=1), "due date: 1 day later"),
        (
            Move(MoveKind.RE_DATED, Aspect.MILESTONE, date(2020, 5, 9), date(2020, 5, 2), STEP, -7),
            "milestone 2: 7 days earlier",
        ),
        (Move(MoveKind.MET, Aspect.MILESTONE, None, date(2020, 5, 2), STEP), "milestone 2 met"),
        (Move(MoveKind.FELL_BACK, Aspect.MILESTONE, date(2020, 5, 2), None, STEP), "milestone 2 not met any more"),
        (Move(MoveKind.PLAN_CHANGED, Aspect.MILESTONE, date(2020, 5, 2), None, STEP), "milestone 2 removed"),
        (Move(MoveKind.PLAN_CHANGED, Aspect.MILESTONE, None, date(2020, 5, 2), STEP), "milestone 2 added"),
        (Move(MoveKind.PLAN_CHANGED, Aspect.MEASURED_BY, "percent", "milestones"), "measured by changed"),
        (
            Move(MoveKind.RECORDED_LATE, Aspect.ITEM, "a", "b", field="measured_by", since=date(2020, 5, 2)),
            "recorded late: measured by, from 2020-05-02",
        ),
        (
            Move(MoveKind.RECORDED_LATE, Aspect.PHASE, "suspended", "cancelled", field="phase", since=date(2020, 5, 2)),
            "recorded late: cancelled, from 2020-05-02",
        ),
        (Move(MoveKind.NEW, Aspect.ITEM, None, Phase.NOT_STARTED), "new item"),
    ],
)
def test_a_change_says_what_changed_and_how(move: Move, text: str):
    assert in_words(move) == text
