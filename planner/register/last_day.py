"""The last day of which something is recorded on the items of a plan that is over."""

from datetime import date
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, CompoundSelect, Select, bindparam, func, select, union_all
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
    item_id: int
    as_of: date


def last_day(session: Session, plan: PlanView, today: date) -> date:
    """Return the last day of a plan that is over, or the last day up to today of which something is recorded."""
    newest = session.execute(select(AuditEvent.recorded_at).order_by(AuditEvent.seq.desc()).limit(1)).scalar()
    # What is of a day after the end was recorded after the end. This spares a read of all records of a large plan.
    if newest is None or plan.day_at(newest) <= plan.ends:
        return plan.ends
    found = session.execute(_last_days(), {"plan": plan.id, "after": plan.ends, "today": today}).scalars()
    last: date = max([plan.ends, *(day for day in found if day is not None)])
    return last


@cache
def _last_days() -> CompoundSelect[Any]:
    """Build the statement that selects the last day after the end of a plan of which each history has a record.

    It is one statement and is built once, because each command and each screen asks for the day of a plan that is over.
    """
    items = select(columns(Item).id).where(columns(Item).plan_id == bindparam("plan"))
    milestones = select(columns(Milestone).id).where(columns(Milestone).item_id.in_(items))
    indicators = select(columns(Indicator).id).where(columns(Indicator).item_id.in_(items))
    act = unmapped_table("item_change", _Act).columns
    return union_all(
        _last_effective(StatusUpdate, "item_id", items),
        _last_effective(DateChange, "item_id", items),
        _last_effective(MilestoneReport, "milestone_id", milestones),
        _last_effective(Observation, "indicator_id", indicators),
        _last(act.as_of, act.item_id.in_(items)),
    )


def _last_effective(history: type[Base], owner: str, owners: Select[Any]) -> Select[Any]:
    own = columns(history)
    return _last(own.as_of, own[owner].in_(owners), is_effective(history))


def _last(as_of: ColumnElement[date], *conditions: ColumnElement[bool]) -> Select[Any]:
    return select(func.max(as_of)).where(as_of > bindparam("after"), as_of <= bindparam("today"), *conditions)
