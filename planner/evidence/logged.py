"""Rows as the audit log tells of them: the events of each, and what its last event says of it."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from planner.models import AuditEvent, Base, RedactedEvent, Redaction
from planner.queries.instants import known_by

# Whose rows are not taken although others refer to them: nobody's name leaves the register with a pack.
_LEFT_OUT = frozenset({"person"})
# A finding is about many clauses; those of other items do not come along with it.
_FOLLOWED_ONLY = {"finding_side": frozenset({"text_finding"})}
# Redactions are taken whenever they were recorded: what they removed is gone from the past too.
_WHENEVER = frozenset({Redaction.__tablename__, RedactedEvent.__tablename__})
# So many rows are asked for at a time.
_ASKED = 500

Place = tuple[str, int]


@dataclass(frozen=True)
class LoggedEvent:
    """An event: its number, its exact bytes, the leaf they have, and what they say."""

    seq: int
    body: bytes
    leaf: bytes
    fields: Mapping[str, Any]

    @property
    def place(self) -> Place:
        """The row it tells of."""
        return self.fields["table"], self.fields["row"]


@dataclass(frozen=True)
class LoggedRow:
    """A row as its last event left it; `event` is that event's number."""

    table: str
    id: int
    event: int
    values: Mapping[str, Any]


@dataclass
class LoggedRows:
    """Rows with all their events up to an instant. Rows that others refer to come along with them."""

    session: Session
    known_at: datetime | None = None
    events_of: dict[Place, list[LoggedEvent]] = field(default_factory=dict)

    def take(self, table: str, ids: Iterable[int]) -> None:
        """Take rows of a table, and what they refer to or ever did. A row that nothing was known of is left out."""
        wanted: dict[str, set[int]] = {table: set(ids)}
        while wanted:
            met: dict[str, set[int]] = defaultdict(set)
            for name, numbers in wanted.items():
                for event in self._new(name, numbers):
                    for target, number in _referred(event):
                        met[target].add(number)
            wanted = {name: new for name, numbers in met.items() if (new := numbers - self.ids(name))}

    def ids(self, table: str) -> set[int]:
        """The numbers of the rows of a table that were taken."""
        return {number for name, number in self.events_of if name == table}

    def rows(self, table: str) -> list[LoggedRow]:
        """The rows of a table that were taken, in the order of their numbers."""
        return [self.row(table, number) for number in sorted(self.ids(table))]

    def row(self, table: str, number: int) -> LoggedRow:
        """A row that was taken."""
        last = self.events_of[table, number][-1]
        return LoggedRow(table, number, last.seq, last.fields["after"])

    @property
    def tables(self) -> list[str]:
        """The tables of the rows that were taken, by name."""
        return sorted({table for table, _ in self.events_of})

    @property
    def events(self) -> Sequence[LoggedEvent]:
        """All events of all rows, in the order of the log."""
        return sorted((event for events in self.events_of.values() for event in events), key=lambda event: event.seq)

    def _new(self, table: str, ids: set[int]) -> Iterator[LoggedEvent]:
        """The events of rows that were not taken yet, which they are then."""
        for some in _portions(ids - self.ids(table)):
            statement = (
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
    return (ordered[start : start + _ASKED] for start in range(0, len(ordered), _ASKED))


def _referred(event: LoggedEvent) -> Iterator[Place]:
    """The rows that an event's row refers to, or referred to before."""
    table = event.place[0]
    only = _FOLLOWED_ONLY.get(table)
    for image in (event.fields["before"] or {}, event.fields["after"]):
        for name, target in references(table).items():
            if image.get(name) is not None and (only is None or target in only):
                yield target, image[name]


@cache
def references(table: str) -> Mapping[str, str]:
    """The columns of a table that name another row by its number, and in which table that stands."""
    known = Base.metadata.tables.get(table)
    columns = known.columns if known is not None else ()
    keys = [(column.key, key.column) for column in columns for key in column.foreign_keys]
    return {name: far.table.name for name, far in keys if far.name == "id" and far.table.name not in _LEFT_OUT}
