"""Changing facts of an item as of a day: the item's row, and one row of history for each fact.

The row always has the current values. The history says from which day each of them holds, so that a read as of an
earlier day finds the earlier ones (`planner.register.plan_changes`).
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import field
from datetime import date
from functools import partial
from typing import Any

from sqlalchemy import ColumnElement, func, select

from planner.base.errors import BadValueError, NotAllowedError
from planner.base.language import tr
from planner.base.texts import required
from planner.base.views import value_class
from planner.domain.rules.permissions import Permission
from planner.domain.vocabulary import Basis
from planner.queries.history.item_acts import names_of_keys
from planner.queries.history.names_then import read_names, rows_of_keys
from planner.register.later_acts import counts
from planner.register.plan_changes import SUPPORTING
from planner.register.writing import Writing
from planner.store.journal import Journal
from planner.store.models import Item, ItemChange, Measure, PersonChange, PlanChange, Theme
from planner.tables.json_form import NOT_IN_JSON
from planner.writes.items import checked_act_day, checked_shared_day, item_row, require_added, with_fingerprint
from planner.writes.permission import require


@value_class
class Fact:
    """A fact of an item before and after an act, as its history keeps it, and the columns that the act sets."""

    old: str | None
    new: str | None
    columns: Mapping[str, Any]


@value_class
class Act:
    """What all acts need: the open write, the day from which the change holds, and the reason."""

    writing: Writing
    journal: Journal
    day: date
    reason: str


@value_class
class ItemChanged:
    """A recorded act on an item: the facts that changed, with their values before and after.

    `told` has the same facts with names of organisations, people and themes in place of keys, logins and numbers.
    """

    code: str
    as_of: date
    reason: str
    changes: dict[str, tuple[str | None, str | None]]
    told: dict[str, tuple[str | None, str | None]] = field(default_factory=dict, metadata=NOT_IN_JSON)

    def sentence(self) -> str:
        """Return what was recorded, in the words that the command line and the app share."""
        return tr("Recorded: {code} is changed from {day} on.", code=self.code, day=self.as_of)


@contextmanager
def act_on_plan(
    writing: Writing,
    reason: str | None,
    as_of: date | None,
    permission: Permission = Permission.CHANGE_PLAN,
    *,
    of_plan: bool = True,
) -> Iterator[Act]:
    """Open the write of an act for the `with` block. `of_plan` is False for what all plans share, as organisations.

    Raises NotAllowedError if the actor may not change the plan, and BadValueError if the reason is missing, or the day
    is after today or before the plan starts, or, for what all plans share, before the earliest plan starts.
    """
    why = required(reason, "reason")
    day = _day_of_act(writing, as_of, of_plan=of_plan)
    with writing.journal(of_plan=of_plan) as journal:
        require(writing.session, writing.actor, permission)
        yield Act(writing, journal, day, why)


def _day_of_act(writing: Writing, as_of: date | None, *, of_plan: bool) -> date:
    if of_plan:
        return checked_act_day(writing.plan, as_of or writing.day, writing.today)
    return checked_shared_day(writing.session, as_of or writing.today, writing.today)


def item_of(act: Act, code: str) -> Item:
    """Return the row of an item on which an act is made.

    Raises UnknownNameError if the plan has no such item, and NotAllowedError if it was added after the act's day.
    """
    item = item_row(act.writing.session, act.writing.plan, code)
    require_added(item, act.day)
    return item


def change_facts(act: Act, item: Item, facts: Mapping[str, Fact], action: str = "change-item") -> ItemChanged:
    """Change facts of an item, by the field of the history. Facts that stay the same are left out.

    Raises BadValueError if nothing changes, and NotAllowedError if a fact was changed as of a later day already.
    """
    changed = {name: fact for name, fact in facts.items() if (fact.old or "") != (fact.new or "")}
    if not changed:
        raise BadValueError(
            tr("the item is already as you say"), where=item.code, do=tr("Give at least one value that differs")
        )
    require_latest(act, ItemChange, ItemChange.item_id == item.id, changed, of=item.code)
    for name, fact in changed.items():
        add_history(act, item, name, fact.old, fact.new, action=action)
    columns = {column: value for fact in changed.values() for column, value in fact.columns.items()}
    values = with_fingerprint(item, columns, partial(measure_code, act.writing))
    act.journal.change(item, values, action=action, label=item.code, reason=act.reason)
    pairs = {name: (fact.old, fact.new) for name, fact in changed.items()}
    told = {name: (named(act, name, old), named(act, name, new)) for name, (old, new) in pairs.items()}
    return ItemChanged(item.code, act.day, act.reason, pairs, told)


# The facts whose values are keys, and the tables of the rows that have them.
_KEYED = {"lead": "organisation", SUPPORTING: "organisation", "accountable": "person", "organisation": "organisation"}


def named(act: Act, fact: str, value: str | None) -> str | None:
    """Return the value of a fact as people know it: with names in place of the keys that the history keeps."""
    session = act.writing.session
    if value is None:
        return None
    if fact in _KEYED:
        table = _KEYED[fact]
        names = read_names(session, (), rows_of_keys(session, table, value.split(", ")))
        return names_of_keys(value, lambda key: names.get((table, key)))
    if fact == "kind":
        return next((kind.title for kind in act.writing.plan.kinds if kind.key == value), value)
    if fact == "theme":
        own = (Theme.plan_id == act.writing.plan.id, Theme.number == int(value))
        return f"{value} {session.execute(select(Theme.title).where(*own)).scalar() or ''}".strip()
    return value


def add_history(act: Act, item: Item, field: str, old: str | None, new: str | None, *, action: str) -> None:
    """Add the row of history for one fact of an item.

    An act on an organisation can hold from a day before one of its items was added. The item then changes when it is
    added.
    """
    row = ItemChange(
        item_id=item.id,
        as_of=max(act.day, item.added_on or act.day),
        field=field,
        old_value=old,
        new_value=new,
        reason=act.reason,
        basis=Basis.REGISTERED,
    )
    act.journal.add(row, action=action, label=f"{item.code} {field}", reason=act.reason)


def measure_code(writing: Writing, measure_id: int | None) -> str | None:
    """Return the code of a measure."""
    return writing.session.get_one(Measure, measure_id).code if measure_id is not None else None


def latest_change(
    act: Act, history: type[ItemChange | PersonChange | PlanChange], own: ColumnElement[bool], fields: Iterable[str]
) -> tuple[str, date] | None:
    """Return the last change of one of these facts as of a day after that of the act, with its day, or None.

    What an undone import changed does not count. `own` is the condition for the rows of the history.
    """
    later = act.writing.session.execute(
        select(history.field, func.max(history.as_of))
        .where(own, history.field.in_(fields), history.as_of > act.day, counts(history.recorded_at))
        .group_by(history.field)
        .order_by(history.field)
    ).first()
    return None if later is None else (later[0], later[1])


def require_latest(
    act: Act, history: type[ItemChange | PlanChange], own: ColumnElement[bool], fields: Iterable[str], *, of: str
) -> None:
    """Raise NotAllowedError if one of these facts was changed as of a later day.

    Otherwise the facts of the days between would depend on the order in which the acts were recorded. `own` is the
    condition for the rows of the history, and `of` says in the error whose facts they are.
    """
    later = latest_change(act, history, own, fields)
    if later is not None:
        raise NotAllowedError(
            tr("the {field} of {code} was changed as of {day} already", field=later[0], code=of, day=later[1]),
            where="as_of",
            do=tr("Give that day or a later one"),
        )
