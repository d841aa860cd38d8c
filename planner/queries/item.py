"""All about one item: its state, its indicators, and every report, date change and observation on it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from planner.models import DateChange, Indicator, Milestone, MilestoneReport, Observation, StatusUpdate, Target
from planner.queries.known import rollback_to
from planner.queries.plans import PlanView
from planner.queries.point import Point
from planner.queries.register import read_item, status_view
from planner.queries.views import IndicatorView, ItemView, StatusView
from planner.rules.attainment import attainment
from planner.vocabulary import Basis, Direction


@dataclass(frozen=True)
class HistoryEntry:
    """One thing that was recorded of an item, in words. `kind` is the sort of record."""

    kind: str
    as_of: date
    recorded_at: datetime
    actor: str
    basis: Basis
    what: str
    reason: str | None = None


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
    reports = [status_view(row) for row in _of_item(session, StatusUpdate, item.id, point)]
    return ItemDetail(
        item=item,
        indicators=read_indicators(session, item.id, point),
        reports=tuple(sorted(reports, key=lambda report: (report.as_of, report.id), reverse=True)),
        history=_history(session, item, reports, point),
    )


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
        .where(Observation.indicator_id.in_(ids), *_until(Observation, point))
        .order_by(Observation.as_of, Observation.id)
    ).scalars()
    values: dict[int, dict[date, float]] = defaultdict(dict)
    for row in rows:
        values[row.indicator_id][row.as_of] = row.value
    return values


def _until(history: Any, point: Point) -> list[Any]:
    conditions = [history.as_of <= point.as_of]
    if point.known_at is not None:
        conditions.append(history.recorded_at <= point.known_at)
    return conditions


def _of_item(session: Session, history: Any, item_id: int, point: Point) -> list[Any]:
    return list(session.execute(select(history).where(history.item_id == item_id, *_until(history, point))).scalars())


def _history(session: Session, item: ItemView, reports: Sequence[StatusView], point: Point) -> tuple[HistoryEntry, ...]:
    entries = [
        HistoryEntry("report", report.as_of, report.recorded_at, report.actor, report.basis, _report_in_words(report))
        for report in reports
    ]
    titles = {milestone.id: f"milestone {milestone.number}" for milestone in item.milestones}
    for change in _of_item(session, DateChange, item.id, point):
        what = titles[change.milestone_id] if change.milestone_id else "due date"
        entries.append(
            _entry("date", change, f"{what} moved from {change.old_date} to {change.new_date}", change.reason)
        )
    entries += _milestone_entries(session, item, titles, point)
    entries += _observation_entries(session, item, point)
    return tuple(sorted(entries, key=lambda entry: (entry.recorded_at, entry.as_of), reverse=True))


def _entry(kind: str, row: Any, what: str, reason: str | None = None) -> HistoryEntry:
    return HistoryEntry(kind, row.as_of, row.recorded_at, row.actor, Basis(row.basis), what, reason)


def _milestone_entries(session: Session, item: ItemView, titles: dict[int, str], point: Point) -> list[HistoryEntry]:
    rows = session.execute(
        select(MilestoneReport)
        .join(Milestone, Milestone.id == MilestoneReport.milestone_id)
        .where(Milestone.item_id == item.id, *_until(MilestoneReport, point))
    ).scalars()
    entries = []
    for row in rows:
        if row.met_on:
            what = f"met on {row.met_on}"
        elif row.forecast:
            what = f"forecast for {row.forecast}"
        else:
            what = "taken back as not met"
        entries.append(_entry("milestone", row, f"{titles[row.milestone_id]} {what}", row.evidence))
    return entries


def _observation_entries(session: Session, item: ItemView, point: Point) -> list[HistoryEntry]:
    rows = session.execute(
        select(Observation, Indicator.number)
        .join(Indicator, Indicator.id == Observation.indicator_id)
        .where(Indicator.item_id == item.id, *_until(Observation, point))
    )
    return [_entry("value", row, f"indicator {number} is {row.value:.15g}", row.evidence) for row, number in rows]


def _report_in_words(report: StatusView) -> str:
    parts = [report.phase.value.replace("_", " ")]
    if report.confidence:
        parts.append(report.confidence.value)
    if report.percent is not None:
        parts.append(f"{report.percent} %")
    if report.done:
        parts.append(report.done)
    return ", ".join(parts)
