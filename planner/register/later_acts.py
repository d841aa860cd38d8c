"""Whether anything changed the plan after the day of a read. Only then are the rows of that day restored."""

from datetime import date, datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, bindparam, exists, or_, select
from sqlalchemy.orm import Session

from planner.register.instants import known_at_parameter, known_by
from planner.register.point import Point
from planner.register.raw_rows import columns, unmapped_table
from planner.store.models import Item

# The histories of acts on the plan.
HISTORIES = ("item_change", "target_change", "organisation_change", "plan_change")


class Act(NamedTuple):
    """What each of these histories says of an act."""

    as_of: date
    recorded_at: datetime


def any_later_act(session: Session, point: Point) -> bool:
    """Return whether an act on the plan holds only from a day after that of a point, as known at its instant."""
    return bool(session.execute(_select(point.in_past), point.values).scalar())


@cache
def _select(in_past: bool) -> Select[Any]:
    acts = (unmapped_table(name, Act).columns for name in HISTORIES)
    added = exists().where(columns(Item).added_on > bindparam("as_of"))
    return select(or_(added, *(exists().where(later(act, in_past)) for act in acts)))


def later(act: Any, in_past: bool) -> ColumnElement[bool]:
    """Return the condition that a row of such a history holds only from a later day. `act` has its columns."""
    known_at = known_at_parameter(in_past)
    after: ColumnElement[bool] = act.as_of > bindparam("as_of")
    return after if known_at is None else after & known_by(act.recorded_at, known_at)
