"""Compares an issued week in the audit log with the tables.

They differ if somebody changed rows without the program.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from planner.queries.history.redactions import has_own_bytes
from planner.queries.weeks.issues import IssuedFileView, IssueView, count_late_events
from planner.store.journal import encoded
from planner.store.models import AuditEvent, IssuedFile, WeeklyIssue, row_values

_TABLES = (WeeklyIssue.__tablename__, IssuedFile.__tablename__)

# The values of rows by table and row id.
_Rows = Mapping[tuple[str, int], Mapping[str, Any]]


@dataclass(frozen=True)
class LoggedIssue:
    """The files of an issue according to the audit log, and sentences about contradictions with the log."""

    files: tuple[IssuedFileView, ...]
    contradictions: tuple[str, ...]


def read_logged(session: Session, issue: IssueView) -> LoggedIssue:
    """Return an issue according to its events. An event that does not match its leaf is reported and not used."""
    events = _events(session, issue)
    sound = [event for event in events if has_own_bytes(session, event)]
    logged = {(event.table_name, event.row_id): json.loads(event.body)["after"] for event in sound}
    contradictions = [
        *(f"event {event.seq} of the audit log does not have its own leaf" for event in events if event not in sound),
        *_not_as_logged(logged, _rows(session, issue)),
        *_position(session, issue),
    ]
    files = tuple(_file(values) for (table, _), values in logged.items() if table == IssuedFile.__tablename__)
    return LoggedIssue(files, tuple(contradictions))


def _events(session: Session, issue: IssueView) -> Sequence[AuditEvent]:
    """Return the events of the write that issued the week. They share the instant of that write."""
    chosen = select(AuditEvent).where(
        AuditEvent.recorded_at == issue.recorded_at, AuditEvent.table_name.in_(_TABLES), AuditEvent.action == "issue"
    )
    return session.execute(chosen.order_by(AuditEvent.seq)).scalars().all()


def _rows(session: Session, issue: IssueView) -> _Rows:
    own = session.get_one(WeeklyIssue, issue.id)
    files = session.execute(select(IssuedFile).where(IssuedFile.issue_id == issue.id)).scalars()
    return {(WeeklyIssue.__tablename__, own.id): _encoded(own)} | {
        (IssuedFile.__tablename__, file.id): _encoded(file) for file in files
    }


def _encoded(row: WeeklyIssue | IssuedFile) -> Mapping[str, Any]:
    return {name: encoded(value) for name, value in row_values(row).items()}


def _not_as_logged(logged: _Rows, rows: _Rows) -> Iterator[str]:
    for place in sorted(logged.keys() | rows.keys()):
        table, number = place
        name = f"row {number} of {table}"
        if place not in rows:
            yield f"{name} is in the audit log and no longer in the table"
        elif place not in logged:
            yield f"{name} is in the table and not in the audit log"
        else:
            for column, value in rows[place].items():
                if logged[place].get(column) != value:
                    yield f"{name} says {column} {value}, and the audit log {logged[place].get(column)}"


def _position(session: Session, issue: IssueView) -> Iterator[str]:
    """Yield sentences if the part of the log that the files are based on has changed since the week was issued."""
    at = issue.position
    event = session.get(AuditEvent, at.seq)
    if event is None or event.leaf.hex() != at.leaf or not has_own_bytes(session, event):
        yield f"event {at.seq} of the audit log, the last one that the files know, has been replaced"
    late = count_late_events(session, at, issue.known_at)
    if late:
        yield f"{late} later events of the audit log have instants that the files claim to cover"


def _file(values: Mapping[str, Any]) -> IssuedFileView:
    return IssuedFileView(values["name"], values["format"], values["digest"], values["size"])
