"""Rows as the audit log describes them: all events of each row, and the values after its last event."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from planner.register.instants import known_by
from planner.store.models import AuditEvent, RedactedEvent, Redaction, table_called, table_referred_to

# Tables whose rows are left out even if other rows refer to them, because a pack must not contain names of people.
_LEFT_OUT = frozenset({"person"})
# References that are followed for these tables. A finding may be about clauses of other items, which are left out.
_FOLLOWED_ONLY = {"finding_side": frozenset({"text_finding"})}
# Redactions are included whenever they were recorded, because the removed text is missing from past states too.
_WHENEVER = frozenset({Redaction.__tablename__, RedactedEvent.__tablename__})
# The most rows in one query.
_ROWS_PER_QUERY = 500

Place = tuple[str, int]


@dataclass(frozen=True)
class LoggedEvent:
    """An event: its number, its exact bytes, their leaf, and the parsed fields."""

    seq: int
    body: bytes
    leaf: bytes
    fields: Mapping[str, Any]

    @property
    def place(self) -> Place:
        """The table and the id of the row that the event is about."""
        return self.fields["table"], self.fields["row"]


@dataclass(frozen=True)
class LoggedRow:
    """A row with its values after its last event. `event` is the number of that event."""

    table: str
    id: int
    event: int
    values: Mapping[str, Any]


@dataclass
class LoggedRows:
    """A set of rows with all their events up to an instant. Referenced rows are added automatically."""

    session: Session
    known_at: datetime | None = None
    events_of: dict[Place, list[LoggedEvent]] = field(default_factory=dict)

    def add(self, table: str, ids: Iterable[int]) -> None:
        """Add rows of a table, and all rows that they refer to or ever referred to.

        A row without an event up to the instant is left out.
        """
        wanted: dict[str, set[int]] = {table: set(ids)}
        while wanted:
            found: dict[str, set[int]] = defaultdict(set)
            for name, numbers in wanted.items():
                for event in self._new(name, numbers):
                    for target, number in _referred(event):
                        found[target].add(number)
            wanted = {name: new for name, numbers in found.items() if (new := numbers - self.ids(name))}

    def ids(self, table: str) -> set[int]:
        """Return the ids of the rows of a table in this set."""
        return {number for name, number in self.events_of if name == table}

    def rows(self, table: str) -> list[LoggedRow]:
        """Return the rows of a table in this set, in the order of their ids."""
        return [self.row(table, number) for number in sorted(self.ids(table))]

    def row(self, table: str, number: int) -> LoggedRow:
        """Return a row of this set. Raises KeyError if the set does not contain it."""
        last = self.events_of[table, number][-1]
        return LoggedRow(table, number, last.seq, last.fields["after"])

    @property
    def tables(self) -> list[str]:
        """The names of the tables that have rows in this set, sorted."""
        return sorted({table for table, _ in self.events_of})

    @property
    def events(self) -> Sequence[LoggedEvent]:
        """All events of all rows, in the order of the log."""
        return sorted((event for events in self.events_of.values() for event in events), key=lambda event: event.seq)

    def _new(self, table: str, ids: set[int]) -> Iterator[LoggedEvent]:
        """Add rows that are not in this set yet, and yield their events."""
        for some in _portions(ids - self.ids(table)):
            statement = (
                # docs/decisions/0068: the live tables may have been changed.
                select(AuditEvent.seq, AuditEvent.body, AuditEvent.leaf)
                .where(AuditEvent.table_name == table, AuditEvent.row_id.in_(some))
                .order_by(AuditEvent.seq)
            )
            if self.known_at is not None and table not in _WHENEVER:
                statement = statement.where(known_by(AuditEvent.recorded_at, self.known_at))
            for seq, body, leaf in self.session.execute(statement):
                event = LoggedEvent(seq, body, leaf, json.loads(body))
                self.events_of.setdefault(event.place, []).append(event)
                yield event


def _portions(ids: set[int]) -> Iterator[Sequence[int]]:
    ordered = sorted(ids)
    return (ordered[start : start + _ROWS_PER_QUERY] for start in range(0, len(ordered), _ROWS_PER_QUERY))


def _referred(event: LoggedEvent) -> Iterator[Place]:
    """Yield the rows to which an event's row referred before or after the event."""
    table = event.place[0]
    only = _FOLLOWED_ONLY.get(table)
    for image in (event.fields["before"] or {}, event.fields["after"]):
        for name, target in references(table).items():
            if image.get(name) is not None and (only is None or target in only):
                yield target, image[name]


@cache
def references(table: str) -> Mapping[str, str]:
    """Return the columns of a table that refer to another row by id, with the name of the other table."""
    known = table_called(table)
    columns = known.columns if known is not None else ()
    referred = {column.key: table_referred_to(column) for column in columns}
    return {name: target for name, target in referred.items() if target and target not in _LEFT_OUT}
