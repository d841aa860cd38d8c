"""Whether a week has anything to report: what a scheduled run is told by the exit code."""

from planner.queries.said import anything_said
from planner.weekly.reading import WeekReading


def nothing_to_report(reading: WeekReading, *, owed: bool) -> bool:
    """Whether no report is owed for the week (`owed` says so) and nothing was said as of any of its days."""
    instance = reading.instance
    return not owed and not anything_said(reading.session, instance.plan, instance.week.monday, instance.point)
