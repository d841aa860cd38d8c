"""What was redacted: which text of which row, who removed it, when and why, and in which events."""

import hashlib
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from planner.journal import leaf_of
from planner.models import CONTENT, AuditEvent, IssuedContent, RedactedEvent, Redaction


@dataclass(frozen=True)
class RedactionView:
    """A redaction: the row, the fields whose text is gone, and the events whose bytes were replaced."""

    id: int
    table: str
    row: int
    fields: tuple[str, ...]
    reason: str
    actor: str
    recorded_at: datetime
    events: tuple[int, ...]

    @property
    def in_words(self) -> str:
        """Which one it is, who made it and when (in UTC), for a sentence."""
        return f"redaction {self.id} {self.by_whom}"

    @property
    def by_whom(self) -> str:
        """Who made it and when (in UTC), for a sentence."""
        return f"by {self.actor} on {self.recorded_at:%Y-%m-%d}"

    @property
    def told(self) -> str:
        """What it removed, by whom, when and why."""
        return f"{', '.join(self.fields)}, {self.in_words}: {self.reason}"


def read_redactions(session: Session) -> tuple[RedactionView, ...]:
    """All redactions, oldest first."""
    events = defaultdict(list)
    for redaction, seq in session.execute(
        select(RedactedEvent.redaction_id, RedactedEvent.seq).order_by(RedactedEvent.id)
    ):
        events[redaction].append(seq)
    rows = session.execute(select(Redaction).order_by(Redaction.id)).scalars()
    return tuple(redaction_view(row, events[row.id]) for row in rows)


def redactions_after(session: Session, seq: int) -> tuple[RedactionView, ...]:
    """The redactions of rows that the log has after an event, oldest first; those of kept files are left out."""
    later = select(AuditEvent.row_id).where(AuditEvent.table_name == Redaction.__tablename__, AuditEvent.seq > seq)
    ids = set(session.execute(later).scalars())
    return tuple(one for one in read_redactions(session) if one.id in ids and one.table != CONTENT)


def redaction_view(row: Redaction, events: Collection[int]) -> RedactionView:
    """A redaction's row and its events as a view."""
    return RedactionView(
        id=row.id,
        table=row.table_name,
        row=row.row_id,
        fields=tuple(row.fields.split(",")),
        reason=row.reason,
        actor=row.actor,
        recorded_at=row.recorded_at,
        events=tuple(events),
    )


def redactions_of_events(session: Session, seqs: Collection[int]) -> Mapping[int, tuple[RedactionView, ...]]:
    """The redactions of each of some events, oldest first; events that nobody redacted are left out."""
    found = defaultdict(list)
    rows = session.execute(
        select(RedactedEvent.seq, Redaction)
        .join(Redaction, Redaction.id == RedactedEvent.redaction_id)
        .where(RedactedEvent.seq.in_(seqs))
        .order_by(Redaction.id)
    )
    for seq, row in rows:
        found[seq].append(redaction_view(row, [seq]))
    return {seq: tuple(views) for seq, views in found.items()}


def redacted_tables(session: Session) -> set[str]:
    """The names of the tables from which text was redacted."""
    return set(session.execute(select(Redaction.table_name).distinct()).scalars())


def redaction_of_bytes(session: Session, digest: str) -> RedactionView | None:
    """The redaction that removed the kept bytes of an issued file; None where there is none."""
    row = session.execute(
        select(Redaction)
        .join(IssuedContent, IssuedContent.id == Redaction.row_id)
        .where(Redaction.table_name == CONTENT, IssuedContent.digest == digest)
        .limit(1)
    ).scalar_one_or_none()
    return redaction_view(row, ()) if row else None


def has_own_bytes(session: Session, event: AuditEvent) -> bool:
    """Whether an event's bytes are those of its leaf, or those that the last redaction of it put in their place."""
    if leaf_of(event.body) == event.leaf:
        return True
    last = select(RedactedEvent.digest).where(RedactedEvent.seq == event.seq).order_by(RedactedEvent.id.desc()).limit(1)
    return session.execute(last).scalar_one_or_none() == hashlib.sha256(event.body).hexdigest()
