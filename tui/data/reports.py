"""Recording what an officer says of an item."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from planner.queries.views import StatusView
    from planner.vocabulary import Confidence, Phase
    from tui.data.door import Door


def record(
    door: "Door",
    code: str,
    phase: "Phase",
    confidence: "Confidence | None",
    percent: int | None,
    texts: Mapping[str, str],
) -> "StatusView":
    """Record a report as of today. `texts` are done, next, blocker, help_needed and evidence."""
    from planner.writes.status import Report, record_status

    report = Report(phase=phase, confidence=confidence, percent=percent, **texts)
    with door.writing() as (session, plan):
        day = door.today(plan)
        return record_status(session, door.actor, plan, code, report, as_of=day, today=day, at=door.now())
