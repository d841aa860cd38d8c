"""The acts on what items have in common: the organisations and people of the register, the plan and its themes."""

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import TypeVar

from sqlalchemy import Select, or_, select

from planner.base.views import value_class
from planner.domain.changed_facts import fact_word
from planner.domain.vocabulary import OrganisationEvent, PlanEvent
from planner.register.instants import Late, recorded_in, recorded_until
from planner.register.later_acts import counts
from planner.register.plan_changes import JOINED, LEFT
from planner.register.reading import Reading
from planner.store.models import (
    Organisation,
    OrganisationChange,
    Person,
    PersonChange,
    Plan,
    PlanAct,
    PlanChange,
    Theme,
)


class ActKind(StrEnum):
    """What such an act did, the most serious first."""

    DISSOLVED = OrganisationEvent.DISSOLVED.value
    MERGED = OrganisationEvent.MERGED.value
    REMOVED = "removed"
    LEFT = "left"
    CLOSED = PlanEvent.CLOSED.value
    REOPENED = PlanEvent.REOPENED.value
    CARRIED_OVER = PlanEvent.CARRIED_OVER.value
    EDITED = "edited"
    MOVED = "moved"
    RENAMED = OrganisationEvent.RENAMED.value
    ADDED = "added"
    CAME_BACK = "came-back"


class ActOn(StrEnum):
    """What such an act was on."""

    PLAN = "plan"
    THEME = "theme"
    ORGANISATION = "organisation"
    PERSON = "person"


@value_class
class ActOnPlan:
    """An act with its reason. `key` and `name` say what was changed, and `was` and `now` are the values, if it has any.

    `name` is the name before the act. `fact` is the fact that changed, by its name in the history, if it is one.
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
    fact: str | None = None


def read_acts_on_plan(reading: Reading, before: date, late: Late) -> list[ActOnPlan]:
    """Return the acts after a day and up to the reading's day, the most serious kinds first.

    The acts that hold from an earlier day are among them if they were recorded in the span `late`.

    What an undone import changed is left out. Organisations and people belong to all plans of a register, and so do the
    acts on them.
    """
    order = list(ActKind)
    found = (act for read in (_organisations, _people, _plan, _facts) for act in read(reading, before, late))
    return sorted(found, key=lambda act: (order.index(act.kind), act.as_of, act.key))


def _organisations(reading: Reading, before: date, late: Late) -> Iterator[ActOnPlan]:
    rows = reading.session.execute(_acts(OrganisationChange, reading, before, late)).scalars().all()
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


def _people(reading: Reading, before: date, late: Late) -> Iterator[ActOnPlan]:
    rows = reading.session.execute(_acts(PersonChange, reading, before, late)).scalars().all()
    people = {row.id: row for row in reading.known_rows(Person)} if rows else {}
    names = {row.key: row.name for row in reading.known_rows(Organisation)} if rows else {}
    for row in rows:
        own = people[row.person_id]
        kind, has_values = _OF_PERSON.get(row.field, (ActKind.EDITED, True))
        was, now = (names.get(value or "", value) if has_values else None for value in (row.old_value, row.new_value))
        yield ActOnPlan(
            kind=ActKind.CAME_BACK if row.field == LEFT and row.new_value is None else kind,
            on=ActOn.PERSON,
            key=own.login,
            name=(row.field == "name" and row.old_value) or own.name,
            was=was,
            now=now,
            reason=row.reason,
            as_of=row.as_of,
            actor=row.actor,
            fact=row.field if has_values else None,
        )


# What an act on a fact of a person did, and whether its values say more than that.
_OF_PERSON = {
    "name": (ActKind.RENAMED, True),
    "organisation": (ActKind.MOVED, True),
    JOINED: (ActKind.ADDED, False),
    LEFT: (ActKind.LEFT, False),
}


def _plan(reading: Reading, before: date, late: Late) -> Iterator[ActOnPlan]:
    """Yield what was done to the plan. It is also told of items that came from another plan."""
    plan = reading.plan
    mine = or_(PlanAct.plan_id == plan.id, PlanAct.other_plan_id == plan.id)
    keys: dict[int, str] = {}
    for row in reading.session.execute(_acts(PlanAct, reading, before, late).where(mine)).scalars():
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


def _facts(reading: Reading, before: date, late: Late) -> Iterator[ActOnPlan]:
    """Yield the facts of the plan and of its themes that acts changed."""
    plan = reading.plan
    rows = (
        reading.session.execute(_acts(PlanChange, reading, before, late).where(PlanChange.plan_id == plan.id))
        .scalars()
        .all()
    )
    themes = {row.id: row for row in reading.known_rows(Theme)} if rows else {}
    titles = {str(theme.number): theme.title for theme in themes.values() if theme.plan_id == plan.id}
    for row in rows:
        theme = themes.get(row.theme_id or 0)
        was, now = ((titles.get(value or "", value) if row.field == "parent" else value) for value in _values(row))
        old_title = row.old_value if row.field == "title" else None
        yield ActOnPlan(
            kind=_kind(row.field),
            on=ActOn.PLAN if theme is None else ActOn.THEME,
            key=plan.key if theme is None else str(theme.number),
            name=old_title or (plan.title if theme is None else theme.title),
            was=was,
            now=now,
            reason=row.reason,
            as_of=row.as_of,
            actor=row.actor,
            fact=fact_word(row.field),
        )


def _values(row: PlanChange) -> tuple[str | None, str | None]:
    return row.old_value, row.new_value


def _kind(fact: str) -> ActKind:
    kinds = {"title": ActKind.RENAMED, "parent": ActKind.MOVED, "removed": ActKind.REMOVED, "added": ActKind.ADDED}
    return kinds.get(fact, ActKind.EDITED)


_Act = TypeVar("_Act", OrganisationChange, PersonChange, PlanAct, PlanChange)


def _acts(model: type[_Act], reading: Reading, before: date, late: Late) -> Select[_Act]:
    until = recorded_until(model, reading.as_of, reading.known_at)
    return (
        select(model)
        .where(or_(model.as_of > before, recorded_in(model.recorded_at, late)), *until)
        .where(counts(model.recorded_at, reading.known_at))
        .order_by(model.as_of, model.id)
    )
