"""The same report on several items: what it would change, and recording it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from planner.vocabulary import Confidence, Phase
    from planner.writes.bulk import BulkLine
    from tui.data.door import Door


def preview(
    door: "Door",
    codes: Sequence[str],
    phase: "Phase | None",
    confidence: "Confidence | None",
    note: str,
    unchanged: bool = False,
) -> "tuple[BulkLine, ...]":
    """What would change, item by item. Raises BadValueError where nothing is to be set."""
    from planner.writes.bulk import BulkChange, preview_bulk

    change = BulkChange(phase, confidence, note.strip() or None, unchanged)
    with door.reading() as (session, plan, point):
        return preview_bulk(session, door.actor, plan, codes, change, today=point.as_of)


def record(
    door: "Door",
    lines: "Sequence[BulkLine]",
    phase: "Phase | None",
    confidence: "Confidence | None",
    note: str,
    unchanged: bool = False,
    *,
    asks: bool = True,
) -> tuple[str, ...]:
    """Record on all lines of a preview that are not refused, or on none. Gives back their codes.

    Raises ConflictError where somebody reported on one of them since the preview, and where it `asks` DoubtfulError
    where it does not fit one of them.
    """
    from planner.writes.bulk import BulkChange, record_bulk

    seen = {line.code: line.last for line in lines if line.refused is None}
    change = BulkChange(phase, confidence, note.strip() or None, unchanged)
    with door.writing() as (session, plan):
        return record_bulk(
            session, door.actor, plan, list(seen), change, seen=seen, asks=asks, today=door.today(plan), at=door.now()
        )
