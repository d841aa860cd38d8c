"""What people entered since the last import, found in the audit log. An import keeps it unless it is told otherwise.

The log has the values before and after each change, so no second record of what an import wrote is needed: a field that
an import wrote last is the file's, and a field that anybody else wrote last is theirs. Undoing an import gives its
fields back to those who wrote them before it.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sqlalchemy import Select, and_, func, select
from sqlalchemy.orm import Session

from planner.intake.proposed import Field
from planner.queries.history.log_subjects import item_by_row
from planner.register.plan_changes import ITEM_COLUMNS
from planner.store.journal import IMPORT, SEED, UNDO_IMPORT
from planner.store.models import AuditEvent, Base, Item, Responsibility, Withdrawal

# The actions of events that only repeat what files say.
FROM_FILES = (SEED, IMPORT, UNDO_IMPORT)

# The field of each column of an item. A basis, a rule or a note about a fact belongs to the fact.
_FIELDS: Mapping[str, Field] = {
    column: Field(fact) for fact, columns in ITEM_COLUMNS.items() for column in columns if column != "fingerprint"
}


@dataclass
class _Writers:
    """Who wrote each field of each item last, as the events of the log are read from the oldest to the newest."""

    # The event of each field that a person wrote last.
    entered: dict[int, dict[Field, int]] = field(default_factory=lambda: defaultdict(dict))
    # Whether a person had written the field before each import that is not undone, with the import.
    _before: dict[tuple[int, Field], list[tuple[str | None, bool]]] = field(default_factory=lambda: defaultdict(list))
    # An undo writes a field once or, if the field is several rows, several times.
    _undone: set[tuple[str | None, int, Field]] = field(default_factory=set)

    def note(self, event: "_Event", item_id: int, fields: Iterable[Field]) -> None:
        """Note that an event changed fields of an item."""
        for one in fields:
            if event.action == UNDO_IMPORT:
                self._give_back(event, item_id, one)
            elif event.action in FROM_FILES:
                self._take(event.write, item_id, one)
            else:
                self.entered[item_id][one] = event.seq

    def _take(self, write: str | None, item_id: int, one: Field) -> None:
        before = self._before[item_id, one]
        if not before or before[-1][0] != write:
            before.append((write, one in self.entered[item_id]))
        self.entered[item_id].pop(one, None)

    def _give_back(self, event: "_Event", item_id: int, one: Field) -> None:
        if (event.write, item_id, one) in self._undone:
            return
        self._undone.add((event.write, item_id, one))
        before = self._before[item_id, one]
        if before and before.pop()[1]:
            # Whoever knew the log until before the undo knew another value.
            self.entered[item_id][one] = event.seq


class _Event(NamedTuple):
    """An event of a row: its number, its action and write, and its content."""

    seq: int
    action: str
    write: str | None
    content: Mapping[str, Any]


def read_entered(session: Session) -> dict[int, dict[Field, int]]:
    """Return the fields of items that a person wrote last, each with the event, by the id of the item."""
    # docs/decisions/0123: a second record could contradict the log.
    writers = _Writers()
    for event in _events(session, Item, Item.id.in_(_entered_rows(Item))):
        writers.note(event, event.content["row"], _changed(event.content))
    shared = select(Responsibility.item_id).where(Responsibility.id.in_(_entered_rows(Responsibility)))
    for event in _events(session, Responsibility, Responsibility.item_id.in_(shared)):
        writers.note(event, event.content["after"]["item_id"], (Field.SUPPORTING,))
    return {item_id: fields for item_id, fields in writers.entered.items() if fields}


def read_last_records(session: Session, history: type[Base]) -> dict[int, int]:
    """Return the last event of each item that added a row to a history table, or withdrew one, other than an import."""
    found: dict[int, int] = {}
    by_row = item_by_row()
    for table in (history.__tablename__, Withdrawal.__tablename__):
        rows = by_row[table]
        events = (
            select(rows.c.item, func.max(AuditEvent.seq))
            .join(AuditEvent, and_(AuditEvent.table_name == table, AuditEvent.row_id == rows.c.row))
            .where(AuditEvent.action != IMPORT)
            .group_by(rows.c.item)
        )
        for item_id, seq in session.execute(events):
            found[item_id] = max(seq, found.get(item_id, 0))
    return found


def imported_rows(session: Session, history: type[Base]) -> frozenset[int]:
    """Return the ids of the rows of a history table that imports added."""
    own = AuditEvent.table_name == history.__tablename__
    return frozenset(session.execute(select(AuditEvent.row_id).where(own, AuditEvent.action == IMPORT)).scalars())


def _entered_rows(model: type[Base]) -> Select[Any]:
    """Select the ids of the rows that somebody changed otherwise than from a file."""
    own = AuditEvent.table_name == model.__tablename__
    return select(AuditEvent.row_id).where(own, AuditEvent.action.not_in(FROM_FILES))


def _events(session: Session, model: type[Base], chosen: Any) -> Iterator[_Event]:
    """Yield each event about the chosen rows, oldest first."""
    rows = select(model.__mapper__.columns.id).where(chosen)
    events = (
        select(AuditEvent.seq, AuditEvent.action, AuditEvent.write_id, AuditEvent.body)
        .where(AuditEvent.table_name == model.__tablename__, AuditEvent.row_id.in_(rows))
        .order_by(AuditEvent.seq)
    )
    return (_Event(seq, action, write, json.loads(body)) for seq, action, write, body in session.execute(events))


def _changed(event: Mapping[str, Any]) -> set[Field]:
    """Return the fields that an event changed. A new row changed all of them."""
    before, after = event["before"], event["after"]
    names: Iterable[str] = after if before is None else (name for name in after if before.get(name) != after[name])
    return {_FIELDS[name] for name in names if name in _FIELDS}
