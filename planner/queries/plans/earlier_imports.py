"""The earlier imports into a plan that count, those that are not undone, and the day on which the plan began."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, select

from planner.domain.rules.weeks import local_day
from planner.register.instants import known_by
from planner.register.reading import Reading
from planner.store.event_actions import UNDO_IMPORT
from planner.store.models import AuditEvent, ImportBatch, Plan


def counting_imports(plan_id: int, known_at: datetime | None = None) -> ColumnElement[Any]:
    """Return the condition that an import is one into the plan and is not undone, as known at an instant."""
    undone = exists().where(
        AuditEvent.table_name == ImportBatch.__tablename__,
        AuditEvent.row_id == ImportBatch.id,
        AuditEvent.action == UNDO_IMPORT,
    )
    if known_at is None:
        return and_(ImportBatch.plan_id == plan_id, ~undone)
    undone = undone.where(known_by(AuditEvent.recorded_at, known_at))
    return and_(ImportBatch.plan_id == plan_id, ~undone, known_by(ImportBatch.recorded_at, known_at))


def first_import_day(reading: Reading) -> date | None:
    """Return the day of the first import that counts, in the time zone of the plan, or None if there is none."""
    imports = counting_imports(reading.plan.id, reading.known_at)
    first = reading.session.execute(select(func.min(ImportBatch.recorded_at)).where(imports)).scalar()
    return None if first is None else local_day(first, reading.plan.time_zone)


def day_of_beginning(reading: Reading) -> date:
    """Return the day on which the plan of a reading came into the register: it was made or loaded, or first imported.

    What the register got by that day was there from the beginning of the plan.
    """
    plan = reading.plan
    events = AuditEvent.table_name == Plan.__tablename__, AuditEvent.row_id == plan.id
    made = reading.session.execute(select(func.min(AuditEvent.recorded_at)).where(*events)).scalar()
    return max(local_day(made, plan.time_zone) if made else date.min, first_import_day(reading) or date.min)
