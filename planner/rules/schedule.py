"""How "overdue", "off track" and "behind" are decided, and how late an item is."""

from datetime import date

from planner.rules.settings import Settings
from planner.vocabulary import Confidence, Phase, Schedule

# Thirds and the like are not exact in floating point: a gap of 30 points must not come out as 30.000000000000004.
GAP_DIGITS = 9


def schedule(
    phase: Phase, current_due: date, expected: float, actual: float | None, as_of: date, settings: Settings
) -> Schedule:
    """The computed schedule state.

    Overdue: the day is after the current due date and the phase is not terminal (due today is not late). Off track:
    expected − actual is more than 30 points; behind: from 10 to 30 (the plan's settings). Being early is no state.
    Suspended, cancelled and merged items have none. An item never reported on counts as 0 percent done.
    """
    if phase in (Phase.SUSPENDED, Phase.CANCELLED, Phase.MERGED):
        return Schedule.NONE
    if phase is Phase.COMPLETED:
        return Schedule.ON_TRACK
    if as_of > current_due:
        return Schedule.OVERDUE
    gap = round(expected - (actual or 0.0), GAP_DIGITS)
    if gap > settings.off_track_points:
        return Schedule.OFF_TRACK
    if gap >= settings.behind_points:
        return Schedule.BEHIND
    return Schedule.ON_TRACK


def days_late(phase: Phase, due: date, as_of: date, completed_on: date | None = None) -> int:
    """Days an item is late against a due date: 0 where it is not; a completed item's lateness stays what it was."""
    if phase in (Phase.CANCELLED, Phase.MERGED):
        return 0
    day = completed_on if phase is Phase.COMPLETED and completed_on else as_of
    return max(0, (day - due).days)


def contradicts(confidence: Confidence | None, computed: Schedule) -> bool:
    """Whether the officer's green meets a computed overdue or off track."""
    return confidence is Confidence.GREEN and computed in (Schedule.OVERDUE, Schedule.OFF_TRACK)
