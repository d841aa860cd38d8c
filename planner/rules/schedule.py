"""How "overdue", "off track" and "behind" are decided, and how late an item is."""

from datetime import date

from planner.rules.endings import has_ended, is_dropped
from planner.rules.settings import Settings
from planner.vocabulary import Completion, Confidence, Phase, Schedule

# Thirds and the like are not exact in floating point: a gap of 30 points must not come out as 30.000000000000004.
GAP_DIGITS = 9


def schedule(
    phase: Phase,
    current_due: date,
    expected: float,
    actual: float | None,
    as_of: date,
    settings: Settings,
    *,
    completion: Completion = Completion.NONE,
    completed_on: date | None = None,
) -> Schedule:
    """The computed schedule state.

    Overdue: the day is after the current due date and the item has not ended (due today is not late). Off track:
    expected − actual is more than 30 points; behind: from 10 to 30 (the plan's settings). Being early is no state.
    Suspended items have none, nor have cancelled and merged ones once that is confirmed. An item never reported on
    counts as 0 percent done. A completion that nobody confirmed is judged by its own day (`completed_on`).
    """
    if phase is Phase.SUSPENDED or is_dropped(phase, completion):
        return Schedule.NONE
    if has_ended(phase, completion):
        return Schedule.ON_TRACK
    if phase is Phase.COMPLETED:
        return Schedule.OVERDUE if (completed_on or as_of) > current_due else Schedule.ON_TRACK
    if as_of > current_due:
        return Schedule.OVERDUE
    gap = round(expected - (actual or 0.0), GAP_DIGITS)
    if gap > settings.off_track_points:
        return Schedule.OFF_TRACK
    if gap >= settings.behind_points:
        return Schedule.BEHIND
    return Schedule.ON_TRACK


def days_late(
    phase: Phase,
    due: date,
    as_of: date,
    completed_on: date | None = None,
    *,
    completion: Completion = Completion.NONE,
) -> int:
    """Days an item is late against a due date: 0 where it is not; a completed item's lateness stays what it was."""
    if is_dropped(phase, completion):
        return 0
    day = completed_on if phase is Phase.COMPLETED and completed_on else as_of
    return max(0, (day - due).days)


def contradicts(confidence: Confidence | None, computed: Schedule, phase: Phase = Phase.IN_PROGRESS) -> bool:
    """Whether the officer's green meets a computed overdue or off track; of a completed item it says how it ended."""
    at_odds = confidence is Confidence.GREEN and computed in (Schedule.OVERDUE, Schedule.OFF_TRACK)
    return at_odds and phase is not Phase.COMPLETED
