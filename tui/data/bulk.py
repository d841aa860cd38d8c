"""Making the same report on several items: the preview of the changes, and recording them."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from planner.domain.vocabulary import Confidence, Phase
    from planner.writes.reports.bulk import BulkLine
    from tui.data.door import Door


def preview(
    door: "Door",
    codes: Sequence[str],
    phase: "Phase | None",
    confidence: "Confidence | None",
    note: str,
    unchanged: bool = False,
) -> "tuple[BulkLine, ...]":
    """Return what would change, with a line for each item. Raises BadValueError if no field is set."""
    from planner.writes.reports.bulk import BulkChange, preview_bulk

    change = BulkChange(phase, confidence, note.strip() or None, unchanged)
    with door.reading() as reading:
        return preview_bulk(reading, door.actor, codes, change)


def record(
    door: "Door",
    lines: "Sequence[BulkLine]",
    phase: "Phase | None",
    confidence: "Confidence | None",
    note: str,
    unchanged: bool = False,
    *,
    check_doubts: bool = True,
) -> tuple[str, ...]:
    """Record a bulk change on all lines of a preview that are not refused, or on none. Return the codes of the items.

    Raises ConflictError if somebody has reported on one of the items since the preview. If `check_doubts` is true,
    raises DoubtfulError when the change would make one of the items inconsistent.
    """
    from planner.writes.reports.bulk import BulkChange, record_bulk

    seen = {line.code: line.last for line in lines if line.refused is None}
    change = BulkChange(phase, confidence, note.strip() or None, unchanged)
    with door.writing() as writing:
        return record_bulk(writing, list(seen), change, expected=seen, check_doubts=check_doubts)
