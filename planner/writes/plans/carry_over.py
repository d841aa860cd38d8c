"""Carrying the unfinished items of a plan over into another plan, in one write."""

from sqlalchemy import func, select

from planner.base.errors import NotAllowedError
from planner.base.language import tr
from planner.base.texts import clean
from planner.domain.rules.permissions import Permission
from planner.domain.vocabulary import PlanEvent
from planner.queries.plans.carried_bodies import require_leads
from planner.queries.plans.carrying import CarryOver, read_carry_over
from planner.register.plan_view import PlanView
from planner.register.point import Point
from planner.register.reading import Reading
from planner.register.writing import Writing
from planner.store.models import Item, PlanAct
from planner.writes.permission import require
from planner.writes.plans.carried import ACTION, Carrying
from planner.writes.plans.carried_items import add_origins, add_shares, carried_row
from planner.writes.plans.carried_parts import add_indicators, add_milestones
from planner.writes.plans.carried_themes import add_kinds, themes_for


def carry_over(writing: Writing, old: PlanView, shown: CarryOver, reason: str | None = None) -> CarryOver:
    """Add the unfinished items of the plan `old` to the plan of the write. Return what was added.

    `shown` is what the person was shown. Raises NotAllowedError if it is no longer so, if there is nothing to carry
    over, or if the actor is not an administrator, and BadValueError if an item would have no lead.
    """
    why = clean(reason, "reason") or f"unfinished items of {old.key}"
    session = writing.session
    with writing.journal() as journal:
        require(session, writing.actor, Permission.KEEP_PLANS)
        earlier = Reading(session, old, Point(old.today(writing.at)))
        found = read_carry_over(earlier, writing.reading(), shown.dates, shown.lead)
        if found != shown:
            raise NotAllowedError(
                tr("something was recorded since the preview, so nothing was carried over"),
                where=old.key,
                do=tr("Look at the new preview, and decide again"),
            )
        if not found.items:
            raise NotAllowedError(
                tr("there is nothing to carry over"), where=old.key, do=tr("All items have ended or were carried over")
            )
        require_leads(found.ended)
        _add(Carrying(journal, writing, old, found, why))
        act = PlanAct(
            plan_id=old.id, kind=PlanEvent.CARRIED_OVER, other_plan_id=writing.plan.id, as_of=writing.today, reason=why
        )
        journal.add(act, action=ACTION, label=old.key, reason=why)
        return found


def _add(carrying: Carrying) -> None:
    session, old = carrying.writing.session, carrying.old
    carried = carrying.shown.items
    rows = {row.id: row for row in session.execute(select(Item).where(Item.plan_id == old.id)).scalars()}
    themes = themes_for(carrying, [rows[item.id] for item in carried])
    add_kinds(carrying, {rows[item.id].kind for item in carried})
    wanted = select(func.coalesce(func.max(Item.position), 0)).where(Item.plan_id == carrying.writing.plan.id)
    first = session.execute(wanted).scalar_one() + 1
    added = carrying.journal.add_many(
        Item,
        (carried_row(carrying, item, rows[item.id], themes, first + place) for place, item in enumerate(carried)),
        action=ACTION,
    )
    ids = {item.id: new_id for item, new_id in zip(carried, added, strict=True)}
    add_origins(carrying, ids)
    add_shares(carrying, ids)
    add_milestones(carrying, ids)
    add_indicators(carrying, ids)
