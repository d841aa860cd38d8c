"""Whether anything at all was said of a plan's items as of some days."""

from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from planner.models import DateChange, Item, MilestoneReport, Observation, StatusUpdate
from planner.queries.counted import counts
from planner.queries.instants import known_by
from planner.queries.log_subjects import item_by_row
from planner.queries.plans import PlanView
from planner.queries.point import Point

_HISTORIES: tuple[Any, ...] = (StatusUpdate, MilestoneReport, DateChange, Observation)


def anything_said(session: Session, plan: PlanView, first: date, point: Point) -> bool:
    """Whether a report, a milestone, a moved date or a value counts that is as of a day from `first` to the point's."""
    return any(session.execute(_said(history, plan, first, point)).first() for history in _HISTORIES)


def _said(history: Any, plan: PlanView, first: date, point: Point) -> Any:
    pair = item_by_row()[history.__tablename__]
    statement = (
        select(history.id)
        .join(pair, pair.c.row == history.id)
        .join(Item, Item.id == pair.c.item)
        .where(Item.plan_id == plan.id, history.as_of.between(first, point.as_of), counts(history, point.known_at))
        .limit(1)
    )
    return statement if point.known_at is None else statement.where(known_by(history.recorded_at, point.known_at))
