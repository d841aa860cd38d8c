"""Asking before a date outside the plan is given to an item, a milestone or a target."""

from datetime import date

from planner.base.language import tr
from planner.domain.rules.doubts import Doubt
from planner.register.plan_view import PlanView
from planner.writes.reports.doubts import DoubtfulError


def require_in_plan(plan: PlanView, code: str, *days: date | None) -> None:
    """Raise DoubtfulError if one of the dates that an act gives to an item is outside the plan.

    Call it unless the person has confirmed that such a date is intended, as for a moved date.
    """
    doubts = [
        Doubt("due", tr("{day} is outside the plan ({first} to {last})", day=day, first=plan.starts, last=plan.ends))
        for day in dict.fromkeys(days)
        if day is not None and not plan.starts <= day <= plan.ends
    ]
    if doubts:
        raise DoubtfulError(code, doubts)
