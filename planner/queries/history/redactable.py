"""What a redaction would remove: the texts of a row, and all events and issued files that contain them."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from planner.base.errors import BadValueError, UnknownNameError
from planner.base.fingerprints import canonical_json
from planner.base.language import tr
from planner.base.listing import listed
from planner.queries.history.log_subjects import events_of_item, items_of_rows
from planner.queries.weeks.issued_text import files_with
from planner.store.dialects import contains_bytes
from planner.store.models import REASON, REDACTABLE, REDACTED, AuditEvent, redactable_fields

Body = Mapping[str, Any]


@dataclass(frozen=True)
class RowTexts:
    """The texts to remove from a row, by field, and the events of the row that will get new bytes."""

    table: str
    row: int
    label: str
    texts: Mapping[str, str]
    events: tuple[int, ...]


@dataclass(frozen=True)
class ToRedact:
    """What a redaction removes.

    `rows` starts with the row that the user chose. The other rows are from the same write and have one of the same
    texts, such as a reason given once for several rows. `item` is the code of the chosen row's item. `files` are the
    names of issued files whose stored bytes will be removed. `elsewhere` are events that contain one of the texts but
    stay unchanged, because they belong to other writes or have it only as a part of a longer text.
    """

    item: str | None
    rows: tuple[RowTexts, ...]
    files: tuple[str, ...]
    elsewhere: tuple[int, ...]

    @property
    def first(self) -> RowTexts:
        """The row that the user wants to redact."""
        return self.rows[0]

    @property
    def events(self) -> tuple[int, ...]:
        """The sequence numbers of all events whose bytes will be replaced, in log order."""
        return tuple(sorted(seq for row in self.rows for seq in row.events))


@dataclass(frozen=True)
class StillThere:
    """A record that keeps a text after a redaction: an event by which it can be redacted too, and its fields."""

    seq: int
    fields: tuple[str, ...]


@dataclass(frozen=True)
class Removal:
    """A redaction with its data.

    `bodies` has the new bytes of each event, by sequence number. `contents` has the names of issued files, by the id of
    their stored bytes.
    """

    what: ToRedact
    bodies: Mapping[int, bytes]
    contents: Mapping[int, str]


def has_event(session: Session, seq: int) -> bool:
    """Return whether the log has an event with this number."""
    return session.execute(select(AuditEvent.seq).where(AuditEvent.seq == seq)).first() is not None


def event_of_item(session: Session, item_id: int, code: str, fields: Sequence[str]) -> int:
    """Return the sequence number of an item's latest event with text in all these fields.

    Raises UnknownNameError if there is no such event, and BadValueError if there are such events of several rows.
    """
    events = (
        session.execute(select(AuditEvent).where(AuditEvent.seq.in_(events_of_item(item_id))).order_by(AuditEvent.seq))
        .scalars()
        .all()
    )
    newest = {
        (event.table_name, event.row_id): event.seq
        for event in events
        if set(fields) <= _texts(event.table_name, json.loads(event.body)).keys()
    }
    if not newest:
        raise _without_text(events, code, fields)
    if len(newest) > 1:
        raise BadValueError(
            tr(
                "{number} records of {code} have text in {fields}. Their events: {events}",
                number=len(newest),
                code=code,
                fields=listed(fields),
                events=listed(newest.values()),
            ),
            where="EVENT",
            do=tr("Give one of these event numbers; see 'planner log {code}'", code=code),
        )
    return next(iter(newest.values()))


def _without_text(events: Sequence[AuditEvent], code: str, fields: Sequence[str]) -> UnknownNameError:
    there = sorted({field for event in events for field in _texts(event.table_name, json.loads(event.body))})
    can = tr("The fields with text are {fields}", fields=listed(there)) if there else tr("This item has no text")
    return UnknownNameError(
        tr("{code} has no text in {fields}", code=code, fields=listed(fields)), where="field", do=can
    )


def read_removal(session: Session, seq: int, fields: Sequence[str]) -> Removal:
    """Return what is removed if these fields of an event are redacted.

    Raises UnknownNameError if there is no such event. Raises BadValueError for a field without text that can be
    redacted.
    """
    event = session.get(AuditEvent, seq)
    if event is None:
        raise UnknownNameError(tr("the log has no event {seq}", seq=seq), where="EVENT", do=tr("See 'planner log'"))
    texts = _named_texts(event, fields)
    bodies: dict[int, bytes] = {}
    rows = []
    for other, found in [(event, texts), *_repeating(session, event, texts)]:
        new = _new_bodies(session, other, found)
        rows.append(RowTexts(other.table_name, other.row_id, other.label, found, tuple(new)))
        bodies |= new
    contents: dict[int, str] = {}
    for text in texts.values():
        contents |= files_with(session, text, min(bodies))
    place = (event.table_name, event.row_id)
    what = ToRedact(
        item=items_of_rows(session, [place]).get(place),
        rows=tuple(rows),
        files=tuple(contents.values()),
        elsewhere=_remaining_events(session, texts.values(), bodies),
    )
    return Removal(what, bodies, contents)


def read_still_there(session: Session, what: ToRedact) -> tuple[StillThere, ...]:
    """Return the records that keep one of the texts, also within a longer text, after what is redacted now.

    Each comes once, with its first event, because a redaction removes a text from all events of a record.
    """
    texts = what.first.texts.values()
    found: dict[tuple[str, int], StillThere] = {}
    for event in session.execute(
        select(AuditEvent).where(AuditEvent.seq.in_(what.elsewhere)).order_by(AuditEvent.seq)
    ).scalars():
        there = _texts(event.table_name, json.loads(event.body))
        fields = tuple(field for field, value in there.items() if any(text in value for text in texts))
        if fields:
            found.setdefault((event.table_name, event.row_id), StillThere(event.seq, fields))
    return tuple(found.values())


def _repeating(
    session: Session, event: AuditEvent, texts: Mapping[str, str]
) -> Iterator[tuple[AuditEvent, dict[str, str]]]:
    """Yield the events of other rows from the same write that have one of these texts in the same field.

    Each event comes with the texts that it repeats.

    Only reasons and notes can be given once for several rows; titles and names belong to one row each.
    """
    if event.write_id is None:
        return
    yielded = {(event.table_name, event.row_id)}
    for other in session.execute(
        select(AuditEvent).where(AuditEvent.write_id == event.write_id).order_by(AuditEvent.seq)
    ).scalars():
        place = (other.table_name, other.row_id)
        there = _texts(other.table_name, json.loads(other.body))
        given = {REASON, *REDACTABLE.get(other.table_name, ())}
        found = {field: text for field, text in there.items() if field in given and texts.get(field) == text}
        if found and place not in yielded:
            yielded.add(place)
            yield other, found


def _texts(table: str, body: Body) -> dict[str, str]:
    """Return the redactable texts of an event by field: the new value, or the old value if there is no new one."""
    found = {}
    for field in redactable_fields(table):
        values = [image[field] for image in (body["after"], body["before"]) if image and field in image]
        values += [body[REASON]] if field == REASON else []
        text = next((value for value in values if isinstance(value, str) and value != REDACTED), None)
        if text:
            found[field] = text
    return found


def _named_texts(event: AuditEvent, fields: Sequence[str]) -> dict[str, str]:
    """Return the texts of the named fields. Raises BadValueError for a field without redactable text."""
    there = _texts(event.table_name, json.loads(event.body))
    for field in fields:
        if field not in there:
            can = (
                tr("The fields with text are {fields}", fields=listed(there))
                if there
                else tr("No field of this event has text that can be redacted")
            )
            raise BadValueError(
                tr(
                    "event {seq} ({action} {label}) has no text in '{field}' that can be redacted",
                    seq=event.seq,
                    action=event.action,
                    label=event.label,
                    field=field,
                ),
                where="field",
                do=can,
            )
    return {field: there[field] for field in dict.fromkeys(fields)}


def _new_bodies(session: Session, event: AuditEvent, texts: Mapping[str, str]) -> dict[int, bytes]:
    """Return the new bytes of all events about the event's row that contain one of the texts, by sequence number."""
    rows = session.execute(
        select(AuditEvent.seq, AuditEvent.body)
        .where(AuditEvent.table_name == event.table_name, AuditEvent.row_id == event.row_id)
        .order_by(AuditEvent.seq)
    )
    replaced = {seq: (body, canonical_json(_redacted_body(json.loads(body), texts))) for seq, body in rows}
    return {seq: new for seq, (old, new) in replaced.items() if new != old}


def _redacted_body(body: Body, texts: Mapping[str, str]) -> dict[str, Any]:
    """Return the body of an event without these texts. They are removed from its fields and from its reason."""

    def redacted(image: Body | None) -> Body | None:
        return image and {name: REDACTED if (name, value) in texts.items() else value for name, value in image.items()}

    reason = REDACTED if body[REASON] in texts.values() else body[REASON]
    return {**body, "before": redacted(body["before"]), "after": redacted(body["after"]), REASON: reason}


def _remaining_events(session: Session, texts: Iterable[str], bodies: Mapping[int, bytes]) -> tuple[int, ...]:
    """Return the events that will still contain one of the texts after the redaction."""
    dialect, found = session.connection().dialect, set[int]()
    for text in texts:
        wanted = json.dumps(text, ensure_ascii=False)[1:-1].encode()
        holding = select(AuditEvent.seq).where(contains_bytes(dialect.name, AuditEvent.__table__.c.body, wanted))
        found.update(seq for seq in session.execute(holding).scalars() if wanted in bodies.get(seq, wanted))
    return tuple(sorted(found))
