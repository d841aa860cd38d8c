from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.rules.rollup import Standing
from planner.rules.schedule import contradicts
from planner.rules.troubles import Trouble, troubles_of
from planner.vocabulary import Confidence, Freshness, Phase, Schedule

FINE = Standing(1.0, Phase.IN_PROGRESS, Confidence.GREEN, Schedule.ON_TRACK, Freshness.REPORTED, 40.0, 40.0, False)


@pytest.mark.parametrize(
    ("confidence", "schedule", "troubles"),
    [
        (Confidence.GREEN, Schedule.BEHIND, ()),
        (None, Schedule.OFF_TRACK, (Trouble.OFF_TRACK,)),
        (Confidence.GREEN, Schedule.OVERDUE, (Trouble.OVERDUE, Trouble.CONTRADICTION)),
        (Confidence.RED, Schedule.OFF_TRACK, (Trouble.OFF_TRACK, Trouble.RED)),
        (Confidence.AMBER, Schedule.NONE, (Trouble.AMBER,)),
    ],
)
def test_all_that_is_wrong_is_named_the_gravest_first(confidence, schedule, troubles):
    contradiction = contradicts(confidence, schedule)
    item = replace(FINE, confidence=confidence, schedule=schedule, contradiction=contradiction)
    assert troubles_of(item) == troubles


@given(st.sampled_from(Phase), st.sampled_from(Confidence), st.sampled_from(Schedule), st.booleans())
def test_nothing_is_wrong_with_what_is_closed_and_each_trouble_is_named_once(
    phase, confidence, schedule, contradiction
):
    troubles = troubles_of(
        replace(FINE, phase=phase, confidence=confidence, schedule=schedule, contradiction=contradiction)
    )
    assert not (phase.terminal and troubles)
    assert list(troubles) == sorted(set(troubles), key=list(Trouble).index)
