"""The items that an act on their theme or their kind changes."""

import json
from collections.abc import Iterable

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from planner.queries.id_in import id_in
from planner.store.event_actions import IMPORT
from planner.store.many_rows import in_portions
from planner.store.models import AuditEvent, Item
from planner.writes.plan_changes.facts import Act


def affected_items(act: Act, own: ColumnElement[bool]) -> list[Item]:
    """Return the items of the plan that a condition chooses, with those that an undo would bring back, in their order.

    An undo brings back what an import took out. No item of an undone import, and none that was removed by an act, is
    in the plan again.
    """
    session = act.writing.session
    wanted = select(Item).where(Item.plan_id == act.writing.plan.id, own).order_by(Item.position)
    items = list(session.execute(wanted).scalars())
    out = _taken_out_by_imports(session, [item.id for item in items if item.taken_out])
    return [item for item in items if not item.taken_out or item.id in out]


def _taken_out_by_imports(session: Session, ids: Iterable[int]) -> set[int]:
    """Return which of these items an import took out of the plan, so that its undo would bring them back."""
    last: dict[int, str] = {}
    for portion in in_portions(ids):
        of_items = AuditEvent.table_name == Item.__tablename__, id_in(session, AuditEvent.row_id, portion)
        events = select(AuditEvent.row_id, AuditEvent.action, AuditEvent.body).where(*of_items).order_by(AuditEvent.seq)
        for row_id, action, body in session.execute(events):
            event = json.loads(body)
            # Later acts, such as a merger of its theme, leave it taken out.
            if event["after"].get("taken_out") and not (event["before"] or {}).get("taken_out"):
                last[row_id] = action
    return {row_id for row_id, action in last.items() if action == IMPORT}
