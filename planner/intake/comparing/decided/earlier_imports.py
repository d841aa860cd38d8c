"""The earlier imports into a plan that count, those that are not undone."""

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, select
from sqlalchemy.orm import Session

from planner.domain.rules.weeks import local_day
from planner.register.plan_view import PlanView
from planner.store.event_actions import UNDO_IMPORT
from planner.store.models import AuditEvent, ImportBatch


def counting_imports(plan_id: int) -> ColumnElement[Any]:
    """Return the condition that an import is one into the plan and is not undone."""
    undone = exists().where(
        AuditEvent.table_name == ImportBatch.__tablename__,
        AuditEvent.row_id == ImportBatch.id,
        AuditEvent.action == UNDO_IMPORT,
    )
    return and_(ImportBatch.plan_id == plan_id, ~undone)


def first_import_day(session: Session, plan: PlanView) -> date | None:
    """Return the day of the first import that counts, in the time zone of the plan, or None if there is none."""
    first = session.execute(select(func.min(ImportBatch.recorded_at)).where(counting_imports(plan.id))).scalar()
    return None if first is None else local_day(first, plan.time_zone)
