"""The numbers behind the workbook's charts: small tables on a sheet that the charts refer to."""

from collections.abc import Iterator, Mapping
from enum import Enum

from planner.base.views import value_class
from planner.domain.rules.figures import tenths
from planner.domain.symbols import words
from planner.domain.vocabulary import Freshness, Schedule, State
from planner.weekly.contents import WeeklyFile
from planner.weekly.pictures import Pictures

TOTALS = "totals"
# The most organisations in a chart. The totals list those that lead most items first.
MOST_ORGANISATIONS = 40

_UNREPORTED = (Freshness.DUE, Freshness.STALE, Freshness.NEVER)


class Shape(Enum):
    """The type of chart that shows a table."""

    STACKED = "stacked"
    BARS = "bars"
    LINES = "lines"


@value_class
class ChartTable:
    """A table behind a chart. Each row has a label and one number per series; None leaves a gap.

    `unit` names the things that the numbers count. `most` is the end of the axis, if it is fixed.
    """

    title: str
    shape: Shape
    label: str
    series: tuple[str, ...]
    rows: tuple[tuple[str, tuple[float | None, ...]], ...]
    unit: str
    most: int | None = None


def chart_tables(found: WeeklyFile) -> tuple[ChartTable, ...]:
    """Return the tables for which the file has data. Empty tables are left out."""
    return tuple(table for table in _tables(found) if table.rows)


def _tables(found: WeeklyFile) -> Iterator[ChartTable]:
    if found.pictures is not None:
        yield _over_the_weeks(found.pictures)
        yield _states(found.pictures)
        yield _progress(found.pictures)
    if any(filled.table.name == TOTALS for filled in found.sections):
        yield _organisations(found)


def _over_the_weeks(pictures: Pictures) -> ChartTable:
    rows = [
        (str(standing.week), (tenths(standing.rolled.actual), tenths(standing.rolled.expected)))
        for standing in pictures.plan.standings
    ]
    title = "Progress of the plan by week, actual and expected"
    return ChartTable(title, Shape.LINES, "Week", ("percent", "expected percent"), tuple(rows), "percent", 100)


def _states(pictures: Pictures) -> ChartTable:
    rows = [(theme.name, tuple(theme.now.states[state] for state in State)) for theme in pictures.themes]
    series = tuple(words(state) for state in State)
    return ChartTable("States of the items of each theme", Shape.STACKED, "Theme", series, tuple(rows), "items")


def _progress(pictures: Pictures) -> ChartTable:
    rows = [(theme.name, (tenths(theme.now.actual), tenths(theme.now.expected))) for theme in pictures.themes]
    title = "Progress of each theme, actual and expected"
    return ChartTable(title, Shape.BARS, "Theme", ("percent", "expected percent"), tuple(rows), "percent", 100)


def _organisations(found: WeeklyFile) -> ChartTable:
    """Return the reports and overdue items of each lead organisation, read from the section of totals."""
    totals = found.section(TOTALS)
    led = [values for values in map(totals.values, totals.rows) if values["by"] == "organisation"]
    shown = led[:MOST_ORGANISATIONS]
    rows = [
        (str(row["name"]), (_sum(row, Freshness.REPORTED), _sum(row, *_UNREPORTED), _sum(row, Schedule.OVERDUE)))
        for row in shown
    ]
    title = "Reports of this week and overdue items of each organisation"
    if len(shown) < len(led):
        title = f"{title} (the {len(shown)} of {len(led)} that lead most items)"
    series = ("reported", "unreported", "overdue")
    return ChartTable(title, Shape.BARS, "Organisation", series, tuple(rows), "items")


def _sum(row: Mapping[str, object], *names: Enum) -> float:
    return sum(number for name in names if isinstance(number := row[name.value], int))
