"""Whether an item has ended: it is reported as completed, cancelled or merged, and a second person has confirmed this.

Until the confirmation, the item counts as open. An overdue item therefore stays overdue until its ending is confirmed.
"""

from planner.domain.vocabulary import Completion, Phase


def completion_of(phase: Phase, confirmed: bool) -> Completion:
    """Return whether the ending that a phase reports is confirmed, or `NONE` for a phase that reports no ending."""
    if not phase.terminal:
        return Completion.NONE
    return Completion.CONFIRMED if confirmed else Completion.AWAITING


def has_ended(phase: Phase, completion: Completion) -> bool:
    """Return whether an item is completed, cancelled or merged, and this is confirmed."""
    # docs/decisions/0023: one person alone cannot end a late item.
    return completion is Completion.CONFIRMED and phase.terminal


def is_dropped(phase: Phase, completion: Completion) -> bool:
    """Return whether an item is cancelled or merged, and this is confirmed.

    Such an item is counted in totals, but left out of averages.
    """
    return completion is Completion.CONFIRMED and phase.dropped
