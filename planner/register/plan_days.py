"""The days of a plan: as of which day it is shown, and as of which day something is recorded, if nobody names one.

As of today, everything that was left open in a plan of years ago would be overdue by the time since then.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session

from planner.base.views import value_class
from planner.register.effective_records import is_effective
from planner.register.plan_view import PlanView
from planner.store.models import (
    AuditEvent,
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
    found = (session.execute(statement, {"after": plan.ends, "today": today}).scalar() for statement in _last(plan.id))
    last: date = max([plan.ends, *(day for day in found if day is not None)])
    return last


def _last(plan_id: int) -> Sequence[Any]:
    """Return statements that select the last day after the end of which something is recorded, one for each history."""
    items = select(Item.id).where(Item.plan_id == plan_id)
    milestones = select(Milestone.id).where(Milestone.item_id.in_(items))
    indicators = select(Indicator.id).where(Indicator.item_id.in_(items))
    return [
        _last_of(StatusUpdate, StatusUpdate.item_id.in_(items), is_effective(StatusUpdate)),
        _last_of(DateChange, DateChange.item_id.in_(items), is_effective(DateChange)),
        _last_of(MilestoneReport, MilestoneReport.milestone_id.in_(milestones), is_effective(MilestoneReport)),
        _last_of(Observation, Observation.indicator_id.in_(indicators), is_effective(Observation)),
        _last_of(ItemChange, ItemChange.item_id.in_(items)),
    ]


def _last_of(history: Any, *conditions: Any) -> Any:
    days = history.as_of > bindparam("after"), history.as_of <= bindparam("today")
    return select(func.max(history.as_of)).where(*days, *conditions)
