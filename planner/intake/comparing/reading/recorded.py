"""Reading what people reported about a plan's items, milestones and indicators, for an export to show it."""

from collections.abc import Callable
from datetime import date
from typing import NamedTuple, TypeVar

from planner.intake.comparing.reading.plan_rows import PlanRows
from planner.intake.comparing.recorded import (
    NO_MILESTONE_RECORD,
    IndicatorRecord,
    ItemRecord,
    MilestoneRecord,
    Recorded,
)
from planner.queries.chosen import indicators_among
from planner.queries.items.reported import MILESTONE_REPORTS, STATUS, History, each_newest
from planner.register.raw_rows import columns
from planner.store.models import Indicator, Observation


class _ReportRow(NamedTuple):
    owner: int
    as_of: date
    actor: str
    evidence: str | None
    completed_on: date | None
    ended_on: date | None
    ending_reason: str | None


class _MilestoneRow(NamedTuple):
    owner: int
    met_on: date | None
    forecast: date | None
    as_of: date
    actor: str
    evidence: str | None


class _ObservedRow(NamedTuple):
    owner: int
    value: float
    as_of: date
    actor: str
    evidence: str | None


_REPORTS = STATUS.of_columns(_ReportRow)
_MILESTONES = MILESTONE_REPORTS.of_columns(_MilestoneRow)
_OBSERVED = History(
    Observation,
    _ObservedRow,
    Indicator,
    lambda: columns(Observation).indicator_id == columns(Indicator).id,
    indicators_among,
)

_Row = TypeVar("_Row", bound=NamedTuple)
_Record = TypeVar("_Record")


def read_recorded(rows: PlanRows) -> Recorded:
    """Return what was reported about the items of a plan, with three statements."""
    return Recorded(
        _read(rows, _REPORTS, _of_item),
        _read(rows, _MILESTONES, _of_milestone),
        _read(rows, _OBSERVED, lambda row: IndicatorRecord(row.value, row.as_of, row.actor, row.evidence)),
    )


def _of_item(row: _ReportRow) -> ItemRecord:
    return ItemRecord(row.as_of, row.actor, row.evidence, row.completed_on or row.ended_on, row.ending_reason)


def _of_milestone(row: _MilestoneRow) -> MilestoneRecord:
    if row.met_on is None and row.forecast is None:
        # It was reported as not met after all: there is nothing to show.
        return NO_MILESTONE_RECORD
    return MilestoneRecord(row.met_on, row.forecast, row.as_of, row.actor, row.evidence)


def _read(rows: PlanRows, history: History[_Row], made: Callable[[_Row], _Record]) -> dict[int, _Record]:
    """Return the record of each owner. Equal ones, as those of one day and author mostly are, are kept once."""
    kept: dict[_Record, _Record] = {}
    records = ((row[0], made(row)) for row in each_newest(rows.latest, history, rows.chosen))
    return {owner: kept.setdefault(record, record) for owner, record in records}
