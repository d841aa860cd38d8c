"""What people reported about items, milestones and indicators, which an exported register shows and no import takes.

The fields have the names of the columns.
"""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from planner.base.views import value_class


# docs/decisions/0168: nobody's report is made up from a file.
class ItemRecord(NamedTuple):
    """The day and the author of the latest report on an item, its evidence, and when and why the item ended."""

    reported_on: date | None = None
    reported_by: str | None = None
    report_evidence: str | None = None
    ended_on: date | None = None
    ending_reason: str | None = None


class MilestoneRecord(NamedTuple):
    """The day on which a milestone was met, and the day on which its officer expects it."""

    met_on: date | None = None
    forecast_date: date | None = None


class IndicatorRecord(NamedTuple):
    """The latest value of an indicator, with its day."""

    observed: float | None = None
    observed_on: date | None = None


# The values of what nobody has reported on.
NO_ITEM_RECORD, NO_MILESTONE_RECORD, NO_INDICATOR_RECORD = ItemRecord(), MilestoneRecord(), IndicatorRecord()


@value_class
class Recorded:
    """The records that count, by the ids of items, milestones and indicators. Those without any are left out."""

    items: Mapping[int, ItemRecord]
    milestones: Mapping[int, MilestoneRecord]
    indicators: Mapping[int, IndicatorRecord]


NOTHING_RECORDED = Recorded({}, {}, {})
