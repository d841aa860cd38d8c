"""The audit log's one way in: a write transaction that notes every row it adds or changes.

The form of an event is documented in docs/audit-log.md. In short: the event's exact bytes are stored; its leaf is
SHA-256(0x00 ‖ bytes) as in RFC 6962; the bytes name the previous event's leaf; the other columns are searchable copies.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any, NamedTuple, TypeVar
from uuid import uuid4

from sqlalchemy import Select, insert, select
from sqlalchemy.orm import Session

from planner.db import dialects
from planner.db.clock import require_sane_clock
from planner.db.commits import commit
from planner.errors import BrokenHistoryError
from planner.fingerprints import canonical_json
from planner.models import AuditEvent, Base, row_values

# The form of events written now. The first form, of registers made before revision 0005, has no field "write".
FORMAT = "planner-event/2"
FIRST_FORMAT = "planner-event/1"

# Where a session keeps the id that its client made for the write under way.
WRITE_ID = "planner_write_id"
LEAF_PREFIX = b"\x00"

Row = TypeVar("Row", bound=Base)

# The action of every event of a row that data files loaded.
SEED = "seed"


@dataclass(frozen=True)
class Actor:
    """Who writes. Until people and roles come, the name is the operating-system login."""

    name: str
    on_behalf_of: str | None = None


@dataclass
class _Entry:
    """A noted write whose event is made when the transaction is about to commit."""

    action: str
    row: Base
    label: str
    before: dict[str, Any] | None
    reason: str | None


class Head(NamedTuple):
    """What the next event needs of the log's last one."""

    seq: int
    recorded_at: datetime
    leaf: bytes


def new_write_id() -> str:
    """An id for a write, made by the client, so that the write can be found again if its answer was lost."""
    return uuid4().hex


def leaf_of(body: bytes) -> bytes:
    """The RFC 6962 leaf hash of an event's bytes."""
    return hashlib.sha256(LEAF_PREFIX + body).digest()


class Journal:
    """One write transaction: rows are added and changed through it, and their events commit with them or not at all.

    `write_id` is the same in all events of the write: the one given, else the one that the client put into the session,
    else a new one.
    """

    def __init__(
        self, session: Session, actor: Actor, at: datetime, head: Head | None, write_id: str | None = None
    ) -> None:
        self.session = session
        self.actor = actor
        self.at = at
        self.write_id = write_id or session.info.get(WRITE_ID) or new_write_id()
        self._seq = head.seq if head else 0
        self._leaf = head.leaf if head else None
        self._entries: list[_Entry] = []

    def add(self, row: Row, *, action: str, label: str, reason: str | None = None) -> Row:
        """Add a row; `action` is a verb, `label` what people call the thing (an item's code, say)."""
        self.session.add(row)
        self._entries.append(_Entry(action, row, label, None, reason))
        return row

    def change(
        self, row: Base, values: Mapping[str, Any], *, action: str, label: str, reason: str | None = None
    ) -> bool:
        """Set values on a row that is not history. Says whether anything changed; nothing changed is not noted."""
        before = row_values(row)
        if all(before[name] == value for name, value in values.items()):
            return False
        for name, value in values.items():
            setattr(row, name, value)
        self._entries.append(_Entry(action, row, label, before, reason))
        return True

    def note(self, row: Base, *, action: str, label: str, reason: str) -> None:
        """Note something about a row of which no column is changed; the reason says what."""
        self._entries.append(_Entry(action, row, label, row_values(row), reason))

    def close(self) -> None:
        """Write the rows and their events into the transaction."""
        self.session.flush()
        events = [self._event(entry) for entry in self._entries]
        if events:
            self.session.execute(insert(AuditEvent), events)
        self._entries.clear()

    def _event(self, entry: _Entry) -> dict[str, Any]:
        after = row_values(entry.row)
        self._seq += 1
        body = canonical_json(
            {
                "format": FORMAT,
                "seq": self._seq,
                "recorded_at": encoded(self.at),
                "actor": self.actor.name,
                "on_behalf_of": self.actor.on_behalf_of,
                "action": entry.action,
                "table": entry.row.__tablename__,
                "row": after["id"],
                "label": entry.label,
                "before": entry.before and {name: encoded(value) for name, value in entry.before.items()},
                "after": {name: encoded(value) for name, value in after.items()},
                "reason": entry.reason,
                "previous": self._leaf.hex() if self._leaf else None,
                "write": self.write_id,
            }
        )
        previous, self._leaf = self._leaf, leaf_of(body)
        return {
            "seq": self._seq,
            "recorded_at": self.at,
            "actor": self.actor.name,
            "action": entry.action,
            "table_name": entry.row.__tablename__,
            "row_id": after["id"],
            "label": entry.label,
            "body": body,
            "leaf": self._leaf,
            "previous_leaf": previous,
            "write_id": self.write_id,
        }


def encoded(value: Any) -> Any:
    """A column's value as it stands in an event: dates and instants in ISO 8601 (UTC, with Z), bytes in hex."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bytes):
        return value.hex()
    return value


@contextmanager
def writing(session: Session, actor: Actor, at: datetime, *, clock_checked: bool = True) -> Iterator[Journal]:
    """One write: the right to append is taken first, then what the body does and its events commit together.

    `at` is the instant of the write. Where the machine's clock stands behind the log's last instant, the next
    microsecond after that one is taken: what was known at a past instant never changes afterwards. Raises ClockError
    where the clock is so far from the log's last instant that one of the two must be wrong. Only a write that is about
    the clock itself has it unchecked; its instant is `at`, however far that is from the last write's.
    """
    try:
        with appending(session, actor, at, clock_checked=clock_checked) as journal:
            yield journal
        commit(session, journal.write_id)
    except BaseException:
        session.rollback()
        raise


def last_event(session: Session) -> Head | None:
    """The log's last event; None in an empty log. Raises BrokenHistoryError for one that is not as it was recorded.

    A quick look, in one statement, at what the next event will refer to; `planner verify` looks at all events.
    """
    row = session.execute(_select_head()).one_or_none()
    if row is None:
        return None
    head, previous_leaf, body, leaf_before = Head(*row[:3]), *row[3:]
    if (
        type(body) is not bytes
        or leaf_of(body) != head.leaf
        or leaf_before != previous_leaf
        or not _is_copy(head, body)
    ):
        raise BrokenHistoryError(
            f"event {head.seq}, the last of the audit log, is not as it was recorded; nothing was written",
            where="audit log",
            do="Run 'planner verify'; the file may be damaged, and somebody may have altered it",
        )
    return head


@cache
def _select_head() -> Select[Any]:
    """Select what is looked at of the last event, and the leaf of the one before it. Putting it together takes time."""
    event, before = AuditEvent.__table__, AuditEvent.__table__.alias("before")
    leaf_before = select(before.c.leaf).where(before.c.seq == event.c.seq - 1).scalar_subquery()
    columns = (event.c[name] for name in (*Head._fields, "previous_leaf", "body"))
    return select(*columns, leaf_before).order_by(event.c.seq.desc()).limit(1)


def _is_copy(head: Head, body: bytes) -> bool:
    """Whether the searchable columns that the next event depends on say what the event's bytes say."""
    try:
        fields = json.loads(body)
        return bool(fields["seq"] == head.seq and fields["recorded_at"] == encoded(head.recorded_at))
    except (ValueError, KeyError, TypeError):
        return False


@contextmanager
def appending(
    session: Session, actor: Actor, at: datetime, write_id: str | None = None, *, clock_checked: bool = True
) -> Iterator[Journal]:
    """A part of a write that has several actors or instants; it is not committed here.

    For a write whose parts must stand or fall together. All others use `writing`, which says what `clock_checked` is.
    """
    dialects.take_log_lock(session)
    head = last_event(session)
    instant = at
    if head is not None and clock_checked:
        require_sane_clock(session, at, head.recorded_at)
        instant = max(at, head.recorded_at + timedelta(microseconds=1))
    journal = Journal(session, actor, instant, head, write_id)
    yield journal
    journal.close()
