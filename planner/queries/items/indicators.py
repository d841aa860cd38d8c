"""Indicators with their values up to a date, for one item or a whole plan. Both take the same number of statements."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from functools import cache
from operator import attrgetter
from typing import Any, NamedTuple

from sqlalchemy import Select, bindparam, select

from planner.base.views import view
from planner.domain.rules.attainment import attainment
from planner.domain.vocabulary import Basis, Direction
from planner.queries.chosen import Chosen, Condition, item_with_id, items_of_plan
from planner.queries.id_in import dialect_of
from planner.queries.items.views import IndicatorView
from planner.register.effective_records import is_effective
from planner.register.instants import known_at_parameter, recorded_until
from planner.register.known import columns_of
from planner.register.raw_rows import columns, raw_rows, to_tuples
from planner.register.reading import Reading
from planner.store.models import Indicator, Item, Observation, Target


class _Indicator(NamedTuple):
    id: int
    item_id: int
    number: int
    name: str
    unit: str
    direction: Direction
    baseline_value: float | None
    basis: Basis
    taken_out: bool


class _Target(NamedTuple):
    id: int
    indicator_id: int
    due: date
    value: float
    due_basis: Basis | None
    taken_out: bool


class _Value(NamedTuple):
    indicator_id: int
    as_of: date
    value: float


@view
class TargetView:
    """A target of an indicator: the number of the indicator, the day, the value and its unit."""

    indicator: int
    due: date
    value: float
    unit: str


class OpenTarget(NamedTuple):
    """A target that is still ahead: its day, its value, and the basis of the day if it has one of its own."""

    due: date
    value: float
    due_basis: Basis | None


def read_indicators(reading: Reading, item_id: int) -> tuple[IndicatorView, ...]:
    """Return the indicators of an item, ordered by number."""
    return _read(reading, item_with_id(item_id)).get(item_id, ())


def read_all_indicators(reading: Reading) -> dict[int, tuple[IndicatorView, ...]]:
    """Return the indicators of all items of a plan, by item id. Items without indicators are left out."""
    return _read(reading, items_of_plan(reading.plan.id))


def read_targets(reading: Reading, item_id: int) -> tuple[TargetView, ...]:
    """Return all present targets of the indicators of an item, by number and day."""
    statement = (
        select(Indicator.number, Target.due, Target.value, Indicator.unit)
        .join(Target, Target.indicator_id == Indicator.id)
        .where(Indicator.item_id == item_id, ~Indicator.taken_out, ~Target.taken_out)
        .order_by(Indicator.number, Target.due)
    )
    return tuple(TargetView(*row) for row in reading.session.execute(statement))


def read_open_targets(reading: Reading) -> dict[int, tuple[OpenTarget, ...]]:
    """Return the targets that are still ahead, by the id of their indicator, by day.

    Of an indicator whose targets are all past, the last one is returned.
    """
    chosen = items_of_plan(reading.plan.id)
    statements = _statements(dialect_of(reading.session), chosen.condition, reading.point.in_past)
    found: dict[int, list[OpenTarget]] = defaultdict(list)
    for target in reading.known_records(Target, _Target, statements.targets, chosen.values):
        if not target.taken_out:
            found[target.indicator_id].append(OpenTarget(target.due, target.value, target.due_basis))
    return {indicator: _open(targets, reading.as_of) for indicator, targets in found.items()}


def _open(targets: Iterable[OpenTarget], as_of: date) -> tuple[OpenTarget, ...]:
    ordered = sorted(targets, key=attrgetter("due"))
    return tuple(one for one in ordered if one.due >= as_of) or tuple(ordered[-1:])


class _Statements(NamedTuple):
    """The SQL statements that read the indicators of items, their targets and their values."""

    indicators: Select[Any]
    targets: Select[Any]
    values: Select[Any]


@cache
def _statements(dialect: str, condition: Condition, in_past: bool) -> _Statements:
    indicator, value = columns(Indicator), columns(Observation)
    mine = select(indicator.id).join(Item.__table__, columns(Item).id == indicator.item_id).where(condition(dialect))
    known_at = known_at_parameter(in_past)
    return _Statements(
        indicators=columns_of(Indicator, _Indicator).where(indicator.id.in_(mine)),
        targets=columns_of(Target, _Target).where(columns(Target).indicator_id.in_(mine)),
        values=select(*(value[name] for name in _Value._fields))
        .where(
            value.indicator_id.in_(mine),
            *recorded_until(value, bindparam("as_of"), known_at),
            is_effective(Observation, known_at),
        )
        .order_by(value.as_of, value.id),
    )


def _read(reading: Reading, chosen: Chosen) -> dict[int, tuple[IndicatorView, ...]]:
    """Return the indicators of the chosen items, by item id."""
    statements = _statements(dialect_of(reading.session), chosen.condition, reading.point.in_past)
    indicators = reading.known_records(Indicator, _Indicator, statements.indicators, chosen.values)
    if not indicators:
        return {}
    all_targets = reading.known_records(Target, _Target, statements.targets, chosen.values)
    targets = _current_targets(all_targets, reading.as_of)
    values = _values(raw_rows(reading.session, statements.values, {**chosen.values, **reading.point.values}))
    found: dict[int, list[IndicatorView]] = defaultdict(list)
    for indicator in sorted(indicators, key=attrgetter("number")):
        if indicator.taken_out:
            continue
        view = _view(indicator, targets.get(indicator.id), values[indicator.id])
        found[indicator.item_id].append(view)
    return {item: tuple(views) for item, views in found.items()}


def _current_targets(targets: Iterable[_Target], as_of: date) -> dict[int, _Target]:
    """Return the target in force of each indicator: the next one due, or the last one if all are past."""
    in_force: dict[int, _Target] = {}
    for target in sorted(targets, key=attrgetter("due")):
        earlier = in_force.get(target.indicator_id)
        if target.taken_out:
            continue
        if earlier is None or earlier.due < as_of:
            in_force[target.indicator_id] = target
    return in_force


def _values(rows: Iterable[tuple[Any, ...]]) -> dict[int, dict[date, float]]:
    """Return the values of each indicator by date. A later row for the same date replaces the earlier one."""
    values: dict[int, dict[date, float]] = defaultdict(dict)
    for row in to_tuples(_Value, rows):
        values[row.indicator_id][row.as_of] = row.value
    return values


def _view(indicator: _Indicator, target: _Target | None, values: dict[date, float]) -> IndicatorView:
    series = tuple(values.items())
    observed_on, observed = series[-1] if series else (None, None)
    aim = target.value if target else None
    return IndicatorView(
        id=indicator.id,
        number=indicator.number,
        name=indicator.name,
        unit=indicator.unit,
        direction=indicator.direction,
        baseline=indicator.baseline_value,
        target=aim,
        due=target.due if target else None,
        basis=indicator.basis,
        observed=observed,
        observed_on=observed_on,
        attainment=attainment(indicator.direction, indicator.baseline_value, aim, observed),
        values=series,
        due_basis=target.due_basis if target else None,
    )
