"""The section `requests`: help that is asked of somebody, later dates that are asked for, and the week's answers."""

from planner.queries.weeks.requests import REQUEST_COLUMNS, RequestRow, read_requests
from planner.weekly.reading import WeekReading
from planner.weekly.section import Section


def _rows(reading: WeekReading) -> list[RequestRow]:
    return read_requests(reading, reading.items, reading.instance.week.previous.sunday)


REQUESTS = Section(
    name="requests",
    title="Requests for help and later dates",
    answers="Which help is asked of whom, which later dates are asked for, by when, since when, and which answers were "
    "given this week? Open requests come first, the longest open first.",
    columns=REQUEST_COLUMNS,
    rows=_rows,
    key=("code", "request", "date", "number"),
)
