"""Where the officer's rating, the schedule and an assessment differ."""

import pytest

from planner.domain.rules.opinions import Difference, differences
from planner.domain.vocabulary import Confidence, Phase, Schedule

GREEN, AMBER, RED = Confidence.GREEN, Confidence.AMBER, Confidence.RED


@pytest.mark.parametrize(
    ("reported", "schedule", "assessed", "differ"),
    [
        (GREEN, Schedule.ON_TRACK, GREEN, ()),
        (GREEN, Schedule.ON_TRACK, None, ()),
        (None, Schedule.ON_TRACK, RED, ()),
        (RED, Schedule.ON_TRACK, RED, ()),
        (RED, Schedule.OVERDUE, RED, ()),
        (GREEN, Schedule.ON_TRACK, AMBER, (Difference.OFFICER_ASSESSMENT,)),
        (GREEN, Schedule.OFF_TRACK, RED, (Difference.OFFICER_ASSESSMENT, Difference.OFFICER_SCHEDULE)),
        (RED, Schedule.OVERDUE, GREEN, (Difference.OFFICER_ASSESSMENT, Difference.ASSESSMENT_SCHEDULE)),
        (GREEN, Schedule.OVERDUE, GREEN, (Difference.ASSESSMENT_SCHEDULE, Difference.OFFICER_SCHEDULE)),
        (None, Schedule.OVERDUE, GREEN, (Difference.ASSESSMENT_SCHEDULE,)),
    ],
)
def test_two_ratings_differ_and_green_differs_from_late(reported, schedule, assessed, differ) -> None:
    assert differences(reported, schedule, assessed, Phase.IN_PROGRESS) == differ


def test_of_a_completed_item_only_the_ratings_differ() -> None:
    assert differences(GREEN, Schedule.OVERDUE, GREEN, Phase.COMPLETED) == ()
    assert differences(GREEN, Schedule.OVERDUE, RED, Phase.COMPLETED) == (Difference.OFFICER_ASSESSMENT,)


def test_each_difference_has_words() -> None:
    assert Difference.OFFICER_ASSESSMENT.words == "officer and assessment"
    assert all(difference.words for difference in Difference)
