"""What every write on an item needs: the item's row, and a date that can be a fact's date."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from planner.codes import canonical_code
from planner.errors import BadValueError, UnknownNameError
from planner.models import Item, Plan
from planner.queries.plans import PlanView


def item_row(session: Session, plan: PlanView, code: str) -> Item:
    """The item of a code. Raises UnknownNameError where the plan has none."""
    wanted = canonical_code(code)
    row = session.execute(select(Item).where(Item.plan_id == plan.id, Item.code == wanted)).scalar_one_or_none()
    if row is None:
        raise UnknownNameError(
            f"the plan has no item '{code}'", where="CODE", do="Codes look like T-001 or P-001; see 'planner items'"
        )
    return row


def checked_day(plan: PlanView | Plan, day: date, today: date, where: str) -> date:
    """A day on which something of the plan can have been so: not before the plan's first day, not after today."""
    if day > today:
        raise BadValueError(f"{day} is after today ({today})", where=where, do="Give today or an earlier date")
    if day < plan.starts:
        raise BadValueError(f"{day} is before the plan begins ({plan.starts})", where=where, do="Give a later date")
    return day
