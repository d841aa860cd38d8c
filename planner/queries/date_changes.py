"""Why dates moved: of each date that was moved since a day, the change that holds."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from planner.models import DateChange, Item
from planner.queries.counted import counts
from planner.queries.history import recorded_until
from planner.queries.plans import PlanView
from planner.queries.point import Point

# Which date: the item's id, and the milestone's where it is not the item's own due date.
Dated = tuple[int, int | None]


@dataclass(frozen=True)
class DateChangeView:
    """A moved date: the day the move is as of, the reason given, and who recorded it."""

    as_of: date
    reason: str
    actor: str


def read_date_changes(session: Session, plan: PlanView, since: date, point: Point) -> dict[Dated, DateChangeView]:
    """The newest change of each date that moved after a day and by another, as known at the point's instant."""
    statement = (
        select(DateChange)
        .join(Item, Item.id == DateChange.item_id)
        .where(
            Item.plan_id == plan.id,
            DateChange.as_of > since,
            *recorded_until(DateChange, point),
            counts(DateChange, point.known_at),
        )
        .order_by(DateChange.as_of, DateChange.id)
    )
    return {
        (row.item_id, row.milestone_id): DateChangeView(row.as_of, row.reason, row.actor)
        for row in session.execute(statement).scalars()
    }
