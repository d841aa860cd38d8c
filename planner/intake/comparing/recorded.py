"""What people reported about items, milestones and indicators, as an exported register shows it for reading.

The fields have the names of the columns.
"""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from planner.base.views import value_class


# docs/decisions/0168: an import takes these only from another register, if they are news.
class ItemRecord(NamedTuple):
    """The day and the author of the latest report on an item, its evidence, and when and why the item ended."""

    reported_on: date | None = None
    reported_by: str | None = None
    report_evidence: str | None = None
    ended_on: date | None = None
    ending_reason: str | None = None


class MilestoneRecord(NamedTuple):
    """The day on which a milestone was met or its officer expects it, and the report that says so."""

    met_on: date | None = None
    forecast_date: date | None = None
    reported_on: date | None = None
    reported_by: str | None = None
    report_evidence: str | None = None


class IndicatorRecord(NamedTuple):
    """The latest value of an indicator, with its day, its author and its evidence."""

    observed: float | None = None
    observed_on: date | None = None
    reported_by: str | None = None
    report_evidence: str | None = None


# The values of what nobody has reported on.
NO_ITEM_RECORD, NO_MILESTONE_RECORD, NO_INDICATOR_RECORD = ItemRecord(), MilestoneRecord(), IndicatorRecord()


@value_class
class Recorded:
    """The records that count, by the ids of items, milestones and indicators. Those without any are left out."""

    items: Mapping[int, ItemRecord]
    milestones: Mapping[int, MilestoneRecord]
    indicators: Mapping[int, IndicatorRecord]


NOTHING_RECORDED = Recorded({}, {}, {})
