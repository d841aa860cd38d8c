"""The single state of an item, and the reasons why somebody should look at it."""

from functools import cache

from planner.domain.rules.endings import has_ended, is_dropped
from planner.domain.vocabulary import Completion, Concern, Freshness, Phase, Schedule, State

_SILENT = (Freshness.STALE, Freshness.NEVER)
_UNREPORTED = (Freshness.DUE, *_SILENT)


def state_of(phase: Phase, schedule: Schedule, completion: Completion) -> State:
    """Return the single state under which an item is counted.

    It is 'completed' or 'dropped' once the ending is confirmed, and otherwise the schedule state. A suspended item has
    no schedule state, so it is counted as 'suspended'.
    """
    if has_ended(phase, completion):
        return State.DROPPED if is_dropped(phase, completion) else State.COMPLETED
    return State.SUSPENDED if schedule is Schedule.NONE else State(schedule.value)


@cache
def concerns_of(freshness: Freshness, contradiction: bool, completion: Completion) -> frozenset[Concern]:
    """Return the reasons why somebody should look at an item.

    Unreported: it owes a report for this week and has none. Silent: its last report is stale, or it never had one.
    Contradiction: it is rated green while overdue or off track. Awaiting: it is reported as ended, and nobody has
    confirmed this.
    """
    applies = {
        Concern.UNREPORTED: freshness in _UNREPORTED,
        Concern.SILENT: freshness in _SILENT,
        Concern.CONTRADICTION: contradiction,
        Concern.AWAITING: completion is Completion.AWAITING,
    }
    return frozenset(concern for concern, applying in applies.items() if applying)
