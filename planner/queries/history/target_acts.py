"""The acts that revised targets of items' indicators, with the reasons."""

from collections.abc import Sequence
from datetime import date, datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Select, bindparam, select

from planner.register.instants import Late, known_at_parameter, known_by, recorded_in, recorded_until
from planner.register.later_acts import counts
from planner.register.point import known_at_values
from planner.register.raw_rows import columns, named_rows, unmapped_table
from planner.register.reading import Reading
from planner.store.models import Indicator, Item, Target


class TargetAct(NamedTuple):
    """One revision of a target of an item's indicator, with the value and the day before and after."""

    item_id: int
    indicator_id: int
    number: int
    unit: str
    target_id: int
    as_of: date
    old_value: float
    new_value: float
    old_due: date
    new_due: date
    reason: str
    actor: str
    recorded_at: datetime


class _Revision(NamedTuple):
    id: int
    target_id: int
    as_of: date
    old_value: float
    new_value: float
    old_due: date
    new_due: date
    reason: str
    actor: str
    recorded_at: datetime


# Most items have no revised target, so reading one needs no mapped class.
_REVISIONS = unmapped_table("target_change", _Revision)


def read_targets_revised_on(reading: Reading, item_id: int) -> Sequence[TargetAct]:
    """Return all revisions of an item's targets as known at the instant, in the order of their days."""
    values = {"item_id": item_id, **known_at_values(reading.known_at)}
    return named_rows(reading.session, TargetAct, _on(reading.point.in_past), values)


def read_targets_revised_since(reading: Reading, before: date) -> Sequence[TargetAct]:
    """Return the revisions of targets in the plan after a day and up to the reading's day, the first day first.

    Those of undone imports are left out, and those of indicators that the items do not have any more at the point in
    time.
    """
    values = {"plan_id": reading.plan.id, "before": before, **reading.point.values}
    return _of_parts(reading, named_rows(reading.session, TargetAct, _since(reading.point.in_past), values))


def read_targets_revised_late(reading: Reading, before: date, late: Late) -> Sequence[TargetAct]:
    """Return the revisions of targets that hold from `before` or an earlier day and were recorded in a span.

    Those of undone imports are left out, and those of indicators that the items do not have any more at the point in
    time.
    """
    change = _REVISIONS.columns
    statement = _of_plan().where(
        *recorded_until(change, before, reading.known_at),
        recorded_in(change.recorded_at, late),
        counts(change.recorded_at, reading.known_at),
    )
    return _of_parts(reading, named_rows(reading.session, TargetAct, statement, {"plan_id": reading.plan.id}))


def _of_parts(reading: Reading, acts: Sequence[TargetAct]) -> Sequence[TargetAct]:
    """Return the revisions of the indicators that the items have at the point in time, with their numbers then."""
    # The number of an indicator is that of the point in time, and not what a later removal made of it.
    parts = {one.id: one for one in reading.known_records(Indicator, _Part)} if acts else {}
    return [
        act._replace(number=parts[act.indicator_id].number)
        for act in acts
        if act.indicator_id in parts and not parts[act.indicator_id].taken_out
    ]


class _Part(NamedTuple):
    id: int
    number: int
    taken_out: bool


def _revisions() -> Select[Any]:
    change, target, indicator = _REVISIONS.columns, columns(Target), columns(Indicator)
    names = TargetAct._fields[4:]
    return (
        select(indicator.item_id, indicator.id, indicator.number, indicator.unit, *(change[name] for name in names))
        .join_from(_REVISIONS, Target.__table__, target.id == change.target_id)
        .join(Indicator.__table__, indicator.id == target.indicator_id)
        .order_by(change.as_of, change.id)
    )


@cache
def _on(in_past: bool) -> Select[Any]:
    known_at = known_at_parameter(in_past)
    known = [] if known_at is None else [known_by(_REVISIONS.columns.recorded_at, known_at)]
    return _revisions().where(columns(Indicator).item_id == bindparam("item_id"), *known)


@cache
def _since(in_past: bool) -> Select[Any]:
    change = _REVISIONS.columns
    known_at = known_at_parameter(in_past)
    until = recorded_until(change, bindparam("as_of"), known_at)
    return _of_plan().where(change.as_of > bindparam("before"), *until, counts(change.recorded_at, known_at))


def _of_plan() -> Select[Any]:
    item = columns(Item)
    return (
        _revisions()
        .join(Item.__table__, item.id == columns(Indicator).item_id)
        .where(item.plan_id == bindparam("plan_id"))
    )
