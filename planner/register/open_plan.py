"""The plan that a command or the app works with, in a register that may hold several."""

from typing import TYPE_CHECKING

from planner.domain.given_plan import SeveralPlansError
from planner.register.plans import read_plan

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from planner.domain.given_plan import GivenPlan
    from planner.register.plan_view import PlanView


def read_open_plan(session: "Session", given: "GivenPlan | None", address: str) -> "PlanView":
    """Return the plan to work with: the given one, else the one chosen with `planner plan use`, else the only one.

    `address` is the address of the register as it is shown to people. A choice of a plan that the register does not
    have is ignored. Raises NoDatabaseError if there is no plan, UnknownNameError if the register does not have the
    given plan, and SeveralPlansError if it has several plans and none was given or chosen.
    """
    if given is not None:
        return read_plan(session, given.key, where=given.where)
    try:
        return read_plan(session)
    except SeveralPlansError as several:
        # Imported only if the register has several plans.
        from planner.personal.chosen_plans import chosen_plan

        key = chosen_plan(address)
        if key not in several.keys:
            raise
    return read_plan(session, key)
