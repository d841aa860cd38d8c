"""The acts that changed agreed facts of items, such as their theme or lead, with the reasons."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Select, bindparam, select

from planner.register.instants import Late, known_at_parameter, known_by, recorded_in, recorded_until
from planner.register.later_acts import counts
from planner.register.point import known_at_values
from planner.register.raw_rows import columns, named_rows, unmapped_table
from planner.register.reading import Reading
from planner.store.models import Item


class ItemAct(NamedTuple):
    """One fact of an item that an act changed. The values are texts, as the history keeps them."""

    id: int
    item_id: int
    as_of: date
    field: str
    old_value: str | None
    new_value: str | None
    reason: str
    actor: str
    recorded_at: datetime


# Most items have no act, so reading one needs no mapped class.
_ACTS = unmapped_table("item_change", ItemAct)


def read_acts_on(reading: Reading, item_id: int) -> Sequence[ItemAct]:
    """Return all acts on an item as known at the instant, in the order of their days."""
    values = {"item_id": item_id, **known_at_values(reading.known_at)}
    return named_rows(reading.session, ItemAct, _acts_on(reading.point.in_past), values)


def read_acts_since(reading: Reading, before: date) -> Sequence[ItemAct]:
    """Return the acts on items of the plan after a day and up to the reading's day, in the order of their days.

    What an undone import changed is left out, here and among the acts that were recorded late.
    """
    values = {"plan_id": reading.plan.id, "before": before, **reading.point.values}
    return named_rows(reading.session, ItemAct, _acts_since(reading.point.in_past), values)


def read_acts_late(reading: Reading, before: date, late: Late) -> Sequence[ItemAct]:
    """Return the acts on items of the plan that hold from `before` or an earlier day and were recorded in a span."""
    act, item = _ACTS.columns, columns(Item)
    statement = (
        select(_ACTS)
        .join(Item.__table__, item.id == act.item_id)
        .where(item.plan_id == reading.plan.id, *recorded_until(act, before, reading.known_at))
        .where(recorded_in(act.recorded_at, late), counts(act.recorded_at, reading.known_at))
        .order_by(act.as_of, act.id)
    )
    return named_rows(reading.session, ItemAct, statement, {})


def names_of_keys(keys: str | None, name_of: Callable[[str], str | None]) -> str | None:
    """Return the names of rows, given their keys as the history of an act keeps them, and a function of the key."""
    return "; ".join(name_of(key) or key for key in keys.split(", ")) if keys else None


@cache
def _acts_on(in_past: bool) -> Select[Any]:
    act, known_at = _ACTS.columns, known_at_parameter(in_past)
    known = [] if known_at is None else [known_by(act.recorded_at, known_at)]
    return select(_ACTS).where(act.item_id == bindparam("item_id"), *known).order_by(act.as_of, act.id)


@cache
def _acts_since(in_past: bool) -> Select[Any]:
    act, item, known_at = _ACTS.columns, columns(Item), known_at_parameter(in_past)
    known = [] if known_at is None else [known_by(act.recorded_at, known_at)]
    return (
        select(_ACTS)
        .join(Item.__table__, item.id == act.item_id)
        .where(item.plan_id == bindparam("plan_id"), act.as_of > bindparam("before"), act.as_of <= bindparam("as_of"))
        .where(*known, counts(act.recorded_at, known_at))
        .order_by(act.as_of, act.id)
    )
