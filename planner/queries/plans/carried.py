"""The items of later plans that had been carried over from a plan by a day."""

from collections.abc import Collection

from sqlalchemy import select

from planner.domain.vocabulary import PlanEvent
from planner.queries.id_in import id_in
from planner.register.instants import recorded_until
from planner.register.reading import Reading
from planner.store.models import AuditEvent, Item, PlanAct


def carried_by(reading: Reading, later: Collection[int]) -> frozenset[int]:
    """Return which items of later plans, by their ids, had been carried over from the plan at the point in time.

    A plan that had not begun yet has its carried items from its beginning. So their rows do not tell when they were
    carried over. The events of the same write as the act do.
    """
    if not later:
        return frozenset()
    same_write = (AuditEvent.recorded_at == PlanAct.recorded_at, AuditEvent.actor == PlanAct.actor)
    found = (
        select(AuditEvent.row_id)
        .join(PlanAct, same_write[0] & same_write[1])
        .where(
            PlanAct.plan_id == reading.plan.id,
            PlanAct.kind == PlanEvent.CARRIED_OVER,
            *recorded_until(PlanAct, reading.as_of, reading.known_at),
            AuditEvent.table_name == Item.__tablename__,
            id_in(reading.session, AuditEvent.row_id, later),
        )
    )
    return frozenset(reading.session.execute(found).scalars())
