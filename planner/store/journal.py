"""Writing to the audit log: a write transaction that records an event for every row it adds or changes.

docs/audit-log.md documents the form of an event. In short: the exact bytes of the event are stored. Its leaf is
SHA-256(0x00 ‖ bytes) as in RFC 6962. The bytes include the previous event's leaf. The other columns are copies for
searching.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache, lru_cache
from typing import Any, NamedTuple, TypeVar
from uuid import uuid4

from sqlalchemy import Date, LargeBinary, Select, insert, select
from sqlalchemy.orm import Session

from planner.base.errors import BrokenHistoryError
from planner.base.fingerprints import canonical_json
from planner.base.language import tr
from planner.base.views import value_class
from planner.store import dialects
from planner.store.clock import require_sane_clock
from planner.store.commits import commit
from planner.store.many_rows import in_portions, insert_rows, insert_values, update_rows
from planner.store.models import AuditEvent, Base, Instant, load_referred, row_values
from planner.store.models.base import Recorded

# The form of new events. The first form, in registers made before revision 0005, has no field "write".
FORMAT = "planner-event/2"
FIRST_FORMAT = "planner-event/1"

# The key in `Session.info` for the id that the client made for the current write.
WRITE_ID = "planner_write_id"
LEAF_PREFIX = b"\x00"

Row = TypeVar("Row", bound=Base)


@value_class
class Actor:
    """The person who writes. `name` is their login on the operating system."""

    name: str
    on_behalf_of: str | None = None


@dataclass
class _Entry:
    """A change whose event is created when the transaction is about to commit."""

    action: str
    row: Base
    label: str
    before: dict[str, Any] | None
    reason: str | None
    on_behalf_of: str | None


class _Change(NamedTuple):
    """What an event says: the values of a row before and after a change. `before` is None for a new row."""

    action: str
    model: Base | type[Base]
    label: str
    before: Mapping[str, Any] | None
    after: Mapping[str, Any]
    reason: str | None
    on_behalf_of: str | None


class NewRow(NamedTuple):
    """A row to add with many others: its values by column, what people call it, and the reason for adding it."""

    values: Mapping[str, Any]
    label: str
    reason: str | None = None


class ChangedRow(NamedTuple):
    """A row to change with many others: all its values before, those to set, what people call it, and the reason."""

    before: Mapping[str, Any]
    values: Mapping[str, Any]
    label: str
    reason: str | None = None


class Head(NamedTuple):
    """The data of the log's last event that the next event needs."""

    seq: int
    recorded_at: datetime
    leaf: bytes


def new_write_id() -> str:
    """Return an id for a write.

    It is made by the client, so the write can be found again if the commit's answer is lost.
    """
    return uuid4().hex


def leaf_of(body: bytes) -> bytes:
    """Return the RFC 6962 leaf hash of an event's bytes."""
    return hashlib.sha256(LEAF_PREFIX + body).digest()


class Journal:
    """A write transaction through which rows are added and changed. Their events are committed with them or not at all.

    All events of the write have the same `write_id`: the given one, else the one in `Session.info`, else a new one.
    """

    def __init__(
        self, session: Session, actor: Actor, at: datetime, head: Head | None, write_id: str | None = None
    ) -> None:
        self.session = session
        self.actor = actor
        self.at = at
        self.write_id = write_id or session.info.get(WRITE_ID) or new_write_id()
        self._seq = self._first = head.seq if head else 0
        self._leaf = head.leaf if head else None
        self._entries: list[_Entry] = []
        self._on_behalf_of: str | None = actor.on_behalf_of
        self._reason: str | None = None

    @property
    def recorded_anything(self) -> bool:
        """Whether the write has recorded an event so far. Most events are only recorded at its end."""
        return self._seq > self._first

    def add(self, row: Row, *, action: str, label: str, reason: str | None = None) -> Row:
        """Add a row.

        `action` is a verb, and `label` is what people call the row, such as an item's code. A row of history gets the
        actor and the instant of the write.
        """
        history: Any = row
        if isinstance(history, Recorded):
            history.actor, history.recorded_at = self.actor.name, self.at
        load_referred(type(row))
        self.session.add(row)
        self._append(action, row, label, None, reason)
        return row

    def change(
        self, row: Base, values: Mapping[str, Any], *, action: str, label: str, reason: str | None = None
    ) -> bool:
        """Set values in a row of a table that is not history. Return whether any value changed.

        An event is recorded only if a value changed.
        """
        before = row_values(row)
        if all(before[name] == value for name, value in values.items()):
            return False
        load_referred(type(row))
        for name, value in values.items():
            setattr(row, name, value)
        self._append(action, row, label, before, reason)
        return True

    def note(self, row: Base, *, action: str, label: str, reason: str) -> None:
        """Record an event about a row without changing its columns. The reason says what happened."""
        self._append(action, row, label, row_values(row), reason)

    @contextmanager
    def on_behalf_of(self, other: str, reason: str) -> Iterator[None]:
        """Record the changes of the block on behalf of another body, such as the key of an organisation.

        `reason` is recorded with each change, after the reason that the change has of its own.
        """
        before = self._on_behalf_of, self._reason
        self._on_behalf_of, self._reason = other, reason
        try:
            yield
        finally:
            self._on_behalf_of, self._reason = before

    def _append(self, action: str, row: Base, label: str, before: dict[str, Any] | None, reason: str | None) -> None:
        self._entries.append(_Entry(action, row, label, before, self._whole(reason), self._on_behalf_of))

    def _whole(self, reason: str | None) -> str | None:
        """Return the reason of a change with that of the block that it is in."""
        return f"{reason} ({self._reason})" if reason and self._reason else reason or self._reason

    def add_many(self, model: type[Base], rows: Iterable[NewRow], *, action: str) -> list[int]:
        """Add any number of rows of one table, in order, and return their ids. Their events are like those of `add`.

        The rows are written at once, in portions, without an object for each. A column that is left out has its default
        value. The values of all others must have the types of their columns.
        """
        load_referred(model)
        self._write_entries()
        history = {"actor": self.actor.name, "recorded_at": self.at} if issubclass(model, Recorded) else {}
        ids: list[int] = []
        for portion in in_portions(rows):
            written = insert_rows(self.session, model, [{**row.values, **history} for row in portion])
            self._log(
                _Change(action, model, row.label, None, values, self._whole(row.reason), self._on_behalf_of)
                for row, values in zip(portion, written, strict=True)
            )
            ids.extend(values["id"] for values in written)
        return ids

    def change_many(self, model: type[Base], rows: Iterable[ChangedRow], *, action: str) -> None:
        """Set the same columns in any number of rows of a table that is not history.

        Their events are like those of `change`. The rows are written at once, in portions, without an object for each.
        An object of such a row that the session has is read again when it is used.
        """
        load_referred(model)
        self._write_entries()
        for portion in in_portions(rows):
            changed = [row for row in portion if any(row.before[name] != new for name, new in row.values.items())]
            update_rows(self.session, model, [{**row.values, "id": row.before["id"]} for row in changed])
            self._log(
                _Change(
                    action,
                    model,
                    row.label,
                    row.before,
                    {**row.before, **row.values},
                    self._whole(row.reason),
                    self._on_behalf_of,
                )
                for row in changed
            )
        self.session.expire_all()

    def _log(self, changes: Iterable[_Change]) -> None:
        """Append the events of changes, without the ORM, which would look at each event."""
        log: Any = AuditEvent.__table__
        insert_values(self.session.connection(), log, [self._event(change) for change in changes])

    def close(self) -> None:
        """Write the rows and their events to the database, within the transaction."""
        self._write_entries()

    def _write_entries(self) -> None:
        self.session.flush()
        events = [
            self._event(
                _Change(
                    entry.action,
                    entry.row,
                    entry.label,
                    entry.before,
                    row_values(entry.row),
                    entry.reason,
                    entry.on_behalf_of,
                )
            )
            for entry in self._entries
        ]
        if events:
            self.session.execute(insert(AuditEvent), events)
        self._entries.clear()

    def _event(self, change: _Change) -> dict[str, Any]:
        self._seq += 1
        body = self._body(change)
        previous, self._leaf = self._leaf, leaf_of(body)
        return {
            "seq": self._seq,
            "recorded_at": self.at,
            "actor": self.actor.name,
            "action": change.action,
            "table_name": change.model.__tablename__,
            "row_id": change.after["id"],
            "label": change.label,
            "body": body,
            "leaf": self._leaf,
            "previous_leaf": previous,
            "write_id": self.write_id,
        }

    def _body(self, change: _Change) -> bytes:
        # docs/decisions/0004: there is one way to encode an event, and its exact bytes are kept.
        return canonical_json(
            {
                "format": FORMAT,
                "seq": self._seq,
                "recorded_at": encoded(self.at),
                "actor": self.actor.name,
                "on_behalf_of": change.on_behalf_of,
                "action": change.action,
                "table": change.model.__tablename__,
                "row": change.after["id"],
                "label": change.label,
                "before": change.before and _encoded_row(change.model, change.before),
                "after": _encoded_row(change.model, change.after),
                "reason": change.reason,
                "previous": self._leaf.hex() if self._leaf else None,
                "write": self.write_id,
            }
        )


def _encoded_row(model: Base | type[Base], values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values of a row as they are encoded in an event."""
    # An import encodes millions of values, and most columns hold what JSON can hold.
    return {**values, **{name: encoded(values[name]) for name in _encoded_columns(model.__tablename__)}}


@cache
def _encoded_columns(table: str) -> tuple[str, ...]:
    """Return the names of the columns whose values JSON cannot hold: dates, instants and bytes."""
    kinds, columns = (Date, Instant, LargeBinary), Base.metadata.tables[table].columns
    return tuple(column.key for column in columns if isinstance(column.type, kinds))


def encoded(value: Any) -> Any:
    """Return a column's value as it is encoded in an event.

    Dates and instants are in ISO 8601 (instants in UTC, with Z), and bytes are in hexadecimal.
    """
    if isinstance(value, datetime):
        return _encoded_instant(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bytes):
        return value.hex()
    return value


@lru_cache(maxsize=16)
def _encoded_instant(value: datetime) -> str:
    # Kept, because all events of a write have its instant, and an import has hundreds of thousands.
    return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


@contextmanager
def writing(session: Session, actor: Actor, at: datetime, *, clock_checked: bool = True) -> Iterator[Journal]:
    """Run one write: take the lock for appending, run the body, and commit its rows and events together.

    `at` is the instant of the write. If the computer's clock is behind the last event of the log, the write gets the
    next microsecond after that event, so that what was known at a past instant never changes.

    Raises ClockError if the clock is so far from the last event that one of the two must be wrong. Only a write about
    the clock itself sets `clock_checked` to false; its instant is then always `at`.
    """
    try:
        with appending(session, actor, at, clock_checked=clock_checked) as journal:
            yield journal
        commit(session, journal.write_id)
    except BaseException:
        session.rollback()
        raise


def last_event(session: Session) -> Head | None:
    """Return the log's last event, or None if the log is empty.

    Raises BrokenHistoryError if the event is not as it was recorded.

    This is a quick check, in one statement, of the data that the next event refers to. `planner verify` checks all
    events.
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
            tr(
                "event {seq}, the last one in the audit log, differs from what was recorded; nothing was written",
                seq=head.seq,
            ),
            where="audit log",
            do=tr("Run 'planner verify'; the file may be damaged or altered"),
        )
    return head


@cache
def _select_head() -> Select[Any]:
    """Return the statement that selects the last event and the leaf of the one before. It is cached to save time."""
    event, before = AuditEvent.__table__, AuditEvent.__table__.alias("before")
    leaf_before = select(before.c.leaf).where(before.c.seq == event.c.seq - 1).scalar_subquery()
    columns = (event.c[name] for name in (*Head._fields, "previous_leaf", "body"))
    return select(*columns, leaf_before).order_by(event.c.seq.desc()).limit(1)


def _is_copy(head: Head, body: bytes) -> bool:
    """Return whether the columns of the last event agree with the event's bytes.

    Only the columns that the next event needs are compared.
    """
    try:
        fields = json.loads(body)
        return bool(fields["seq"] == head.seq and fields["recorded_at"] == encoded(head.recorded_at))
    except (ValueError, KeyError, TypeError):
        return False


@contextmanager
def appending(
    session: Session, actor: Actor, at: datetime, write_id: str | None = None, *, clock_checked: bool = True
) -> Iterator[Journal]:
    """Run one part of a write whose parts have different actors or instants. Nothing is committed here.

    Use it only for parts that must be committed together, and `writing` for everything else. `writing` explains
    `clock_checked`.
    """
    # docs/decisions/0002: the lock comes first, so that no later write gets an earlier instant.
    dialects.take_log_lock(session)
    head = last_event(session)
    instant = at
    if head is not None and clock_checked:
        require_sane_clock(session, at, head.recorded_at)
        # docs/decisions/0002: a clock that was set back must not change the known past.
        instant = max(at, head.recorded_at + timedelta(microseconds=1))
    journal = Journal(session, actor, instant, head, write_id)
    yield journal
    journal.close()
