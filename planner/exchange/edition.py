"""The edition of an exported file: the last event in the log that could affect its content.

The file has no other date, so the same facts give the same bytes whenever the file is written.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from planner.register.instants import known_by
from planner.register.reading import Reading
from planner.store.journal import encoded
from planner.store.models import AuditEvent


@dataclass(frozen=True)
class Edition:
    """The number and instant of an event. The file contains nothing that was recorded after this event."""

    event: int
    recorded_at: datetime

    @property
    def instant(self) -> str:
        """The instant in UTC, in the format of the log."""
        return str(encoded(self.recorded_at))


def last_edition(reading: Reading, tables: Collection[str]) -> Edition:
    """Return the last event known at an instant that changed a row of these tables.

    There is always such an event, because the plan itself was added by an event.
    """
    # docs/decisions/0083: the time of writing would change the bytes.
    newest = select(func.max(AuditEvent.seq)).where(AuditEvent.table_name.in_(tables))
    if reading.known_at is not None:
        newest = newest.where(known_by(AuditEvent.recorded_at, reading.known_at))
    event = select(AuditEvent.seq, AuditEvent.recorded_at).where(AuditEvent.seq == newest.scalar_subquery())
    seq, recorded_at = reading.session.execute(event).one()
    return Edition(seq, recorded_at)
