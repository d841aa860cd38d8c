"""Helpers for every write on an item: finding the item's row, and checking the date of a fact."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from planner.base.errors import BadValueError, UnknownNameError
from planner.domain.codes import canonical_code
from planner.queries.plans import PlanView
from planner.store.models import Item, Plan


def item_row(session: Session, plan: PlanView, code: str) -> Item:
    """Return the item with this code. Raises UnknownNameError if the plan has no such item."""
    wanted = canonical_code(code)
    row = session.execute(select(Item).where(Item.plan_id == plan.id, Item.code == wanted)).scalar_one_or_none()
    if row is None:
        raise UnknownNameError(
            f"the plan has no item '{code}'", where="CODE", do="Codes look like T-001 or P-001; see 'planner items'"
        )
    return row


def checked_day(plan: PlanView | Plan, day: date, today: date, where: str) -> date:
    """Return `day` if it is between the first day of the plan and today. Otherwise raises BadValueError."""
    if day > today:
        raise BadValueError(f"{day} is after today ({today})", where=where, do="Give today or an earlier date")
    if day < plan.starts:
        raise BadValueError(f"{day} is before the plan begins ({plan.starts})", where=where, do="Give a later date")
    return day
