"""Detecting a wrong computer clock: its time is too far from the time of the last write in the log."""

from datetime import datetime, timedelta
from enum import StrEnum

from planner.base.views import value_class

# An office may pause, but an annual plan does not stay untouched for more than a year and a month.
LONGEST_PAUSE = timedelta(days=400)

# The clocks of two computers in one office may differ by hours: a wrong time zone, daylight saving time, or no time
# set.
LARGEST_STEP_BACK = timedelta(days=1)


class ClockFault(StrEnum):
    """The direction in which a clock is wrong."""

    AHEAD = "ahead"
    BEHIND = "behind"


@value_class
class ClockJump:
    """Two consecutive events of the log whose times are further apart than the clock check allows."""

    seq: int
    before: datetime
    after: datetime

    @property
    def days(self) -> int:
        """The number of whole days between the two events."""
        return abs(self.after - self.before).days


def clock_fault(now: datetime, last: datetime) -> ClockFault | None:
    """Return how a clock that shows `now` is wrong, judged by the last write. Return None if it may be right."""
    if now - last > LONGEST_PAUSE:
        return ClockFault.AHEAD
    return ClockFault.BEHIND if last - now > LARGEST_STEP_BACK else None


def clock_jump(seq: int, before: datetime, after: datetime) -> ClockJump | None:
    """Return the jump of the clock between an event and the event before it, or None if there is no jump."""
    return ClockJump(seq, before, after) if clock_fault(after, before) is not None else None
