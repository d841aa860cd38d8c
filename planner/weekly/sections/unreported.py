"""The section `unreported`: the items whose due report is missing, one per row, grouped by organisation."""

from collections.abc import Iterator

from planner.domain.rules.weeks import weeks_between
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
from planner.queries.weeks.missing_reports import last_words, silent_since, unreported
from planner.tables import columns
from planner.tables.columns import Column
from planner.weekly.reading import WeekReading
from planner.weekly.section import ItemFact, Section


def _rows(reading: WeekReading) -> Iterator[ItemFact]:
    frame = reading.instance.frame
    return (ItemFact(item, frame) for item in unreported(reading.items, frame.as_of))


COLUMNS: tuple[Column[ItemFact], ...] = (
    LEAD,
    CODE,
    TITLE,
    THEME,
    BASIS,
    FRESHNESS,
    columns.whole_number(
        "weeks_silent",
        lambda row: weeks_between(silent_since(row.item, row.frame.as_of), row.frame.as_of),
        "The number of whole reporting weeks since the last report that counts, or since the item's start if there "
        "is no report. 0 if this week's report was returned and an earlier report of this week counts.",
        "Weeks without report",
    ),
    LAST_UPDATE,
    columns.text(
        "last_words",
        of_report(last_words),
        "The work done, in the words of the last report; if it names none, the next step, the obstacle or the help "
        "needed.",
        "Last report",
        optional=True,
    ),
    columns.text(
        "last_reported_by",
        of_report(lambda report: report.actor),
        "The login of the person who made the last report.",
        "Reported by",
        optional=True,
    ),
    columns.text(
        "returned",
        lambda row: row.item.returned.reason if row.item.returned else None,
        "The manager's reason for returning a newer report, after which the officer must report again. Empty if no "
        "report was returned.",
        "Why returned",
        optional=True,
    ),
    PHASE,
    SCHEDULE,
    DAYS_LATE,
)

UNREPORTED = Section(
    name="unreported",
    title="Who has not reported",
    answers="Which items have no report although one is due, by lead organisation, and for how long? The "
    "organisations and items that have been without a report for the longest time come first.",
    columns=COLUMNS,
    rows=_rows,
    key=("code",),
)
