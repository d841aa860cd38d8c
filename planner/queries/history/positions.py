"""Which register a file was made from, and how much of its audit log was known then."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from planner.queries.weeks.issues import LogPosition
from planner.register.instants import known_by
from planner.store.models import AuditEvent


def read_register_id(session: Session) -> str:
    """Return the leaf of the first event of the log in hexadecimal. No two registers have the same one.

    It is empty while the first plan of a new register is previewed, because nothing is recorded yet.
    """
    leaf: bytes | None = session.execute(select(AuditEvent.leaf).order_by(AuditEvent.seq).limit(1)).scalar()
    return (leaf or b"").hex()


def read_position_at(session: Session, instant: datetime) -> LogPosition:
    """Return the position of the last event that was known at an instant."""
    newest = (
        select(AuditEvent.seq, AuditEvent.leaf)
        .where(known_by(AuditEvent.recorded_at, instant))
        .order_by(AuditEvent.seq.desc())
        .limit(1)
    )
    seq, leaf = session.execute(newest).one()
    return LogPosition(seq, leaf.hex())


def last_recorded(session: Session) -> datetime:
    """Return the instant of the last event of the log."""
    return session.execute(select(AuditEvent.recorded_at).order_by(AuditEvent.seq.desc()).limit(1)).scalar_one()


def has_position(session: Session, position: LogPosition) -> bool:
    """Return whether the log of this register has a position."""
    leaf = session.execute(select(AuditEvent.leaf).where(AuditEvent.seq == position.seq)).scalar_one_or_none()
    return leaf is not None and leaf.hex() == position.leaf


def has_event(session: Session, seq: int, leaf: str) -> bool:
    """Return whether the log of this register has an event with this number and this beginning of its leaf."""
    found = session.execute(select(AuditEvent.leaf).where(AuditEvent.seq == seq)).scalar_one_or_none()
    return found is not None and bool(leaf) and found.hex().startswith(leaf)
