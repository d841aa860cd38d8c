"""Recording that a computer's clock was wrong, or that it is right although the last write was long ago."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from planner.base.errors import NotAllowedError
from planner.base.language import tr
from planner.base.texts import required
from planner.domain.rules.clock import ClockFault, clock_fault
from planner.domain.rules.permissions import Permission
from planner.register.writing import Writing
from planner.store.journal import Journal, last_event
from planner.store.models import AuditEvent, ClockCorrection
from planner.writes.permission import require


@dataclass(frozen=True)
class ClockRecorded:
    """A record that the clock was corrected, or that an actor accepted it as right.

    `first_seq` and `last_seq` are the numbers of the first and the last event with a wrong time. Both are None if the
    clock was accepted.
    """

    first_seq: int | None
    last_seq: int | None
    reason: str
    actor: str
    recorded_at: datetime


@dataclass(frozen=True)
class FalseRun:
    """A run of events at the end of the log whose times are later than the computer's clock."""

    first_seq: int
    last_seq: int
    false_from: datetime
    false_until: datetime

    @property
    def events(self) -> int:
        """The number of events in the run."""
        return self.last_seq - self.first_seq + 1


def false_run(session: Session, now: datetime) -> FalseRun | None:
    """Return the run of events that have times after `now` and are not yet corrected. Return None if there is none."""
    corrected = select(func.coalesce(func.max(ClockCorrection.last_seq), 0)).scalar_subquery()
    later = select(func.min(AuditEvent.seq)).where(AuditEvent.recorded_at > now, AuditEvent.seq > corrected)
    first = session.execute(select(AuditEvent).where(AuditEvent.seq == later.scalar_subquery())).scalar_one_or_none()
    last = last_event(session)
    if first is None or last is None:
        return None
    return FalseRun(first.seq, last.seq, first.recorded_at, last.recorded_at)


def correct_clock(writing: Writing, reason: str, *, expected: FalseRun | None = None) -> ClockRecorded:
    """Record that the clock was wrong when the last events of the log were written.

    The stored times of these events stay, but the events count as recorded at the time of this write. `expected` is the
    run of events that the user was shown. Raises NotAllowedError if there is no such run, or if it has changed since it
    was shown.
    """
    why = required(reason, "reason")
    with writing.journal(of_plan=False, clock_checked=False) as journal:
        require(writing.session, writing.actor, Permission.KEEP_CLOCK)
        run = false_run(writing.session, writing.at)
        if run is None:
            raise NotAllowedError(
                tr("no write in the log is later than this computer's clock, so there is nothing to correct")
            )
        if expected is not None and run != expected:
            raise NotAllowedError(
                tr("something else was recorded in the meantime"), do=tr("Check the clock with 'planner clock'")
            )
        journal.at = _after(writing.session, run.first_seq, writing.at)
        row = _add(journal, run, counts_from=journal.at, reason=why, action="correct-clock")
        return ClockRecorded(run.first_seq, run.last_seq, why, row.actor, row.recorded_at)


def accept_clock(writing: Writing, reason: str) -> ClockRecorded:
    """Record that the clock is right although the last write was long ago.

    Later clock checks compare the clock with the time of this write. Raises NotAllowedError if the clock is not in
    doubt, or if it is earlier than the last event of the log.
    """
    why = required(reason, "reason")
    with writing.journal(of_plan=False, clock_checked=False) as journal:
        require(writing.session, writing.actor, Permission.KEEP_CLOCK)
        last = last_event(writing.session)
        if last is None or clock_fault(writing.at, last.recorded_at) is not ClockFault.AHEAD:
            raise NotAllowedError(tr("there is nothing to accept: the last write is recent, so the clock is trusted"))
        run = FalseRun(last.seq, last.seq, last.recorded_at, last.recorded_at)
        row = _add(journal, run, counts_from=last.recorded_at, reason=why, action="accept-clock")
        return ClockRecorded(None, None, why, row.actor, row.recorded_at)


def _after(session: Session, first_seq: int, at: datetime) -> datetime:
    """Return the time of a correction: `at`, or just after the last event before the wrong events if that is later."""
    before = session.execute(select(AuditEvent.recorded_at).where(AuditEvent.seq == first_seq - 1)).scalar()
    return at if before is None else max(at, before + timedelta(microseconds=1))


def _add(journal: Journal, run: FalseRun, *, counts_from: datetime, reason: str, action: str) -> ClockCorrection:
    row = ClockCorrection(
        first_seq=run.first_seq,
        last_seq=run.last_seq,
        false_from=run.false_from,
        false_until=run.false_until,
        counts_from=counts_from,
        reason=reason,
    )
    return journal.add(row, action=action, label="clock", reason=reason)
