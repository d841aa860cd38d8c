"""The items that were added to a plan within a span of time, according to each item's first event in the audit log."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, exists, not_, select

from planner.base.views import value_class
from planner.register.instants import known_by
from planner.register.item_rows import is_item_of
from planner.register.plan_view import PlanView
from planner.register.raw_rows import columns
from planner.register.reading import Reading
from planner.store.models import AuditEvent, Item


@value_class
class Arrival:
    """When an item was added to the register, and by whom.

    `added_on` is the day from which the plan has it, or None if it has it from its beginning.
    """

    recorded_at: datetime
    actor: str
    added_on: date | None


def read_arrivals(reading: Reading, after: datetime, until: datetime) -> dict[int, Arrival]:
    """Return the items that were added after the instant `after` and up to `until`, by item id.

    Return an empty dict if the plan had no item at `after`: then the whole plan was loaded in that span, and no item
    was added to it later.
    """
    had_items = (
        select(AuditEvent.seq)
        .where(_of_items(AuditEvent, reading.plan), known_by(AuditEvent.recorded_at, after))
        .limit(1)
    )
    if reading.session.execute(had_items).first() is None:
        return {}
    earlier = AuditEvent.__table__.alias().columns
    first = ~exists().where(
        earlier.table_name == AuditEvent.table_name,
        earlier.row_id == AuditEvent.row_id,
        earlier.seq < AuditEvent.seq,
    )
    item = columns(Item)
    added = select(AuditEvent.row_id, AuditEvent.recorded_at, AuditEvent.actor, item.added_on).where(
        item.id == AuditEvent.row_id,
        not_(known_by(AuditEvent.recorded_at, after)),
        known_by(AuditEvent.recorded_at, until),
        _of_items(AuditEvent, reading.plan),
        first,
    )
    return {row_id: Arrival(*values) for row_id, *values in reading.session.execute(added)}


def _of_items(event: Any, plan: PlanView) -> ColumnElement[bool]:
    mine = select(Item.id).where(is_item_of(plan.id))
    condition: ColumnElement[bool] = (event.table_name == Item.__tablename__) & event.row_id.in_(mine)
    return condition
