"""What makes an item an exception: what holds of it that a manager has to look at."""

from enum import StrEnum

from planner.rules.rollup import Judged
from planner.vocabulary import Confidence, Schedule


class Trouble(StrEnum):
    """What is wrong with an item, the gravest first."""

    OVERDUE = "overdue"
    OFF_TRACK = "off_track"
    RED = "red"
    CONTRADICTION = "contradiction"
    AMBER = "amber"


def troubles_of(item: Judged) -> tuple[Trouble, ...]:
    """All that is wrong with an item, the gravest first. Nothing is wrong any more with one that is closed."""
    if item.phase.terminal:
        return ()
    holds = {
        Trouble.OVERDUE: item.schedule is Schedule.OVERDUE,
        Trouble.OFF_TRACK: item.schedule is Schedule.OFF_TRACK,
        Trouble.RED: item.confidence is Confidence.RED,
        Trouble.CONTRADICTION: item.contradiction,
        Trouble.AMBER: item.confidence is Confidence.AMBER,
    }
    return tuple(trouble for trouble, holding in holds.items() if holding)
