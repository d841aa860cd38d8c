"""Which items came into the plan meanwhile: those whose first record in the audit log is of a span of time."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, exists, not_, select
from sqlalchemy.orm import Session, aliased

from planner.models import AuditEvent, Item
from planner.queries.instants import known_by
from planner.queries.plans import PlanView


@dataclass(frozen=True)
class Arrival:
    """When an item was added to the register, and by whom."""

    recorded_at: datetime
    actor: str


def read_arrivals(session: Session, plan: PlanView, after: datetime, until: datetime) -> dict[int, Arrival]:
    """By id, the items of a plan that were added after an instant and by another.

    Where the plan had no item by the first instant none came into it: that is when the plan itself was loaded.
    """
    had_items = (
        select(AuditEvent.seq).where(_of_items(AuditEvent, plan), known_by(AuditEvent.recorded_at, after)).limit(1)
    )
    if session.execute(had_items).first() is None:
        return {}
    earlier = aliased(AuditEvent)
    first = ~exists().where(
        earlier.table_name == AuditEvent.table_name,
        earlier.row_id == AuditEvent.row_id,
        earlier.seq < AuditEvent.seq,
    )
    added = select(AuditEvent.row_id, AuditEvent.recorded_at, AuditEvent.actor).where(
        not_(known_by(AuditEvent.recorded_at, after)),
        known_by(AuditEvent.recorded_at, until),
        _of_items(AuditEvent, plan),
        first,
    )
    return {row_id: Arrival(recorded_at, actor) for row_id, recorded_at, actor in session.execute(added)}


def _of_items(event: Any, plan: PlanView) -> ColumnElement[bool]:
    mine = select(Item.id).where(Item.plan_id == plan.id)
    condition: ColumnElement[bool] = (event.table_name == Item.__tablename__) & event.row_id.in_(mine)
    return condition
