"""The days of a plan: as of which day it is shown, and as of which day something is recorded, if nobody names one.

As of today, everything that was left open in a plan of years ago would be overdue by the time since then.
"""

from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, Select, bindparam, func, select, union_all
from sqlalchemy.orm import Session

from planner.base.views import value_class
from planner.register.effective_records import is_effective
from planner.register.plan_view import PlanView
from planner.register.raw_rows import columns
from planner.store.models import (
    AuditEvent,
    Base,
    DateChange,
    Indicator,
    Item,
    ItemChange,
    Milestone,
    MilestoneReport,
    Observation,
    StatusUpdate,
)


# docs/decisions/0143: one rule for the app and all commands.
@value_class
class PlanDays:
    """The current day, the day as of which a plan is shown, and the day as of which something is recorded.

    The plan is shown as of today while it runs and in the first three months after it, when final reports are made.
    Before, it is shown as of its first day. Later, it is shown as of its last day, or of the last day of which
    something is recorded on its items. Something is recorded as of the day that is shown, so that it is seen. A plan
    that has not begun is changed as of today.
    """

    today: date
    shown: date
    recording: date


def plan_days(session: Session, plan: PlanView, today: date) -> PlanDays:
    """Return the days of a plan on the day `today`."""
    if today < plan.starts:
        return PlanDays(today, plan.starts, today)
    shown = _last_day(session, plan, today) if plan.span.long_over(today) else today
    return PlanDays(today, shown, shown)


def _last_day(session: Session, plan: PlanView, today: date) -> date:
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
    return union_all(
        _last_of(StatusUpdate, columns(StatusUpdate).item_id.in_(items), is_effective(StatusUpdate)),
        _last_of(DateChange, columns(DateChange).item_id.in_(items), is_effective(DateChange)),
        _last_of(MilestoneReport, columns(MilestoneReport).milestone_id.in_(milestones), is_effective(MilestoneReport)),
        _last_of(Observation, columns(Observation).indicator_id.in_(indicators), is_effective(Observation)),
        _last_of(ItemChange, columns(ItemChange).item_id.in_(items)),
    )


def _last_of(history: type[Base], *conditions: ColumnElement[bool]) -> Select[Any]:
    as_of = columns(history).as_of
    return select(func.max(as_of)).where(as_of > bindparam("after"), as_of <= bindparam("today"), *conditions)
