"""Confirming a date that nobody gave: the day stays the same, and is the office's from then on.

A later file that gives the assumed day does the same (docs/decisions/0169). Undo makes the day an assumed one again.
"""

import json
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import Session, aliased

from planner.domain.vocabulary import AGREED, Basis
from planner.register.known import decode_values
from planner.register.plan_changes import CONFIRMED, DATE_COLUMNS
from planner.store.event_actions import CONFIRM_DATE, UNDO_CONFIRM_DATE
from planner.store.journal import Journal
from planner.store.models import AuditEvent, Item, ItemChange, Milestone, Target, class_called

Dated = Item | Milestone | Target


def is_assumed(row: Dated) -> bool:
    """Return whether nobody gave the date that the row has."""
    own = row.date_basis if isinstance(row, Milestone) else row.due_basis
    return (own or row.basis) is Basis.WORKING


def confirm_date(
    journal: Journal, item: Item, row: Dated, told: str, as_of: date, reason: str, *, label: str
) -> ItemChange:
    """Make the assumed date of an item, a milestone or a target the office's. Return the row of history for it.

    `told` says in the history which date it is.
    """
    journal.change(row, _confirmed(row), action=CONFIRM_DATE, label=label, reason=reason)
    history = _history(item.id, row, as_of, reason)
    history.new_value = told
    return journal.add(history, action=CONFIRM_DATE, label=label, reason=reason)


def _confirmed(row: Dated) -> dict[str, Any]:
    if isinstance(row, Item):
        return {"due_basis": Basis.REGISTERED, "due_rule_id": None}
    # The date needs no basis of its own if the rest of the row has such a basis.
    own = None if row.basis in AGREED else Basis.REGISTERED
    return {"date_basis": own} if isinstance(row, Milestone) else {"due_basis": own}


def _history(item_id: int, row: Dated, as_of: date, reason: str) -> ItemChange:
    field = CONFIRMED[row.__tablename__]
    return ItemChange(item_id=item_id, as_of=as_of, field=field, reason=reason, basis=Basis.REGISTERED)


def undo_confirmation(journal: Journal, event: AuditEvent, reason: str | None) -> None:
    """Make a date an assumed one again, given an event of the write that confirmed it.

    That write has two events: one about the row with the date, and one about the row of history.
    """
    model: Any = class_called(event.table_name)
    row = journal.session.get_one(model, event.row_id)
    if isinstance(row, ItemChange):
        back = ItemChange(item_id=row.item_id, as_of=row.as_of, field=row.field, basis=Basis.REGISTERED)
        back.old_value, back.reason = row.new_value, reason or row.reason
        journal.add(back, action=UNDO_CONFIRM_DATE, label=event.label, reason=reason)
        return
    before = json.loads(event.body)["before"]
    values = decode_values(model, {name: before[name] for name in DATE_COLUMNS[event.table_name]})
    journal.change(row, values, action=UNDO_CONFIRM_DATE, label=event.label, reason=reason)


def is_unconfirmed(session: Session, event: AuditEvent) -> bool:
    """Return whether a confirmation was undone, given its first event, which is about the row with the date."""
    found = select(AuditEvent.seq).where(AuditEvent.seq == event.seq, _is_undone())
    return session.execute(found).first() is not None


def undone_confirmations(session: Session, after: int) -> list[str]:
    """Return the writes after an event that confirmed a date and were undone."""
    confirmed = AuditEvent.seq > after, AuditEvent.action == CONFIRM_DATE, _is_undone()
    writes = session.execute(select(AuditEvent.write_id).where(*confirmed)).scalars()
    return [write for write in writes if write is not None]


def _is_undone() -> ColumnElement[bool]:
    undo = aliased(AuditEvent)
    same_row = undo.table_name == AuditEvent.table_name, undo.row_id == AuditEvent.row_id
    return exists().where(*same_row, undo.action == UNDO_CONFIRM_DATE, undo.seq > AuditEvent.seq)
