"""Redactions: which texts were removed from which rows, by whom, when and why, and the events that were changed."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from planner.base.language import tr
from planner.base.views import value_class
from planner.store.journal import leaf_of
from planner.store.models import CONTENT, AuditEvent, RedactedEvent, Redaction


@value_class
class RedactionView:
    """A redaction: the row, the fields whose text was removed, and the events whose bytes were replaced.

    `seq` is the sequence number of the event that recorded the redaction. `write` is the id of the write, or None if
    the redaction was made before writes had ids.
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
        """A phrase with the redaction's number, its author and its date in UTC."""
        return tr("redaction {number} by {person} on {day}", number=self.id, person=self.actor, day=self._day)

    @property
    def by_whom(self) -> str:
        """A phrase with the redaction's author and its date in UTC."""
        return tr("by {person} on {day}", person=self.actor, day=self._day)

    @property
    def summary(self) -> str:
        """A phrase with the removed fields, the author, the date and the reason."""
        return f"{', '.join(self.fields)}, {self.in_words}: {self.reason}"

    @property
    def _day(self) -> str:
        return f"{self.recorded_at.astimezone(UTC):%Y-%m-%d}"


# Redactions with their events in the log. A row without an event is left out here, and verification reports it.
_ROWS = select(Redaction, AuditEvent.seq, AuditEvent.write_id).join(
    AuditEvent, (AuditEvent.table_name == Redaction.__tablename__) & (AuditEvent.row_id == Redaction.id)
)


def read_redactions(session: Session) -> tuple[RedactionView, ...]:
    """Return all redactions, oldest first."""
    events = defaultdict(list)
    for redaction, seq in session.execute(
        select(RedactedEvent.redaction_id, RedactedEvent.seq).order_by(RedactedEvent.id)
    ):
        events[redaction].append(seq)
    rows = session.execute(_ROWS.order_by(Redaction.id))
    return tuple(_view(row, seq, write, events[row.id]) for row, seq, write in rows)


def redactions_after(session: Session, seq: int) -> tuple[RedactionView, ...]:
    """Return the redactions recorded after an event, oldest first. Redactions of issued files are left out."""
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
    """Return the redactions of each of these events, oldest first, by the event's sequence number.

    The result has no entry for an event without a redaction.
    """
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
    """Return the names of the tables from which text was redacted."""
    return set(session.execute(select(Redaction.table_name).distinct()).scalars())


def redaction_of_bytes(session: Session, digest: str) -> RedactionView | None:
    """Return the redaction that removed the stored bytes of an issued file, or None if there is none."""
    from planner.store.models import IssuedContent  # mapped only for this, not for every log

    found = session.execute(
        _ROWS.join(IssuedContent, IssuedContent.id == Redaction.row_id)
        .where(Redaction.table_name == CONTENT, IssuedContent.digest == digest)
        .limit(1)
    ).first()
    return _view(*found, ()) if found else None


def has_own_bytes(session: Session, event: AuditEvent) -> bool:
    """Return whether an event has its original bytes, or the bytes that its last redaction wrote.

    The redaction is looked up in the log, not in the table `redacted_event`, because somebody may have changed that
    table without the program. Verification checks whether an administrator made the redaction.
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
    replacement = json.loads(last.body)["after"]
    return bool((replacement["seq"], replacement["digest"]) == (event.seq, hashlib.sha256(event.body).hexdigest()))


def event_label(seq: int) -> str:
    """Return the label of the log entry for the replacement of an event's bytes."""
    return f"event {seq}"
