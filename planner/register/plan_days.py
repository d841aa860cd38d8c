"""The days of a plan: as of which day it is shown, and as of which day something is recorded, if nobody names one.

As of today, everything that was left open in a plan of years ago would be overdue by the time since then.
"""

from datetime import date
from typing import TYPE_CHECKING

from planner.base.views import value_class

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from planner.register.plan_view import PlanView


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


def plan_days(session: "Session", plan: "PlanView", today: date) -> PlanDays:
    """Return the days of a plan on the day `today`."""
    if today < plan.starts:
        return PlanDays(today, plan.starts, today)
    shown = today
    if plan.span.long_over(today):
        # Most plans are not, and their commands need not import what reads all histories.
        from planner.register.last_day import last_day

        shown = last_day(session, plan, today)
    return PlanDays(today, shown, shown)
