"""Redactions as the log has them: which events and issued files lost text, by an administrator's own record.

An event's bytes that do not have its leaf are believed only where a redaction says so: an event of a later write, of
somebody who was an administrator by the log itself, that names the event and the SHA-256 of its new bytes. What the
tables `redaction` and `redacted_event` say beside the log is a matter of the replay.
"""

import hashlib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from planner.db.dialects import by_no_index
from planner.integrity.bodies import read_body
from planner.integrity.problems import ProblemKind, Problems
from planner.models import (
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
from planner.queries.redactions import RedactionView
from planner.vocabulary import Role

Fields = Mapping[str, Any]

_TABLES = (Redaction.__tablename__, RedactedEvent.__tablename__, Person.__tablename__)


@dataclass
class Redactions:
    """All redactions of a log. `digests` holds, by an event's number, its last redaction and what its bytes must be."""

    made: dict[int, RedactionView] = field(default_factory=dict)
    digests: dict[int, tuple[RedactionView, str]] = field(default_factory=dict)

    @property
    def contents(self) -> Collection[int]:
        """The contents of issued files that were redacted, by their ids."""
        return {one.row for one in self.made.values() if one.table == CONTENT}

    def fault(self, seq: int, body: Any) -> str | None:
        """What is wrong with the bytes of an event that was redacted; None where nothing is."""
        redaction, digest = self.digests[seq]
        if not isinstance(body, bytes) or hashlib.sha256(body).hexdigest() != digest:
            return f"its bytes are not those that redaction {redaction.id} put in their place"
        fields = read_body(body)
        if fields is None or (fields["table"], fields["row"]) != (redaction.table, redaction.row):
            return f"redaction {redaction.id} is of another row"
        if not any(_shows_marker(fields, name) for name in redaction.fields):
            return f"the fields that redaction {redaction.id} names are not redacted in it"
        return None


def logged_redactions(session: Session, problems: Problems) -> Redactions:
    """The redactions that the log has, noting those that no administrator of the time made, or that are malformed."""
    found, administrators = Redactions(), set[str]()
    if not session.execute(select(exists().where(AuditEvent.table_name == Redaction.__tablename__))).scalar():
        return found
    for seq, table, body in _events(session):
        fields = read_body(body) if isinstance(body, bytes) else None
        if fields is None or not isinstance(fields["after"], dict):
            # The chain says what is wrong with it.
            continue
        if table == Person.__tablename__:
            _follow_role(administrators, fields)
            continue
        fault = _taken(found, administrators, seq, fields)
        if fault is not None:
            problems.add(ProblemKind.REDACTION, f"event {seq}", fault)
    return found


def _events(session: Session) -> Iterator[tuple[int, str, Any]]:
    """The events about redactions and people, in the order of the log and by no index."""
    table = by_no_index(session.connection().dialect.name, AuditEvent.__table__.c.table_name)
    statement = select(AuditEvent.seq, AuditEvent.table_name, AuditEvent.body).where(table.in_(_TABLES))
    for row in session.execute(statement.order_by(AuditEvent.seq)):
        yield row[0], row[1], row[2]


def _follow_role(administrators: set[str], fields: Fields) -> None:
    person = fields["after"]
    administrators.discard((fields["before"] or {}).get("login", ""))
    if person.get("role") == Role.ADMINISTRATOR and person.get("active") is True:
        administrators.add(person.get("login", ""))


def _taken(found: Redactions, administrators: Collection[str], seq: int, fields: Fields) -> str | None:
    """Take an event about a redaction in; what is wrong with it where it cannot be."""
    if fields["actor"] not in administrators:
        return f"{fields['actor']}, who was no administrator then, recorded a redaction"
    if fields["before"] is not None:
        return "it changes a redaction, and none is ever changed"
    try:
        take = _take_redaction if fields["table"] == Redaction.__tablename__ else _take_event
        return take(found, seq, fields)
    except (KeyError, TypeError, ValueError, AttributeError):
        return "it is not a redaction as the program records one"


def _take_redaction(found: Redactions, seq: int, fields: Fields) -> str | None:
    row = fields["after"]
    names = tuple(row["fields"].split(","))
    allowed = (CONTENT_FIELD,) if row["table_name"] == CONTENT else redactable_fields(row["table_name"])
    if not set(names) <= set(allowed) or row["actor"] != fields["actor"]:
        return f"no redaction removes {', '.join(names)} of {row['table_name']}"
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
        return "it names an event for a redaction of another write, or of none"
    if row["seq"] >= redaction.seq:
        return f"redaction {redaction.id} replaces an event that came after it"
    found.made[redaction.id] = whole = replace(redaction, events=(*redaction.events, row["seq"]))
    found.digests[row["seq"]] = (whole, row["digest"])
    return None


def _shows_marker(fields: Fields, name: str) -> bool:
    """Whether the marker stands in a field of an event, in either image, or as its reason."""
    images = (image for image in (fields["before"], fields["after"]) if isinstance(image, dict))
    return any(image.get(name) == REDACTED for image in images) or (name == REASON and fields[REASON] == REDACTED)
