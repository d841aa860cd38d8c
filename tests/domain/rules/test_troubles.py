from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.domain.rules.schedule import contradicts
from planner.domain.rules.troubles import Trouble, troubles_of
from planner.domain.vocabulary import Completion, Confidence, Freshness, Phase, Schedule
from tests.domain.rules.counted_item import CountedItem

FINE = CountedItem(1.0, Phase.IN_PROGRESS, Confidence.GREEN, Schedule.ON_TRACK, Freshness.REPORTED, 40.0, 40.0, False)


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
def test_nothing_is_wrong_with_what_has_ended_and_each_trouble_is_named_once(
    phase, confidence, schedule, contradiction
):
    item = replace(FINE, phase=phase, confidence=confidence, schedule=schedule, contradiction=contradiction)
    assert not (phase.terminal and troubles_of(replace(item, completion=Completion.CONFIRMED)))
    troubles = troubles_of(item)
    assert list(troubles) == sorted(set(troubles), key=list(Trouble).index)


@pytest.mark.parametrize(
    ("phase", "completion", "this_week", "troubles"),
    [
        (Phase.CANCELLED, Completion.AWAITING, False, (Trouble.CANCELLED, Trouble.OVERDUE, Trouble.RED)),
        (Phase.MERGED, Completion.CONFIRMED, True, (Trouble.MERGED,)),
        (Phase.MERGED, Completion.CONFIRMED, False, ()),
        (Phase.COMPLETED, Completion.AWAITING, False, (Trouble.OVERDUE,)),
    ],
)
def test_what_is_dropped_is_looked_at_until_it_is_confirmed_and_in_its_week(phase, completion, this_week, troubles):
    item = replace(FINE, phase=phase, completion=completion, schedule=Schedule.OVERDUE, confidence=Confidence.RED)
    assert troubles_of(item, dropped_this_week=this_week) == troubles
