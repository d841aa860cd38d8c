"""How an item is rated as overdue, off track or behind, and how many days it is late."""

from datetime import date

from planner.domain.rules.endings import has_ended, is_dropped
from planner.domain.rules.settings import Settings
from planner.domain.vocabulary import Completion, Confidence, Phase, Schedule

# Fractions are not exact in floating point: a gap of 30 points must not become 30.000000000000004.
GAP_DIGITS = 9

# The states that a green rating contradicts.
_LATE = (Schedule.OVERDUE, Schedule.OFF_TRACK)

# The phases in which no rating is contradicted: a suspended item has no schedule state, and the rating of a completed
# one describes how it ended.
NEVER_CONTRADICTED = (Phase.COMPLETED, Phase.SUSPENDED)


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
    """Return the computed schedule state of an item.

    Overdue: the day is after the current due date and the item has not ended. An item that is due today is not late.
    Off track: the expected percent is more than 30 points above the actual percent. Behind: the gap is 10 to 30 points.
    Both limits are settings of the plan, and there is no state for being early.

    Suspended items have no schedule state. An item whose cancellation or merger is confirmed has none. An item without
    a report is at 0 percent. A completion that nobody has confirmed is judged by its own date, `completed_on`.
    """
    if phase is Phase.SUSPENDED:
        return Schedule.NONE
    # Most items have not ended, and computing 100,000 states takes long.
    if phase.terminal:
        if has_ended(phase, completion):
            return Schedule.NONE if is_dropped(phase, completion) else Schedule.ON_TRACK
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
    """Return the number of days an item is late for a due date, at least 0.

    The lateness of a completed item no longer grows.
    """
    if is_dropped(phase, completion):
        return 0
    day = completed_on if phase is Phase.COMPLETED and completed_on else as_of
    return max(0, (day - due).days)


def contradicts(confidence: Confidence | None, computed: Schedule, phase: Phase = Phase.IN_PROGRESS) -> bool:
    """Return whether an officer rated an open item green although its computed schedule is overdue or off track."""
    # docs/decisions/0022: neither overrides the other.
    return confidence is Confidence.GREEN and computed in _LATE and phase not in NEVER_CONTRADICTED
