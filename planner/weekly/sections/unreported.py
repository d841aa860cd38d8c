"""The section `unreported`: the items without the report that is due, one per row, grouped by organisation."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from planner.queries.items.views import ItemView
from planner.queries.weeks.missing_reports import last_words, silent_since, unreported, weeks_between
from planner.weekly.about_item import (
    BASIS,
    CODE,
    DAYS_LATE,
    FRESHNESS,
    LAST_UPDATE,
    LEAD,
    PHASE,
    SCHEDULE,
    THEME,
    TITLE,
    of_report,
)
from planner.weekly.reading import WeekReading
from planner.weekly.table import Column, ColumnType, Section


@dataclass(frozen=True)
class UnreportedItem:
    """An item that owes a report, as of a day."""

    item: ItemView
    as_of: date
    simulated: bool

    @property
    def weeks(self) -> int:
        """Whole reporting weeks since the last report, or since the item's start if it never had one."""
        return weeks_between(silent_since(self.item, self.as_of), self.as_of)


def _rows(reading: WeekReading) -> Iterator[UnreportedItem]:
    as_of = reading.instance.as_of
    for item in unreported(reading.items, as_of):
        yield UnreportedItem(item, as_of, reading.plan.simulated)


COLUMNS: tuple[Column[UnreportedItem], ...] = (
    LEAD,
    CODE,
    TITLE,
    THEME,
    BASIS,
    FRESHNESS,
    Column(
        "weeks_silent",
        "Weeks silent",
        ColumnType.WHOLE_NUMBER,
        lambda row: row.weeks,
        "Whole reporting weeks since the last report that counts; since the item's start where there never was one. 0 "
        "where the report of this week was returned and one of this week before it counts.",
        required=True,
    ),
    LAST_UPDATE,
    Column(
        "last_words",
        "Last words",
        ColumnType.TEXT,
        lambda row: of_report(row, last_words),
        "What the last report says was done; where it says nothing of that, what is next, in the way, or asked for.",
    ),
    Column(
        "last_reported_by",
        "Reported by",
        ColumnType.TEXT,
        lambda row: of_report(row, lambda report: report.actor),
        "Who made that report, by login: whom to ask.",
    ),
    Column(
        "returned",
        "Returned",
        ColumnType.TEXT,
        lambda row: row.item.returned.reason if row.item.returned else None,
        "Why a manager returned a report that was made since: it owes one anew. Empty where none was returned.",
    ),
    PHASE,
    SCHEDULE,
    DAYS_LATE,
)

UNREPORTED = Section(
    name="unreported",
    title="Who has not reported",
    answers="Which items owe a report, by the organisation that leads them, and how long was there none? The longest "
    "silent organisation comes first, and so its longest silent item.",
    columns=COLUMNS,
    rows=_rows,
    key=("code",),
)
