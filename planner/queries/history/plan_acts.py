"""The acts on what items have in common: the organisations and people of the register, the plan and its themes."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from enum import StrEnum
from typing import TypeVar, cast

from sqlalchemy import ColumnElement, or_, select

from planner.base.views import value_class
from planner.domain.changed_facts import fact_word
from planner.domain.vocabulary import OrganisationEvent, PlanEvent
from planner.register.instants import Late, recorded_in, recorded_until
from planner.register.later_acts import counts
from planner.register.plan_changes import ADDED, JOINED, KIND, KIND_MERGED, LEFT, MERGED, REMOVED
from planner.register.plan_view import PlanView
from planner.register.raw_rows import columns
from planner.register.reading import Reading
from planner.store.models import (
    ItemKind,
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
    # Any of them, if it was recorded in the week but holds from an earlier day.
    RECORDED_LATE = "recorded_late"


class ActOn(StrEnum):
    """What such an act was on."""

    PLAN = "plan"
    THEME = "theme"
    KIND = "kind"
    ORGANISATION = "organisation"
    PERSON = "person"


@value_class
class ActOnPlan:
    """An act with its reason. `key` and `name` say what was changed, and `was` and `now` are the values, if it has any.

    `name` is the name before the act, or the one with which something was added. `fact` is the fact that changed, by
    its name in the history, if it is one. Of an act that was recorded late, it is else what the act did.
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
    """Return the acts after a day and up to the reading's day. What had the most serious act comes first.

    The acts on one thing are in their order. Those that hold from an earlier day are among them if they were recorded
    in the span `late`, and are told as that: the week of their day tells what they did.

    What an undone import changed is left out. Organisations and people belong to all plans of a register, and so do the
    acts on them.
    """
    order = list(ActKind)
    found = [act for read in (_organisations, _people, _plan, _facts) for act in read(reading, before, late)]
    worst: dict[tuple[ActOn, str], tuple[int, date]] = {}
    for act in found:
        rank = (order.index(act.kind), act.as_of)
        worst[act.on, act.key] = min(rank, worst.get((act.on, act.key), rank))
    found.sort(key=lambda act: (*worst[act.on, act.key], act.key, act.on, act.as_of))
    return [_told_late(act) if act.as_of <= before else act for act in found]


def _told_late(act: ActOnPlan) -> ActOnPlan:
    return replace(act, kind=ActKind.RECORDED_LATE, fact=act.fact or act.kind.value)


class _NamesBefore:
    """The names of things before each of the acts on them. The acts are given from the last one to the first."""

    def __init__(self, names: Mapping[str, str]) -> None:
        """Take the names of all things after the last act, by their keys."""
        self._names = dict(names)

    def of(self, key: str, renamed_from: str | None) -> str:
        """Return the name of a thing before the next earlier act. If the act renamed it, its name was another one."""
        if renamed_from is not None:
            self._names[key] = renamed_from
        return self._names[key]

    def called(self, name: str | None) -> str | None:
        """Return the key of the thing that has a name after the act, if there is one."""
        return next((key for key, own in self._names.items() if own == name), None)


def _organisations(reading: Reading, before: date, late: Late) -> Iterator[ActOnPlan]:
    rows = _acts(OrganisationChange, reading, before, late)
    names = {row.id: row for row in reading.known_rows(Organisation)} if rows else {}
    before_it = _NamesBefore({row.key: row.name for row in names.values()})
    for row, name in _with_names(rows, lambda row: before_it.of(names[row.organisation_id].key, row.old_name)):
        own, into = names[row.organisation_id], names.get(row.into_id or 0)
        yield ActOnPlan(
            kind=ActKind(row.kind.value),
            on=ActOn.ORGANISATION,
            key=own.key,
            name=name,
            was=row.old_name,
            now=into.name if into else row.new_name,
            reason=row.reason,
            as_of=row.as_of,
            actor=row.actor,
        )


def _people(reading: Reading, before: date, late: Late) -> Iterator[ActOnPlan]:
    rows = _acts(PersonChange, reading, before, late)
    people = {row.id: row for row in reading.known_rows(Person)} if rows else {}
    names = {row.key: row.name for row in reading.known_rows(Organisation)} if rows else {}
    before_it = _NamesBefore({row.login: row.name for row in people.values()})

    def name_before(row: PersonChange) -> str:
        return before_it.of(people[row.person_id].login, row.old_value if row.field == "name" else None)

    for row, name in _with_names(rows, name_before):
        own = people[row.person_id]
        kind, has_values = _OF_PERSON.get(row.field, (ActKind.EDITED, True))
        was, now = (names.get(value or "", value) if has_values else None for value in (row.old_value, row.new_value))
        yield ActOnPlan(
            kind=ActKind.CAME_BACK if row.field == LEFT and row.new_value is None else kind,
            on=ActOn.PERSON,
            key=own.login,
            name=name,
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
    for row in _acts(PlanAct, reading, before, late, mine):
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
    """Yield the facts of the plan, its themes and its kinds of items that acts changed."""
    plan = reading.plan
    rows = _acts(PlanChange, reading, before, late, PlanChange.plan_id == plan.id)
    if not rows:
        return
    themes = {row.id: row for row in reading.known_rows(Theme) if row.plan_id == plan.id}
    titles = {str(theme.number): theme.title for theme in themes.values()}
    numbers = {row_id: str(theme.number) for row_id, theme in themes.items()}
    merged = any(row.field == KIND_MERGED for row in rows)
    kinds = {row.key: row.title for row in reading.known_rows(ItemKind) if row.plan_id == plan.id} if merged else {}
    named = {"parent": titles, MERGED: titles, KIND_MERGED: kinds}
    for row, (on, key, name) in _with_names(rows, _Subjects(plan, numbers, titles, kinds).of):
        names = named.get(row.field, {})
        was, now = (names.get(value or "", value) for value in _values(row))
        yield ActOnPlan(
            kind=_kind(row.field),
            on=on,
            key=key,
            name=name,
            was=was,
            now=now,
            reason=row.reason,
            as_of=row.as_of,
            actor=row.actor,
            fact=_FACTS.get(row.field, fact_word(row.field)),
        )


class _Subjects:
    """What the acts on facts of a plan were on: the plan, a theme or a kind of items. The last act is asked first."""

    def __init__(
        self, plan: PlanView, themes: Mapping[int, str], titles: Mapping[str, str], kinds: Mapping[str, str]
    ) -> None:
        """Take the numbers of the themes by their ids, the titles by their numbers, and those of kinds by their keys.

        The kinds are needed only if some were merged.
        """
        self._plan, self._themes = plan, themes
        self._names = _NamesBefore({**titles, "": plan.title})
        self._merged = kinds
        self._kinds = _NamesBefore({kind.key: kind.title for kind in plan.kinds})

    def of(self, row: PlanChange) -> tuple[ActOn, str, str]:
        """Return what an act was on, with its key and its name before the act."""
        if row.field == KIND_MERGED:
            key = row.old_value or ""
            return ActOn.KIND, key, self._kinds.of(key, self._merged[key])
        # The history of a kind names the plan only. No two kinds have one title on one day.
        kind = self._kinds.called(row.new_value) if row.field == KIND else None
        if kind is not None:
            return ActOn.KIND, kind, self._kinds.of(kind, row.old_value)
        number = self._themes.get(row.theme_id or 0, "")
        name = self._names.of(number, row.old_value if row.field == "title" else None)
        return (ActOn.THEME, number, name) if number else (ActOn.PLAN, self._plan.key, name)


def _values(row: PlanChange) -> tuple[str | None, str | None]:
    return (None if row.field == KIND_MERGED else row.old_value), row.new_value


# What the fields of the history of a plan say that an act did, if it did more than edit a fact.
_KINDS = {
    "title": ActKind.RENAMED,
    KIND: ActKind.RENAMED,
    "parent": ActKind.MOVED,
    REMOVED: ActKind.REMOVED,
    ADDED: ActKind.ADDED,
    MERGED: ActKind.MERGED,
    KIND_MERGED: ActKind.MERGED,
}
# The facts that changed, where the field is another word. A merger is no change of one fact, as for organisations.
_FACTS = {KIND: "title", MERGED: None, KIND_MERGED: None}


def _kind(fact: str) -> ActKind:
    return _KINDS.get(fact, ActKind.EDITED)


_Name = TypeVar("_Name")
_Act = TypeVar("_Act", OrganisationChange, PersonChange, PlanAct, PlanChange)


def _acts(
    model: type[_Act], reading: Reading, before: date, late: Late, *conditions: ColumnElement[bool]
) -> Sequence[_Act]:
    """Return the acts of a history for which the conditions hold. No class is mapped, because only columns are read."""
    until = recorded_until(model, reading.as_of, reading.known_at)
    statement = (
        select(*columns(model))
        .where(or_(model.as_of > before, recorded_in(model.recorded_at, late)), *until, *conditions)
        .where(counts(model.recorded_at, reading.known_at))
        .order_by(model.as_of, model.id)
    )
    return cast("Sequence[_Act]", reading.session.execute(statement).all())


def _with_names(rows: Sequence[_Act], name_before: Callable[[_Act], _Name]) -> Iterator[tuple[_Act, _Name]]:
    """Yield acts in their order, each with what `name_before` returns. It is asked about the last act first."""
    names = [name_before(row) for row in reversed(rows)]
    return zip(rows, reversed(names), strict=True)
