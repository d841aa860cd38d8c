"""Which items were dropped: cancelled, or merged into another, so that nothing is done under them any more."""

from sqlalchemy.orm import Session

from planner.models import Item, StatusUpdate
from planner.queries.latest import latest
from planner.queries.plans import PlanView
from planner.queries.point import Point
from planner.vocabulary import DROPPED_PHASES


def read_dropped(session: Session, plan: PlanView, point: Point) -> frozenset[int]:
    """The ids of the plan's items that were dropped, as reported by a date and known at an instant."""
    newest = latest(session, StatusUpdate, Item.id, lambda: StatusUpdate.item_id == Item.id, point, ["phase"])
    statement = newest.where(Item.plan_id == plan.id)
    found = session.execute(statement)
    return frozenset(owner for owner, phase in found if phase in DROPPED_PHASES)
