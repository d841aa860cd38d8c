from itertools import product

import pytest

from planner.domain.rules.states import concerns_of, state_of
from planner.domain.vocabulary import Completion, Concern, Freshness, Phase, Schedule, State


@pytest.mark.parametrize(
    ("phase", "state"),
    [(Phase.COMPLETED, State.COMPLETED), (Phase.CANCELLED, State.DROPPED), (Phase.MERGED, State.DROPPED)],
)
def test_completed_and_dropped_are_two_states_once_they_are_confirmed_and_none_before(phase: Phase, state: State):
    assert {state_of(phase, schedule, Completion.CONFIRMED) for schedule in Schedule} == {state}
    assert state_of(phase, Schedule.OVERDUE, Completion.AWAITING) is State.OVERDUE


def test_a_suspended_item_is_counted_as_such():
    assert state_of(Phase.SUSPENDED, Schedule.NONE, Completion.NONE) is State.SUSPENDED


@pytest.mark.parametrize("schedule", [word for word in Schedule if word is not Schedule.NONE])
@pytest.mark.parametrize("phase", [Phase.NOT_STARTED, Phase.IN_PROGRESS])
def test_what_runs_is_counted_as_its_schedule_says(phase: Phase, schedule: Schedule):
    assert state_of(phase, schedule, Completion.NONE).value == schedule.value


@pytest.mark.parametrize(
    ("freshness", "concerns"),
    [
        (Freshness.REPORTED, set()),
        (Freshness.NOT_OWED, set()),
        (Freshness.DUE, {Concern.UNREPORTED}),
        (Freshness.STALE, {Concern.UNREPORTED, Concern.SILENT}),
        (Freshness.NEVER, {Concern.UNREPORTED, Concern.SILENT}),
    ],
)
def test_who_owes_a_report_and_who_is_silent(freshness: Freshness, concerns: set[Concern]):
    assert concerns_of(freshness, False, Completion.NONE) == concerns


def test_each_concern_stands_for_itself():
    for contradiction, completion in product((True, False), Completion):
        found = concerns_of(Freshness.REPORTED, contradiction, completion)
        assert (Concern.CONTRADICTION in found) is contradiction
        assert (Concern.AWAITING in found) is (completion is Completion.AWAITING)
