"""Refusing to write with a wrong clock, because a wrong time in the audit log cannot be removed."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from planner.base.command_names import command_with
from planner.base.errors import ClockError
from planner.base.language import tr
from planner.domain.rules.clock import LONGEST_PAUSE, ClockFault, clock_fault
from planner.domain.vocabulary import InstallationKind
from planner.store.models import Installation


def require_sane_clock(session: Session, at: datetime, last: datetime) -> None:
    """Raise ClockError if the clock's time `at` is too far from the time of the last write.

    A demonstration has its own simulated date, so the times of its writes may jump.
    """
    # docs/decisions/0003: one wrong instant would push all later ones ahead.
    fault = clock_fault(at, last)
    if fault is None or session.execute(select(Installation.kind)).scalar() == InstallationKind.DEMONSTRATION:
        return
    if fault is ClockFault.AHEAD:
        raise ClockError(
            tr(
                "this computer's clock shows {at:%Y-%m-%d}, but the last write in the log is dated "
                "{last:%Y-%m-%d}. They are more than {days} days apart, so nothing was recorded",
                at=at,
                last=last,
                days=LONGEST_PAUSE.days,
            ),
            do=tr(
                "Correct the clock. If the clock is right, an administrator can run '{command}'",
                command=command_with("clock accept", reason="TEXT"),
            ),
        )
    raise ClockError(
        tr(
            "this computer's clock shows {at:%Y-%m-%d %H:%M} UTC, but the last write in the log "
            "is later: {last:%Y-%m-%d %H:%M} UTC. Nothing was recorded",
            at=at,
            last=last,
        ),
        do=tr(
            "Correct the clock. If the clock is right and the last writes in the log are wrong, "
            "an administrator can run '{command}'",
            command=command_with("clock correct", reason="TEXT"),
        ),
    )
