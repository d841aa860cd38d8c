"""The day as of which a plan is shown, and the day as of which something is recorded, if a person names none.

As of today, everything that was left open in a plan of years ago would be overdue by the time since then.
"""

from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from planner.dates.span import STILL_RUNNING
from planner.register.plan_view import PlanView
from planner.store.models import Item, StatusUpdate


# docs/decisions/0143: one rule for the app and all commands.
def shown_day(session: Session, plan: PlanView, today: date) -> date:
    """Return the day as of which a plan is shown.

    That is today while the plan runs and in the first three months after it, when final reports are made. Before, it is
    the plan's first day. Later, it is its last day, or the day of the last report if it was made after that.
    """
    if today < plan.starts:
        return plan.starts
    return today if today <= plan.ends + STILL_RUNNING else _last_day(session, plan, today)


def recording_day(session: Session, plan: PlanView, today: date) -> date:
    """Return the day as of which a person records something about a plan.

    That is the day as of which the plan is shown, so that what was recorded is seen. A plan that has not begun is
    changed as of today.
    """
    return today if today < plan.starts else shown_day(session, plan, today)


def _last_day(session: Session, plan: PlanView, today: date) -> date:
    last = select(func.max(StatusUpdate.as_of)).join(Item, Item.id == StatusUpdate.item_id)
    reported = session.execute(last.where(Item.plan_id == plan.id, StatusUpdate.as_of <= today)).scalar()
    return max(plan.ends, reported or plan.ends)
