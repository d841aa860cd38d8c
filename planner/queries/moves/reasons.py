"""Why an item moved, in the words of the report that moved it."""

from planner.queries.items.views import StatusView
from planner.queries.moves.moves import MoveKind

# For the first kinds of change, the reason is the report's blocker. For the others, the reporter may have explained
# the change as a blocker or as work done.
_CAUSED = (MoveKind.WORSE, MoveKind.FELL_BACK)
_EXPLAINED = (MoveKind.SUSPENDED, MoveKind.DROPPED, MoveKind.REOPENED)


def reason_in(report: StatusView, kind: MoveKind) -> str | None:
    """Return the part of a report that explains a change of its item, or None.

    This is the blocker, the work done, or the reason why the item ended. If the item got worse, only the blocker is
    returned, because work that was done does not explain it.
    """
    if kind in _CAUSED:
        return report.blocker
    if kind is MoveKind.DROPPED:
        return report.why_ended or report.blocker or report.done
    return (report.blocker or report.done) if kind in _EXPLAINED else report.done
