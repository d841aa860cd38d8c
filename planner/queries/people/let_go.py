"""The people whom only an import added that was undone. Their rows stay, but they do not belong to the register."""

from sqlalchemy import ColumnElement, and_, func, select
from sqlalchemy.orm import aliased

from planner.store.event_actions import UNDO_IMPORT
from planner.store.models import AuditEvent, Person


def is_let_go() -> ColumnElement[bool]:
    """Return the condition that the undo of an import has the last word about a person, who may not write since."""
    # docs/decisions/0124: the row stays.
    last = aliased(AuditEvent)
    own = last.table_name == Person.__tablename__, last.row_id == Person.id
    latest = select(func.max(last.seq)).where(*own).correlate(Person).scalar_subquery()
    undone = select(AuditEvent.action).where(AuditEvent.seq == latest).correlate(Person).scalar_subquery()
    # A person of an old register has no event.
    return and_(~Person.active, func.coalesce(undone, "") == UNDO_IMPORT)
