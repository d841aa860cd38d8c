"""When an item has ended: it is reported as completed, cancelled or merged, and somebody else has confirmed that.

Until then it counts as it did: an ending that nobody confirmed takes no item out of the overdue ones.
"""

from planner.vocabulary import Completion, Phase


def completion_of(phase: Phase, confirmed: bool) -> Completion:
    """Whether the ending that a phase stands for is confirmed; there is nothing to confirm of an open phase."""
    if not phase.terminal:
        return Completion.NONE
    return Completion.CONFIRMED if confirmed else Completion.AWAITING


def has_ended(phase: Phase, completion: Completion) -> bool:
    """Whether an item has ended, by whichever word, and nobody waits for anything of it any more."""
    return phase.terminal and completion is Completion.CONFIRMED


def is_dropped(phase: Phase, completion: Completion) -> bool:
    """Whether an item has ended without being done: it stays in the totals of items, and out of their averages."""
    return phase.dropped and completion is Completion.CONFIRMED
