"""The section `unreported`: the items without the report that is due, one per row, grouped by organisation."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from planner.queries.items.columns import (
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
from planner.queries.items.views import ItemView
from planner.queries.weeks.missing_reports import last_words, silent_since, unreported, weeks_between
from planner.tables import columns
from planner.tables.columns import Column
from planner.weekly.reading import WeekReading
from planner.weekly.section import Section


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
    columns.whole_number(
        "weeks_silent",
        lambda row: row.weeks,
        "The number of whole reporting weeks since the last report that counts, or since the item's start if there "
        "is no report. 0 if this week's report was returned and an earlier report of this week counts.",
    ),
    LAST_UPDATE,
    columns.text(
        "last_words",
        lambda row: of_report(row, last_words),
        "The work done, in the words of the last report; if it names none, the next step, the obstacle or the help "
        "needed.",
        optional=True,
    ),
    columns.text(
        "last_reported_by",
        lambda row: of_report(row, lambda report: report.actor),
        "The login of the person who made the last report.",
        "Reported by",
        optional=True,
    ),
    columns.text(
        "returned",
        lambda row: row.item.returned.reason if row.item.returned else None,
        "The manager's reason for returning a newer report, after which the officer must report again. Empty if no "
        "report was returned.",
        optional=True,
    ),
    PHASE,
    SCHEDULE,
    DAYS_LATE,
)

UNREPORTED = Section(
    name="unreported",
    title="Who has not reported",
    answers="Which items have no report although one is due, by lead organisation, and for how long? The organisation "
    "and the item with the longest silence come first.",
    columns=COLUMNS,
    rows=_rows,
    key=("code",),
)
