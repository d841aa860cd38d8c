"""What makes an item an exception that a manager has to look at."""

from enum import StrEnum

from planner.domain.rules.endings import has_ended
from planner.domain.rules.rollup import RollUpItem
from planner.domain.vocabulary import Completion, Confidence, Phase, Schedule


class Trouble(StrEnum):
    """A problem of an item that makes it an exception. The most serious problem is listed first."""

    CANCELLED = "cancelled"
    MERGED = "merged"
    OVERDUE = "overdue"
    OFF_TRACK = "off_track"
    RED = "red"
    CONTRADICTION = "contradiction"
    AMBER = "amber"


def troubles_of(item: RollUpItem, *, dropped_this_week: bool = False) -> tuple[Trouble, ...]:
    """Return everything that is wrong with an item, the most serious first.

    A cancellation or merger is listed until it is confirmed, and in the week in which it was confirmed
    (`dropped_this_week`). An item that has ended has no other exceptions. A completed item has only one: it may be
    overdue until its completion is confirmed.
    """
    ended = has_ended(item.phase, item.completion)
    dropped = dropped_this_week or item.completion is Completion.AWAITING
    applies = {
        Trouble.CANCELLED: dropped and item.phase is Phase.CANCELLED,
        Trouble.MERGED: dropped and item.phase is Phase.MERGED,
    } | ({} if ended else _while_open(item))
    return tuple(trouble for trouble, applying in applies.items() if applying)


def _while_open(item: RollUpItem) -> dict[Trouble, bool]:
    rated = item.phase is not Phase.COMPLETED
    return {
        Trouble.OVERDUE: item.schedule is Schedule.OVERDUE,
        Trouble.OFF_TRACK: item.schedule is Schedule.OFF_TRACK,
        Trouble.RED: rated and item.confidence is Confidence.RED,
        Trouble.CONTRADICTION: rated and item.contradiction,
        Trouble.AMBER: rated and item.confidence is Confidence.AMBER,
    }
