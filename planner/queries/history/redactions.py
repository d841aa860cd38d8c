"""Redactions: which texts were removed from which rows, by whom, when and why, and the events that were changed."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from planner.base.language import tr
from planner.base.views import value_class
from planner.register.raw_rows import columns, raw_rows
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
@cache
def _select_redactions() -> Select[Any]:
    own, event = columns(Redaction), columns(AuditEvent)
    of_redaction = (event.table_name == Redaction.__tablename__) & (event.row_id == own.id)
    events = Redaction.__table__.join(AuditEvent.__table__, of_redaction)
    return select(*own, event.seq, event.write_id).select_from(events).order_by(own.id)


def read_redactions(session: Session) -> tuple[RedactionView, ...]:
    """Return all redactions, oldest first."""
    events = defaultdict(list)
    for redaction, seq in session.execute(
        select(RedactedEvent.redaction_id, RedactedEvent.seq).order_by(RedactedEvent.id)
    ):
        events[redaction].append(seq)
    rows: Sequence[Any] = raw_rows(session, _select_redactions())
    return tuple(_view(row, events[row.id]) for row in rows)


def redactions_after(session: Session, seq: int) -> tuple[RedactionView, ...]:
    """Return the redactions recorded after an event, oldest first. Redactions of issued files are left out."""
    return tuple(one for one in read_redactions(session) if one.seq > seq and one.table != CONTENT)


def _view(row: Any, events: Collection[int]) -> RedactionView:
    return RedactionView(
        id=row.id,
        seq=row.seq,
        table=row.table_name,
        row=row.row_id,
        fields=tuple(row.fields.split(",")),
        reason=row.reason,
        actor=row.actor,
        recorded_at=row.recorded_at,
        write=row.write_id,
        events=tuple(events),
    )


def redactions_of_events(session: Session, seqs: Collection[int]) -> Mapping[int, tuple[RedactionView, ...]]:
    """Return the redactions of each of these events, oldest first, by the event's sequence number.

    The result has no entry for an event without a redaction.
    """
    found = defaultdict(list)
    removed = columns(RedactedEvent)
    statement = (
        _select_redactions()
        .add_columns(removed.seq.label("removed"))
        .join(RedactedEvent.__table__, removed.redaction_id == columns(Redaction).id)
        .where(removed.seq.in_(seqs))
    )
    rows: Sequence[Any] = raw_rows(session, statement)
    for row in rows:
        found[row.removed].append(_view(row, [row.removed]))
    return {seq: tuple(views) for seq, views in found.items()}


def redacted_tables(session: Session) -> set[str]:
    """Return the names of the tables from which text was redacted."""
    return set(session.execute(select(Redaction.table_name).distinct()).scalars())


def redaction_of_bytes(session: Session, digest: str) -> RedactionView | None:
    """Return the redaction that removed the stored bytes of an issued file, or None if there is none."""
    from planner.store.models import IssuedContent  # imported only for this, not for every log

    own, content = columns(Redaction), columns(IssuedContent)
    found = raw_rows(
        session,
        _select_redactions()
        .join(IssuedContent.__table__, content.id == own.row_id)
        .where(own.table_name == CONTENT, content.digest == digest)
        .limit(1),
    )
    return _view(found[0], ()) if found else None


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
