"""The last day of which something is recorded on the items of a plan that is over.

What is of a day after the end was recorded after the end, so it is looked for among what the log has since then, and
not among all records of the plan.
"""

from datetime import UTC, date, datetime, time
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import CTE, ColumnElement, CompoundSelect, Exists, Select, bindparam, exists, func, select, union_all
from sqlalchemy.orm import Session

from planner.register.effective_records import is_effective
from planner.register.plan_view import PlanView
from planner.register.raw_rows import columns, unmapped_table
from planner.store.models import (
    AuditEvent,
    Base,
    DateChange,
    Indicator,
    Item,
    Milestone,
    MilestoneReport,
    Observation,
    StatusUpdate,
)


class _Act(NamedTuple):
    id: int
    item_id: int
    as_of: date


def last_day(session: Session, plan: PlanView, today: date) -> date:
    """Return the last day of a plan that is over, or the last day up to today of which something is recorded."""
    newest = session.execute(select(AuditEvent.recorded_at).order_by(AuditEvent.seq.desc()).limit(1)).scalar()
    if newest is None or plan.day_at(newest) <= plan.ends:
        return plan.ends
    # At this instant, the last day of the plan is not over in any time zone.
    since = datetime.combine(plan.ends, time.min, UTC)
    values = {"plan": plan.id, "after": plan.ends, "today": today, "since": since}
    found = session.execute(_last_days(), values).scalars()
    last: date = max([plan.ends, *(day for day in found if day is not None)])
    return last


@cache
def _last_days() -> CompoundSelect[Any]:
    """Build the statement that selects the last day after the end of a plan of which each history has a record.

    It is one statement and is built once, because each command and each screen asks for the day of a plan that is over.
    """
    event, act = columns(AuditEvent), unmapped_table("item_change", _Act)
    late = select(event.table_name, event.row_id).where(event.recorded_at > bindparam("since")).cte("late")
    return union_all(
        _last_effective(late, StatusUpdate, _of_plan(columns(StatusUpdate).item_id)),
        _last_effective(late, DateChange, _of_plan(columns(DateChange).item_id)),
        _last_effective(late, MilestoneReport, _of_part(Milestone, columns(MilestoneReport).milestone_id)),
        _last_effective(late, Observation, _of_part(Indicator, columns(Observation).indicator_id)),
        _last(late, act.name, act.c, _of_plan(act.c.item_id)),
    )


def _of_plan(item_id: ColumnElement[int]) -> Exists:
    return exists().where(columns(Item).id == item_id, columns(Item).plan_id == bindparam("plan"))


def _of_part(part: type[Milestone] | type[Indicator], part_id: ColumnElement[int]) -> Exists:
    return exists().where(columns(part).id == part_id, _of_plan(columns(part).item_id))


def _last_effective(late: CTE, history: type[Base], of_plan: Exists) -> Select[Any]:
    return _last(late, history.__tablename__, columns(history), of_plan, is_effective(history))


def _last(late: CTE, table: str, own: Any, *conditions: ColumnElement[bool]) -> Select[Any]:
    recorded = own.id.in_(select(late.c.row_id).where(late.c.table_name == table))
    of_a_late_day = own.as_of > bindparam("after"), own.as_of <= bindparam("today")
    return select(func.max(own.as_of)).where(recorded, *of_a_late_day, *conditions)
