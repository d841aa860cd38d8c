"""Where an item stands in one word, and what somebody should look at it for."""

from functools import cache

from planner.vocabulary import Completion, Concern, Freshness, Phase, Schedule, State

_SILENT = (Freshness.STALE, Freshness.NEVER)
_UNREPORTED = (Freshness.DUE, *_SILENT)


def state_of(phase: Phase, schedule: Schedule) -> State:
    """The one state an item is counted under: closed in any terminal phase, else as its schedule is.

    Of what is not closed only a suspended item has no schedule.
    """
    if phase.terminal:
        return State.CLOSED
    return State.SUSPENDED if schedule is Schedule.NONE else State(schedule.value)


@cache
def concerns_of(freshness: Freshness, contradiction: bool, completion: Completion) -> frozenset[Concern]:
    """What an item needs somebody's look for.

    Unreported: it owes a report for the week and has none. Silent: that for long, or it never had one. Contradiction:
    rated green while overdue or off track. Awaiting: reported as completed, and nobody has confirmed it yet.
    """
    holds = {
        Concern.UNREPORTED: freshness in _UNREPORTED,
        Concern.SILENT: freshness in _SILENT,
        Concern.CONTRADICTION: contradiction,
        Concern.AWAITING: completion is Completion.AWAITING,
    }
    return frozenset(concern for concern, holding in holds.items() if holding)
