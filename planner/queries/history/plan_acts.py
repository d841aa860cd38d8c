"""The acts on what items have in common: the organisations of the register, and the plan as a whole."""

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import TypeVar

from sqlalchemy import Select, or_, select

from planner.base.views import value_class
from planner.domain.vocabulary import OrganisationEvent, PlanEvent
from planner.register.instants import recorded_until
from planner.register.reading import Reading
from planner.store.models import Organisation, OrganisationChange, Plan, PlanAct


class ActKind(StrEnum):
    """What such an act did, the most serious first."""

    DISSOLVED = OrganisationEvent.DISSOLVED.value
    MERGED = OrganisationEvent.MERGED.value
    CLOSED = PlanEvent.CLOSED.value
    REOPENED = PlanEvent.REOPENED.value
    CARRIED_OVER = PlanEvent.CARRIED_OVER.value
    RENAMED = OrganisationEvent.RENAMED.value


class ActOn(StrEnum):
    """What such an act was on."""

    PLAN = "plan"
    ORGANISATION = "organisation"


@value_class
class ActOnPlan:
    """An act with its reason. `key` and `name` say what was changed, and `was` and `now` are the values, if it has any.

    `name` is the name before the act.
    """

    kind: ActKind
    on: ActOn
    key: str
    name: str
    was: str | None
    now: str | None
    reason: str
    as_of: date
    actor: str


def read_acts_on_plan(reading: Reading, before: date) -> list[ActOnPlan]:
    """Return the acts after a day and up to the reading's day, the most serious kinds first.

    Organisations belong to all plans of a register, and so do the acts on them.
    """
    order = list(ActKind)
    found = (*_organisations(reading, before), *_plan(reading, before))
    return sorted(found, key=lambda act: (order.index(act.kind), act.as_of, act.key))


def _organisations(reading: Reading, before: date) -> Iterator[ActOnPlan]:
    rows = reading.session.execute(_acts(OrganisationChange, reading, before)).scalars().all()
    names = {row.id: row for row in reading.known_rows(Organisation)} if rows else {}
    for row in rows:
        own, into = names[row.organisation_id], names.get(row.into_id or 0)
        yield ActOnPlan(
            kind=ActKind(row.kind.value),
            on=ActOn.ORGANISATION,
            key=own.key,
            name=row.old_name or own.name,
            was=row.old_name,
            now=into.name if into else row.new_name,
            reason=row.reason,
            as_of=row.as_of,
            actor=row.actor,
        )


def _plan(reading: Reading, before: date) -> Iterator[ActOnPlan]:
    """Yield what was done to the plan. It is also told of items that came from another plan."""
    plan = reading.plan
    mine = or_(PlanAct.plan_id == plan.id, PlanAct.other_plan_id == plan.id)
    keys: dict[int, str] = {}
    for row in reading.session.execute(_acts(PlanAct, reading, before).where(mine)).scalars():
        keys = keys or {one.id: one.key for one in reading.session.execute(select(Plan.id, Plan.key))}
        other = keys.get(row.other_plan_id or 0)
        yield ActOnPlan(
            kind=ActKind(row.kind.value),
            on=ActOn.PLAN,
            key=plan.key,
            name=plan.title,
            was=keys[row.plan_id] if other else None,
            now=other,
            reason=row.reason,
            as_of=row.as_of,
            actor=row.actor,
        )


_Act = TypeVar("_Act", OrganisationChange, PlanAct)


def _acts(model: type[_Act], reading: Reading, before: date) -> Select[_Act]:
    until = recorded_until(model, reading.as_of, reading.known_at)
    return select(model).where(model.as_of > before, *until).order_by(model.as_of, model.id)
