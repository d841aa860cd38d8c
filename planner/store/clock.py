"""Refusing to write with a wrong clock, because a wrong time in the audit log cannot be removed."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from planner.base.errors import ClockError
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
            f"this computer's clock says {at:%Y-%m-%d}, and the last write in the log is of {last:%Y-%m-%d}. More than"
            f" {LONGEST_PAUSE.days} days lie between them, so nothing was recorded",
            do="Set the clock. If it is right, an administrator runs 'planner clock accept --reason TEXT'",
        )
    raise ClockError(
        f"this computer's clock says {at:%Y-%m-%d %H:%M} UTC, and the last write in the log is later:"
        f" {last:%Y-%m-%d %H:%M} UTC. Nothing was recorded",
        do="Set the clock. If it is right and the log's last writes are not, an administrator runs"
        " 'planner clock correct --reason TEXT'",
    )
