"""Decide whether a week has anything to report. A scheduled run learns the answer from the exit code."""

from planner.queries.history.anything_recorded import anything_recorded
from planner.weekly.reading import WeekReading


def nothing_to_report(reading: WeekReading, *, owed: bool) -> bool:
    """Whether the week has no report due (`owed` is False) and no fact dated within it."""
    instance = reading.instance
    return not owed and not anything_recorded(reading, instance.week.monday)
