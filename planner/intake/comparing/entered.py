"""What people entered since the last import, found in the audit log. An import keeps it unless it is told otherwise.

The log has the values before and after each change, so no second record of what an import wrote is needed: a field that
an import wrote last is the file's, and a field that anybody else wrote last is theirs. Undoing an import gives its
fields back to those who wrote them before it.

Of a file that was exported at an unknown time, any later value can be newer. So its import asks what anybody changed
since the row was added, be it a person or a file.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session

from planner.intake.proposed import Field
from planner.register.plan_changes import ITEM_COLUMNS
from planner.register.raw_rows import columns
from planner.store.event_actions import IMPORT, SEED, UNDO_IMPORT
from planner.store.models import AuditEvent, Base, Indicator, Item, Milestone, Organisation, Responsibility, Target

# The actions of events that only repeat what files say.
FROM_FILES = (SEED, IMPORT, UNDO_IMPORT)

# The field of each column. A basis, a rule or a note about a fact of an item belongs to the fact.
_FIELDS: Mapping[type[Base], Mapping[str, Field]] = {
    Item: {column: Field(fact) for fact, names in ITEM_COLUMNS.items() for column in names if column != "fingerprint"},
    Milestone: {
        "title": Field.TITLE,
        "baseline_date": Field.DATE,
        "weight": Field.WEIGHT,
        "completion_test": Field.TEST,
    },
    Indicator: {
        "name": Field.NAME,
        "unit": Field.UNIT,
        "direction": Field.DIRECTION,
        "baseline_value": Field.BASELINE,
    },
    Target: {"value": Field.TARGET, "due": Field.DUE},
    Organisation: {"name": Field.NAME, "short_name": Field.SHORT_NAME, "language": Field.LANGUAGE}
    | {"mail_address": Field.MAIL_ADDRESS},
}


@dataclass
class _Writers:
    """Who wrote each field of each row last, as the events of the log are read from the oldest to the newest.

    With `by_files`, a field that a file changed counts as entered too, unless its row came with the same import.
    """

    by_files: bool = False
    # The fields that a person wrote last, or anybody.
    entered: dict[int, set[Field]] = field(default_factory=lambda: defaultdict(set))
    # Whether a person had written the field before each import that is not undone, with the import.
    _before: dict[tuple[int, Field], list[tuple[str | None, bool]]] = field(default_factory=lambda: defaultdict(list))
    # An undo writes a field once or, if the field is several rows, several times.
    _undone: set[tuple[str | None, int, Field]] = field(default_factory=set)
    _added_by: dict[int, str | None] = field(default_factory=dict)

    def found(self) -> dict[int, set[Field]]:
        """Return the fields that a person wrote last, by the id of the row."""
        return {row_id: fields for row_id, fields in self.entered.items() if fields}

    def note(self, event: "_Event", row_id: int, fields: Iterable[Field]) -> None:
        """Note that an event changed fields of a row."""
        if self.by_files and event.action in FROM_FILES:
            if self._added_by.setdefault(row_id, event.write) != event.write:
                self.entered[row_id].update(fields)
            return
        for one in fields:
            if event.action == UNDO_IMPORT:
                self._give_back(event, row_id, one)
            elif event.action in FROM_FILES:
                self._take(event.write, row_id, one)
            else:
                self.entered[row_id].add(one)

    def _take(self, write: str | None, row_id: int, one: Field) -> None:
        before = self._before[row_id, one]
        if not before or before[-1][0] != write:
            before.append((write, one in self.entered[row_id]))
        self.entered[row_id].discard(one)

    def _give_back(self, event: "_Event", row_id: int, one: Field) -> None:
        if (event.write, row_id, one) in self._undone:
            return
        self._undone.add((event.write, row_id, one))
        before = self._before[row_id, one]
        if before and before.pop()[1]:
            self.entered[row_id].add(one)


class _Event(NamedTuple):
    """An event of a row: its number, its action and write, and its content."""

    seq: int
    action: str
    write: str | None
    content: Mapping[str, Any]


def read_entered(session: Session, *, by_files: bool = False) -> dict[int, set[Field]]:
    """Return the fields of items that a person wrote last, by the id of the item.

    With `by_files`, also return those that a file changed after it had added the item.
    """
    # docs/decisions/0123: a second record could contradict the log.
    writers = _writers_of(session, Item, by_files=by_files)
    shared = select(Responsibility.item_id).where(Responsibility.id.in_(_entered_rows(Responsibility)))
    chosen: ColumnElement[bool] = Responsibility.item_id.in_(shared)
    if by_files:
        chosen = or_(chosen, Responsibility.item_id.in_(_items_with_other_shares()))
    for event in _events(session, Responsibility, chosen):
        writers.note(event, event.content["after"]["item_id"], (Field.SUPPORTING,))
    return writers.found()


def read_entered_fields(session: Session, model: type[Base], *, by_files: bool = False) -> dict[int, set[Field]]:
    """Return the fields of milestones, indicators, targets or organisations that a person wrote last, by the row's id.

    With `by_files`, also return those that a file changed after it had added the row.
    """
    return _writers_of(session, model, by_files=by_files).found()


def _writers_of(session: Session, model: type[Base], *, by_files: bool) -> _Writers:
    """Return who wrote the fields of the rows of a table that a person changed. `by_files`, a file counts too."""
    writers = _Writers(by_files)
    own = columns(model).id
    chosen: ColumnElement[bool] = own.in_(_entered_rows(model))
    if by_files:
        chosen = or_(chosen, own.in_(_rows_changed(model)))
    for event in _events(session, model, chosen):
        writers.note(event, event.content["row"], _changed(event.content, _FIELDS[model]))
    return writers


def imported_rows(session: Session, history: type[Base]) -> frozenset[int]:
    """Return the ids of the rows of a history table that imports added."""
    own = AuditEvent.table_name == history.__tablename__
    return frozenset(session.execute(select(AuditEvent.row_id).where(own, AuditEvent.action == IMPORT)).scalars())


def _entered_rows(model: type[Base]) -> Select[Any]:
    """Select the ids of the rows that somebody changed otherwise than from a file."""
    own = AuditEvent.table_name == model.__tablename__
    return select(AuditEvent.row_id).where(own, AuditEvent.action.not_in(FROM_FILES))


def _rows_changed(model: type[Base]) -> Select[Any]:
    """Select the ids of the rows about which more than their addition was recorded."""
    own = AuditEvent.table_name == model.__tablename__
    return select(AuditEvent.row_id).where(own).group_by(AuditEvent.row_id).having(func.count() > 1)


def _items_with_other_shares() -> Select[Any]:
    """Select the ids of the items whose supporting organisations were recorded in more than one write."""
    own = AuditEvent.table_name == Responsibility.__tablename__
    written = select(Responsibility.item_id).join(AuditEvent, AuditEvent.row_id == Responsibility.id).where(own)
    writes = func.count(AuditEvent.write_id.distinct())
    return written.group_by(Responsibility.item_id).having(writes > 1)


def _events(session: Session, model: type[Base], chosen: Any) -> Iterator[_Event]:
    """Yield each event about the chosen rows, oldest first."""
    rows = select(columns(model).id).where(chosen)
    events = (
        select(AuditEvent.seq, AuditEvent.action, AuditEvent.write_id, AuditEvent.body)
        .where(AuditEvent.table_name == model.__tablename__, AuditEvent.row_id.in_(rows))
        .order_by(AuditEvent.seq)
    )
    return (_Event(seq, action, write, json.loads(body)) for seq, action, write, body in session.execute(events))


def _changed(event: Mapping[str, Any], known: Mapping[str, Field]) -> set[Field]:
    """Return the fields that an event changed. A new row changed those that it has: nobody entered an empty value."""
    before, after = event["before"] or {}, event["after"]
    names = (name for name, value in after.items() if _or_none(before.get(name)) != _or_none(value))
    return {known[name] for name in names if name in known}


def _or_none(value: object) -> object:
    """Return a value, or None for an empty text."""
    return None if value == "" else value
