"""All about one item: its state, its indicators, and every report, date change and observation on it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from planner.models import Indicator, Observation, StatusUpdate, Target
from planner.queries.counted import counts
from planner.queries.history import HistoryEntry, read_history, recorded_until
from planner.queries.known import rollback_to
from planner.queries.plans import PlanView
from planner.queries.point import Point
from planner.queries.register import read_item, status_view
from planner.queries.views import IndicatorView, ItemView, StatusView
from planner.rules.attainment import attainment
from planner.vocabulary import Basis, Direction


@dataclass(frozen=True)
class ItemDetail:
    """An item with its indicators, its reports (newest first) and its whole history (newest first)."""

    item: ItemView
    indicators: tuple[IndicatorView, ...]
    reports: tuple[StatusView, ...]
    history: tuple[HistoryEntry, ...]


def read_item_detail(session: Session, plan: PlanView, point: Point, code: str) -> ItemDetail:
    """All about one item at a point in time. Raises UnknownNameError where there is none of this code."""
    item = read_item(session, plan, point, code)
    return ItemDetail(
        item=item,
        indicators=read_indicators(session, item.id, point),
        reports=_counted_reports(session, item.id, point),
        history=read_history(session, item, point),
    )


def _counted_reports(session: Session, item_id: int, point: Point) -> tuple[StatusView, ...]:
    """The reports that count, newest first."""
    statement = (
        select(StatusUpdate)
        .where(
            StatusUpdate.item_id == item_id, *recorded_until(StatusUpdate, point), counts(StatusUpdate, point.known_at)
        )
        .order_by(StatusUpdate.as_of.desc(), StatusUpdate.id.desc())
    )
    return tuple(status_view(row) for row in session.execute(statement).scalars())


def read_indicators(session: Session, item_id: int, point: Point) -> tuple[IndicatorView, ...]:
    """An item's indicators with their values up to a date; a later row for the same date revises the earlier one."""
    back = rollback_to(session, point.known_at)
    indicators = back.rows(list(session.execute(select(Indicator).where(Indicator.item_id == item_id)).scalars()))
    ids = [indicator.id for indicator in indicators]
    targets: dict[int, Target] = {}
    found = session.execute(select(Target).where(Target.indicator_id.in_(ids))).scalars()
    for target in sorted(back.rows(list(found)), key=lambda target: target.due):
        # The target that counts is the next one due, or the last.
        current = targets.get(target.indicator_id)
        if current is None or current.due < point.as_of:
            targets[target.indicator_id] = target
    values = _values(session, ids, point)
    return tuple(
        _indicator_view(indicator, targets.get(indicator.id), values[indicator.id])
        for indicator in sorted(indicators, key=lambda indicator: indicator.number)
    )


def _indicator_view(indicator: Indicator, target: Target | None, values: dict[date, float]) -> IndicatorView:
    series = tuple(sorted(values.items()))
    observed_on, observed = series[-1] if series else (None, None)
    aim = target.value if target else None
    direction = Direction(indicator.direction)
    return IndicatorView(
        id=indicator.id,
        number=indicator.number,
        name=indicator.name,
        unit=indicator.unit,
        direction=direction,
        baseline=indicator.baseline_value,
        target=aim,
        due=target.due if target else None,
        basis=Basis(indicator.basis),
        observed=observed,
        observed_on=observed_on,
        attainment=attainment(direction, indicator.baseline_value, aim, observed),
        values=series,
    )


def _values(session: Session, ids: Sequence[int], point: Point) -> dict[int, dict[date, float]]:
    rows = session.execute(
        select(Observation)
        .where(
            Observation.indicator_id.in_(ids), *recorded_until(Observation, point), counts(Observation, point.known_at)
        )
        .order_by(Observation.as_of, Observation.id)
    ).scalars()
    values: dict[int, dict[date, float]] = defaultdict(dict)
    for row in rows:
        values[row.indicator_id][row.as_of] = row.value
    return values
