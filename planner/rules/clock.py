"""When a computer's clock cannot be trusted: it is far from the instant of the last write that the log has."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

# Offices pause, but an annual plan is not left alone for longer than a year and a month.
LONGEST_PAUSE = timedelta(days=400)

# Two computers of one office may differ by hours: a wrong time zone, daylight saving, a clock that was never set.
LARGEST_STEP_BACK = timedelta(days=1)


class ClockFault(StrEnum):
    """How a clock is wrong."""

    AHEAD = "ahead"
    BEHIND = "behind"


@dataclass(frozen=True)
class ClockJump:
    """Two events of the log, one right after the other, that lie further apart than a write accepts."""

    seq: int
    before: datetime
    after: datetime

    @property
    def days(self) -> int:
        """How many whole days lie between them."""
        return abs(self.after - self.before).days


def clock_fault(now: datetime, last: datetime) -> ClockFault | None:
    """How a clock that says `now` is wrong, given the instant of the log's last write; None where it may be right."""
    if now - last > LONGEST_PAUSE:
        return ClockFault.AHEAD
    return ClockFault.BEHIND if last - now > LARGEST_STEP_BACK else None


def clock_jump(seq: int, before: datetime, after: datetime) -> ClockJump | None:
    """The jump of the clock at an event, given its instant and that of the event before it; else None."""
    return ClockJump(seq, before, after) if clock_fault(after, before) is not None else None
