"""Dropped items: those whose cancellation or merger was reported and confirmed."""

from sqlalchemy.orm import Session

from planner.models import Item, StatusUpdate
from planner.queries.latest import latest
from planner.queries.plans import PlanView
from planner.queries.point import Point
from planner.queries.reported import PHASES, EndingKey, read_confirmed
from planner.rules.endings import completion_of, is_dropped

# The columns that identify an ending, together with the item.
_ENDING = ("phase", "ended_on", "merged_into")


def read_dropped(session: Session, plan: PlanView, point: Point) -> frozenset[int]:
    """Return the ids of the plan's dropped items at a point in time."""
    newest = latest(session, StatusUpdate, Item.id, lambda: StatusUpdate.item_id == Item.id, point, _ENDING)
    found = [EndingKey(*row) for row in session.execute(newest.where(Item.plan_id == plan.id))]
    reported = [ending for ending in found if PHASES[ending.phase].dropped]
    confirmed = read_confirmed(session, point, Item.plan_id == plan.id) if reported else set()
    return frozenset(
        ending.item_id
        for ending in reported
        if is_dropped(phase := PHASES[ending.phase], completion_of(phase, ending in confirmed))
    )
