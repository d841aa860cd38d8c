"""What people entered since the last import, found in the audit log. An import keeps it unless it is told otherwise.

The log has the values before and after each change, so no second record of what an import wrote is needed: a field that
an import wrote last is the file's, and a field that anybody else wrote last is theirs.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from planner.intake.proposed import Field
from planner.store.journal import IMPORT, SEED, UNDO_IMPORT
from planner.store.models import AuditEvent, Base, Item, Responsibility

# The actions of events that only repeat what files say.
FROM_FILES = (SEED, IMPORT, UNDO_IMPORT)

# The field of each column of an item. A basis belongs to its fact.
_FIELDS: Mapping[str, Field] = {
    "code": Field.CODE,
    "title": Field.TITLE,
    "basis": Field.TITLE,
    "kind": Field.KIND,
    "theme_id": Field.THEME,
    "allocation_basis": Field.THEME,
    "measure_id": Field.MEASURE,
    "lead_id": Field.LEAD,
    "lead_basis": Field.LEAD,
    "accountable_id": Field.ACCOUNTABLE,
    "starts": Field.START,
    "starts_basis": Field.START,
    "baseline_due": Field.DUE,
    "due_basis": Field.DUE,
    "weight": Field.WEIGHT,
    "measured_by": Field.MEASURED_BY,
    "source": Field.SOURCE,
    "note": Field.NOTE,
}


def read_entered(session: Session) -> dict[int, frozenset[Field]]:
    """Return the fields of items that a person wrote last, by the id of the item."""
    # docs/decisions/0123: a second record could contradict the log.
    entered: dict[int, set[Field]] = defaultdict(set)
    for action, event in _events(session, Item, Item.id.in_(_entered_rows(Item))):
        fields = _changed(event)
        if action in FROM_FILES:
            entered[event["row"]] -= fields
        else:
            entered[event["row"]] |= fields
    shared = select(Responsibility.item_id).where(Responsibility.id.in_(_entered_rows(Responsibility)))
    for action, event in _events(session, Responsibility, Responsibility.item_id.in_(shared)):
        if action in FROM_FILES:
            entered[event["after"]["item_id"]].discard(Field.SUPPORTING)
        else:
            entered[event["after"]["item_id"]].add(Field.SUPPORTING)
    return {item_id: frozenset(fields) for item_id, fields in entered.items() if fields}


def imported_rows(session: Session, history: type[Base]) -> frozenset[int]:
    """Return the ids of the rows of a history table that imports added."""
    own = AuditEvent.table_name == history.__tablename__
    return frozenset(session.execute(select(AuditEvent.row_id).where(own, AuditEvent.action == IMPORT)).scalars())


def _entered_rows(model: type[Base]) -> Select[Any]:
    """Select the ids of the rows that somebody changed otherwise than from a file."""
    own = AuditEvent.table_name == model.__tablename__
    return select(AuditEvent.row_id).where(own, AuditEvent.action.not_in(FROM_FILES))


def _events(session: Session, model: type[Base], chosen: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the action and the content of each event about the chosen rows, oldest first."""
    rows = select(model.__mapper__.columns.id).where(chosen)
    events = (
        select(AuditEvent.action, AuditEvent.body)
        .where(AuditEvent.table_name == model.__tablename__, AuditEvent.row_id.in_(rows))
        .order_by(AuditEvent.seq)
    )
    return ((action, json.loads(body)) for action, body in session.execute(events))


def _changed(event: Mapping[str, Any]) -> set[Field]:
    """Return the fields that an event changed. A new row changed all of them."""
    before, after = event["before"], event["after"]
    names: Iterable[str] = after if before is None else (name for name in after if before.get(name) != after[name])
    return {_FIELDS[name] for name in names if name in _FIELDS}
