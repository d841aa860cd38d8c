"""What was redacted: which text of which row, who removed it, when and why, and in which events."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from planner.journal import leaf_of
from planner.models import CONTENT, AuditEvent, IssuedContent, RedactedEvent, Redaction


@dataclass(frozen=True)
class RedactionView:
    """A redaction: the row, the fields whose text is gone, and the events whose bytes were replaced.

    `seq` is its own event in the log, `write` the write that made it, None where it is older than the ids of writes.
    """

    id: int
    seq: int
    table: str
    row: int
    fields: tuple[str, ...]
    reason: str
    actor: str
    recorded_at: datetime
    write: str | None
    events: tuple[int, ...] = ()

    @property
    def in_words(self) -> str:
        """Which one it is, who made it and when (in UTC), for a sentence."""
        return f"redaction {self.id} {self.by_whom}"

    @property
    def by_whom(self) -> str:
        """Who made it and when (in UTC), for a sentence."""
        return f"by {self.actor} on {self.recorded_at.astimezone(UTC):%Y-%m-%d}"

    @property
    def told(self) -> str:
        """What it removed, by whom, when and why."""
        return f"{', '.join(self.fields)}, {self.in_words}: {self.reason}"


# The rows of redactions, each with its event in the log. A row without one is no redaction; verification reports it.
_ROWS = select(Redaction, AuditEvent.seq, AuditEvent.write_id).join(
    AuditEvent, (AuditEvent.table_name == Redaction.__tablename__) & (AuditEvent.row_id == Redaction.id)
)


def read_redactions(session: Session) -> tuple[RedactionView, ...]:
    """All redactions, oldest first."""
    events = defaultdict(list)
    for redaction, seq in session.execute(
        select(RedactedEvent.redaction_id, RedactedEvent.seq).order_by(RedactedEvent.id)
    ):
        events[redaction].append(seq)
    rows = session.execute(_ROWS.order_by(Redaction.id))
    return tuple(_view(row, seq, write, events[row.id]) for row, seq, write in rows)


def redactions_after(session: Session, seq: int) -> tuple[RedactionView, ...]:
    """The redactions of rows that the log has after an event, oldest first; those of kept files are left out."""
    return tuple(one for one in read_redactions(session) if one.seq > seq and one.table != CONTENT)


def _view(row: Redaction, seq: int, write: str | None, events: Collection[int]) -> RedactionView:
    return RedactionView(
        id=row.id,
        seq=seq,
        table=row.table_name,
        row=row.row_id,
        fields=tuple(row.fields.split(",")),
        reason=row.reason,
        actor=row.actor,
        recorded_at=row.recorded_at,
        write=write,
        events=tuple(events),
    )


def redactions_of_events(session: Session, seqs: Collection[int]) -> Mapping[int, tuple[RedactionView, ...]]:
    """The redactions of each of some events, oldest first; events that nobody redacted are left out."""
    found = defaultdict(list)
    rows = session.execute(
        _ROWS.add_columns(RedactedEvent.seq)
        .join(RedactedEvent, RedactedEvent.redaction_id == Redaction.id)
        .where(RedactedEvent.seq.in_(seqs))
        .order_by(Redaction.id)
    )
    for row, own, write, seq in rows:
        found[seq].append(_view(row, own, write, [seq]))
    return {seq: tuple(views) for seq, views in found.items()}


def redacted_tables(session: Session) -> set[str]:
    """The names of the tables from which text was redacted."""
    return set(session.execute(select(Redaction.table_name).distinct()).scalars())


def redaction_of_bytes(session: Session, digest: str) -> RedactionView | None:
    """The redaction that removed the kept bytes of an issued file; None where there is none."""
    found = session.execute(
        _ROWS.join(IssuedContent, IssuedContent.id == Redaction.row_id)
        .where(Redaction.table_name == CONTENT, IssuedContent.digest == digest)
        .limit(1)
    ).first()
    return _view(*found, ()) if found else None


def has_own_bytes(session: Session, event: AuditEvent) -> bool:
    """Whether an event's bytes are those of its leaf, or those that the last redaction of it put in their place.

    The log says which those are, not the table `redacted_event`: somebody may have written to that around the program.
    Whether an administrator redacted is left to verification.
    """
    if leaf_of(event.body) == event.leaf:
        return True
    last = session.execute(
        select(AuditEvent)
        .where(
            AuditEvent.table_name == RedactedEvent.__tablename__,
            AuditEvent.label == event_label(event.seq),
            AuditEvent.seq > event.seq,
        )
        .order_by(AuditEvent.seq.desc())
        .limit(1)
    ).scalar_one_or_none()
    if last is None or leaf_of(last.body) != last.leaf:
        return False
    said = json.loads(last.body)["after"]
    return bool((said["seq"], said["digest"]) == (event.seq, hashlib.sha256(event.body).hexdigest()))


def event_label(seq: int) -> str:
    """What the log calls the replacing of an event's bytes."""
    return f"event {seq}"
