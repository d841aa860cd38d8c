"""Faults of the clocks that stamped the events of the audit log."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from sqlalchemy import select
from sqlalchemy.orm import Session

from planner.domain.rules.clock import ClockFault, ClockJump, clock_fault, clock_jump
from planner.store.journal import last_event
from planner.store.models import AuditEvent, ClockCorrection


@dataclass(frozen=True)
class CorrectionView:
    """A recorded correction of a clock, with the first and last event that have a wrong instant.

    Both sequence numbers are None if the correction accepts the clock as right.
    """

    first_seq: int | None
    last_seq: int | None
    counts_from: datetime
    reason: str
    actor: str
    recorded_at: datetime


@dataclass(frozen=True)
class ClockView:
    """The computer's clock compared with the log. `fault` names what is wrong with the clock, or is None."""

    now: datetime
    last_recorded: datetime | None
    fault: ClockFault | None
    jumps: tuple[ClockJump, ...]
    corrections: tuple[CorrectionView, ...]


def read_clock(session: Session, now: datetime) -> ClockView:
    """Compare the computer's clock, which shows `now`, with the log.

    The view lists all jumps of the clock in the log, and all corrections.
    """
    last = last_event(session)
    return ClockView(
        now=now,
        last_recorded=last.recorded_at if last else None,
        fault=clock_fault(now, last.recorded_at) if last else None,
        jumps=tuple(_jumps(session)),
        corrections=tuple(_corrections(session)),
    )


def _jumps(session: Session) -> Iterator[ClockJump]:
    instants = session.execute(
        select(AuditEvent.seq, AuditEvent.recorded_at).order_by(AuditEvent.seq), execution_options={"yield_per": 1_000}
    )
    jumps = (clock_jump(seq, before, after) for (_, before), (seq, after) in pairwise(instants))
    yield from (jump for jump in jumps if jump is not None)


def _corrections(session: Session) -> Iterator[CorrectionView]:
    for row in session.execute(select(ClockCorrection).order_by(ClockCorrection.id)).scalars():
        accepted = row.counts_from == row.false_from
        yield CorrectionView(
            None if accepted else row.first_seq,
            None if accepted else row.last_seq,
            row.counts_from,
            row.reason,
            row.actor,
            row.recorded_at,
        )
