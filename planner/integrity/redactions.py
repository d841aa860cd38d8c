"""Read the redactions from the log: the events and issued files from which an administrator removed text.

Bytes of an event that do not match its leaf are accepted only if a redaction explains them. The redaction must be an
event of a later write, made by a person who was an administrator according to the log. It must name the redacted event
and the SHA-256 of the event's new bytes. The tables `redaction` and `redacted_event` are compared with the log by the
replay.
"""

import hashlib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from planner.base.language import tr
from planner.domain.vocabulary import Role
from planner.integrity.event_bytes import read_body
from planner.integrity.problems import ProblemKind, Problems
from planner.queries.history.redactions import RedactionView
from planner.store.dialects import without_index
from planner.store.models import (
    CONTENT,
    CONTENT_FIELD,
    REASON,
    REDACTED,
    AuditEvent,
    Person,
    RedactedEvent,
    Redaction,
    redactable_fields,
)

Fields = Mapping[str, Any]

_TABLES = (Redaction.__tablename__, RedactedEvent.__tablename__, Person.__tablename__)


@dataclass
class Redactions:
    """All redactions in a log.

    `digests` maps the number of each redacted event to its last redaction and the digest of its new bytes.
    """

    made: dict[int, RedactionView] = field(default_factory=dict)
    digests: dict[int, tuple[RedactionView, str]] = field(default_factory=dict)

    @property
    def contents(self) -> Collection[int]:
        """The ids of the redacted contents of issued files."""
        return {one.row for one in self.made.values() if one.table == CONTENT}

    def fault(self, seq: int, body: Any) -> str | None:
        """Return what is wrong with the bytes of a redacted event, or None."""
        redaction, digest = self.digests[seq]
        if not isinstance(body, bytes) or hashlib.sha256(body).hexdigest() != digest:
            return tr("the bytes of this event are not those that redaction {id} wrote", id=redaction.id)
        fields = read_body(body)
        if fields is None or (fields["table"], fields["row"]) != (redaction.table, redaction.row):
            return tr("redaction {id} belongs to another row", id=redaction.id)
        if not any(_shows_marker(fields, name) for name in redaction.fields):
            return tr("the fields that redaction {id} names are not redacted in this event", id=redaction.id)
        return None


def logged_redactions(session: Session, problems: Problems) -> Redactions:
    """Return the redactions in the log.

    Redactions that are malformed, or that were not made by an administrator of that time, are added to `problems`.
    """
    found, administrators = Redactions(), set[str]()
    if not session.execute(select(exists().where(AuditEvent.table_name == Redaction.__tablename__))).scalar():
        return found
    for seq, table, body in _events(session):
        fields = read_body(body) if isinstance(body, bytes) else None
        if fields is None or not isinstance(fields["after"], dict):
            # The check of the chain reports this event.
            continue
        if table == Person.__tablename__:
            _follow_role(administrators, fields)
            continue
        fault = _accept(found, administrators, seq, fields)
        if fault is not None:
            problems.add(ProblemKind.REDACTION, f"event {seq}", fault)
    return found


def _events(session: Session) -> Iterator[tuple[int, str, Any]]:
    """Yield the events about redactions and people, in the order of the log, without using an index."""
    table = without_index(session.connection().dialect.name, AuditEvent.__table__.c.table_name)
    statement = select(AuditEvent.seq, AuditEvent.table_name, AuditEvent.body).where(table.in_(_TABLES))
    for row in session.execute(statement.order_by(AuditEvent.seq)):
        yield row[0], row[1], row[2]


def _follow_role(administrators: set[str], fields: Fields) -> None:
    person = fields["after"]
    administrators.discard((fields["before"] or {}).get("login", ""))
    if person.get("role") == Role.ADMINISTRATOR and person.get("active") is True:
        administrators.add(person.get("login", ""))


def _accept(found: Redactions, administrators: Collection[str], seq: int, fields: Fields) -> str | None:
    """Add the redaction that an event records. Return why the redaction is not valid, or None if it is valid."""
    if fields["actor"] not in administrators:
        return tr("{actor}, who was not an administrator then, recorded a redaction", actor=fields["actor"])
    if fields["before"] is not None:
        return tr("this event changes a redaction, which is never allowed")
    try:
        take = _take_redaction if fields["table"] == Redaction.__tablename__ else _take_event
        return take(found, seq, fields)
    except (KeyError, TypeError, ValueError, AttributeError):
        return tr("this event is not a redaction in the form that planner records")


def _take_redaction(found: Redactions, seq: int, fields: Fields) -> str | None:
    row = fields["after"]
    names = tuple(row["fields"].split(","))
    allowed = (CONTENT_FIELD,) if row["table_name"] == CONTENT else redactable_fields(row["table_name"])
    if not set(names) <= set(allowed) or row["actor"] != fields["actor"]:
        return tr("planner never redacts {fields} of {table}", fields=", ".join(names), table=row["table_name"])
    found.made[row["id"]] = RedactionView(
        id=row["id"],
        seq=seq,
        table=row["table_name"],
        row=row["row_id"],
        fields=names,
        reason=row["reason"],
        actor=row["actor"],
        recorded_at=datetime.fromisoformat(row["recorded_at"]),
        write=fields["write"],
    )
    return None


def _take_event(found: Redactions, _seq: int, fields: Fields) -> str | None:
    row = fields["after"]
    redaction = found.made.get(row["redaction_id"])
    if redaction is None or (redaction.actor, redaction.write) != (fields["actor"], fields["write"]):
        return tr("this event assigns another event to a redaction of another write, or to a missing redaction")
    if row["seq"] >= redaction.seq:
        return tr("redaction {id} replaces an event that was recorded after the redaction", id=redaction.id)
    found.made[redaction.id] = whole = replace(redaction, events=(*redaction.events, row["seq"]))
    found.digests[row["seq"]] = (whole, row["digest"])
    return None


def _shows_marker(fields: Fields, name: str) -> bool:
    """Whether the named field of an event, or the event's reason, has been replaced by the marker of redacted text."""
    images = (image for image in (fields["before"], fields["after"]) if isinstance(image, dict))
    return any(image.get(name) == REDACTED for image in images) or (name == REASON and fields[REASON] == REDACTED)
