"""Which edition of the register an exchanged file tells of: the last event of the log that it could tell of.

A file has no other date: the same facts give the same bytes, whenever they are written.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from planner.journal import encoded
from planner.models import AuditEvent
from planner.queries.instants import known_by


@dataclass(frozen=True)
class Edition:
    """The number and the instant of an event: nothing that a file tells of was recorded after it."""

    event: int
    recorded_at: datetime

    @property
    def instant(self) -> str:
        """The instant in UTC, as the log writes it."""
        return str(encoded(self.recorded_at))


def last_edition(session: Session, tables: Collection[str], known_at: datetime | None) -> Edition:
    """The last event, of those known at an instant, that changed a row of some tables. There is one: the plan's own."""
    newest = select(func.max(AuditEvent.seq)).where(AuditEvent.table_name.in_(tables))
    if known_at is not None:
        newest = newest.where(known_by(AuditEvent.recorded_at, known_at))
    event = select(AuditEvent.seq, AuditEvent.recorded_at).where(AuditEvent.seq == newest.scalar_subquery())
    seq, recorded_at = session.execute(event).one()
    return Edition(seq, recorded_at)
