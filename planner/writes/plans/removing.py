"""Removing a plan that was made by mistake and has nothing in it."""

from sqlalchemy import func, select

from planner.base.errors import NotAllowedError
from planner.base.language import tr
from planner.base.texts import required
from planner.domain.lengths import LONGEST_KEY
from planner.domain.rules.permissions import Permission
from planner.register.writing import Writing
from planner.store.models import Item, Measure, Plan, Theme, WeeklyIssue
from planner.writes.permission import require

# Room for the sign and the number that the key of a removed plan ends with.
_ROOM = 12


def remove_plan(writing: Writing, reason: str | None) -> None:
    """Remove the plan of the write. Its row and its history stay, no read finds it, and its key is free again.

    Raises NotAllowedError if the plan has items, themes, measures or issued weeks, if it is closed, or if the actor is
    not an administrator.
    """
    why = required(reason, "reason")
    session, plan = writing.session, writing.plan
    with writing.journal() as journal:
        require(session, writing.actor, Permission.KEEP_PLANS)
        _require_empty(writing)
        row = session.get_one(Plan, plan.id)
        # No key that somebody gives has this sign, so the new key cannot be taken.
        key = f"{plan.key[: LONGEST_KEY - _ROOM]}~{plan.id}"
        journal.change(row, {"taken_out": True, "key": key}, action="remove-plan", label=plan.key, reason=why)


def _require_empty(writing: Writing) -> None:
    plan_id = writing.plan.id
    counted = (
        (tr("items"), select(func.count(Item.id)).where(Item.plan_id == plan_id, ~Item.taken_out)),
        (tr("themes"), select(func.count(Theme.id)).where(Theme.plan_id == plan_id, ~Theme.taken_out)),
        (tr("measures"), select(func.count(Measure.id)).where(Measure.plan_id == plan_id)),
        (tr("issued weeks"), select(func.count(WeeklyIssue.id)).where(WeeklyIssue.plan_id == plan_id)),
    )
    for things, statement in counted:
        number = writing.session.execute(statement).scalar_one()
        if number:
            raise NotAllowedError(
                tr("the plan is not empty: {things}: {number}", things=things, number=number),
                where=writing.plan.key,
                do=tr("Close it with 'planner plan close' instead"),
            )
