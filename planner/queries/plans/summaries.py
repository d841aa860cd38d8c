"""The plans of a register with their numbers of items, for choosing one of them."""

from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from planner.base.views import value_class
from planner.register.closing import read_closing
from planner.register.raw_rows import columns
from planner.store.models import Item, Plan


@value_class
class PlanSummary:
    """A plan, the number of its items, and the day on which it was closed, or None if it is open."""

    key: str
    title: str
    year: int
    items: int
    closed: date | None


def read_plan_summaries(session: Session) -> list[PlanSummary]:
    """Return all plans of the register: the open ones first, and the latest year first."""
    plan, item = columns(Plan), columns(Item)
    counted = func.count(item.id).filter(~item.taken_out)
    rows = session.execute(
        select(plan.id, plan.key, plan.title, plan.year, counted)
        .outerjoin_from(Plan.__table__, Item.__table__, item.plan_id == plan.id)
        .where(~plan.taken_out)
        .group_by(plan.id, plan.key, plan.title, plan.year)
    )
    found = []
    for plan_id, key, title, year, items in rows.all():
        closing = read_closing(session, plan_id)
        found.append(PlanSummary(key, title, year, items, closing.as_of if closing else None))
    return sorted(found, key=lambda one: (one.closed is not None, -one.year, one.key))
