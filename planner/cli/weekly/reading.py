"""Reading a week for a command: the week that the options name, and the exit code that it leads to."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from planner.base.errors import NOTHING_TO_REPORT
from planner.cli.context import Context
from planner.cli.weekly.part import part_of_plan

if TYPE_CHECKING:
    from planner.weekly.reading import WeekReading


@contextmanager
def week_reading(context: Context, week_text: str | None) -> "Iterator[WeekReading]":
    """Open the week that --week and --known-at name, for the block, with the items that --theme and --lead name."""
    from planner.weekly.reading import open_week

    with context.settled_reading() as (reading, now):
        part = part_of_plan(context, reading)
        yield open_week(reading, now=now, week=context.week(reading.plan, week_text), part=part)


def exit_code(reading: "WeekReading", *, owed: bool) -> int:
    """Return the exit code: NOTHING_TO_REPORT if the week has nothing to report, else 0."""
    return NOTHING_TO_REPORT if reading.has_nothing_to_report(owed=owed) else 0
