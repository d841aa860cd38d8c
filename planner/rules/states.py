"""Where an item stands in one word, and what somebody should look at it for."""

from functools import cache

from planner.rules.endings import has_ended, is_dropped
from planner.vocabulary import Completion, Concern, Freshness, Phase, Schedule, State

_SILENT = (Freshness.STALE, Freshness.NEVER)
_UNREPORTED = (Freshness.DUE, *_SILENT)


def state_of(phase: Phase, schedule: Schedule, completion: Completion) -> State:
    """The one state an item is counted under: completed or dropped once its ending is confirmed, else its schedule.

    Of the items that have not ended only a suspended one has no schedule.
    """
    if has_ended(phase, completion):
        return State.DROPPED if is_dropped(phase, completion) else State.COMPLETED
    return State.SUSPENDED if schedule is Schedule.NONE else State(schedule.value)


@cache
def concerns_of(freshness: Freshness, contradiction: bool, completion: Completion) -> frozenset[Concern]:
    """What an item needs somebody's look for.

    Unreported: it owes a report for the week and has none. Silent: that for long, or it never had one. Contradiction:
    rated green while overdue or off track. Awaiting: reported as ended, and nobody has confirmed that yet.
    """
    holds = {
        Concern.UNREPORTED: freshness in _UNREPORTED,
        Concern.SILENT: freshness in _SILENT,
        Concern.CONTRADICTION: contradiction,
        Concern.AWAITING: completion is Completion.AWAITING,
    }
    return frozenset(concern for concern, holding in holds.items() if holding)
