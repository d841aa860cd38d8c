"""How far an item was and how far it should have been, week by week: drawn as a chart, and told in a list under it."""

from collections.abc import Iterator, Sequence
from math import ceil
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import Static

from planner.base.formats import percent
from planner.domain.vocabulary import Confidence, Schedule
from tui.marks import MUTED, STRONG, colour, mark, symbol
from tui.widgets.fold import Pane

if TYPE_CHECKING:
    from planner.queries.weeks.course import CoursePoint

# The room left of the plot: the percents of its axis, and the names of the strips under it.
MARGIN = 10
# A week is as many cells wide as there is room for, but not more than this.
_WIDEST = 3
_LEAST_ROWS = 4
_EIGHTHS = " ▁▂▃▄▅▆▇█"
_EXPECTED = "━"


def chart(course: "Sequence[CoursePoint]", width: int, height: int) -> list[Content]:
    """A chart of the weeks in a width and, where the words under it leave room, a height.

    Columns are the percent done, in the colour of the week's schedule state; the line across them is the percent
    expected. Below stand the weeks, and each week's schedule state and officer's confidence.
    """
    columns = _columns(course, width - MARGIN)
    cells = max(1, min(_WIDEST, (width - MARGIN) // len(columns)))
    words = _words(columns).wrap(width)
    # An even number, so that a line stands at half.
    rows = max(_LEAST_ROWS, (height - 4 - len(words)) // 2 * 2)
    return [
        _legend(len(course), len(columns)),
        *(_row(columns, cells, rows, number) for number in range(rows, 0, -1)),
        Content.styled(_axis(percent(0), "└") + _labels(columns, cells), MUTED),
        _strip("Schedule", [symbol(point.schedule) for point in columns], cells),
        _strip("Officer", [symbol(point.confidence) for point in columns], cells),
        *words,
    ]


def _columns(course: "Sequence[CoursePoint]", room: int) -> "list[CoursePoint]":
    """What the columns show: each week, or where there are more weeks than room the last of every so many."""
    every = -(-len(course) // max(1, room))
    # Counted from the end, so that the last week is always shown.
    return list(reversed(course[::-1][::every]))


def _legend(weeks: int, columns: int) -> Content:
    every = -(-weeks // columns)
    span = "each column a week" if every == 1 else f"each column {every} weeks"
    return Content.assemble(
        " " * MARGIN, ("█", "$text-accent"), " done  ", (_EXPECTED, STRONG), " expected", (f"  {span}", MUTED)
    )


def _row(columns: "Sequence[CoursePoint]", cells: int, rows: int, number: int) -> Content:
    """A line of the plot; `number` counts from 1 at the bottom."""
    label = {rows: percent(100), rows // 2: percent(50)}.get(number, "")
    axis = _axis(label, "┤" if label else "│")
    return Content.assemble((axis, MUTED), *(_cell(point, cells, rows, number) for point in columns))


def _axis(label: str, line: str) -> str:
    return f"{label:>{MARGIN - 2}} {line}"


def _cell(point: "CoursePoint", cells: int, rows: int, number: int) -> Content:
    ink = colour(point.schedule).split()[-1]
    filled = min(8, max(0, round(((point.actual or 0.0) / 100 * rows - (number - 1)) * 8)))
    if number == max(1, ceil(point.expected / 100 * rows)):
        # The line is seen on the ground and, turned round, on a column.
        return Content.styled(_EXPECTED * cells, f"bold $background on {ink}" if filled > 3 else "bold $foreground")
    return Content.styled(_EIGHTHS[filled] * cells, ink)


def _labels(columns: "Sequence[CoursePoint]", cells: int) -> str:
    """The weeks under the plot, as many as have room; with the year at the first and where another begins."""
    line, year = "", 0
    for place, point in enumerate(columns):
        label = f"W{point.week.number:02d}" if point.week.year == year else str(point.week)
        start = place * cells
        if start >= len(line) + (2 if line else 0) and start + len(label) <= len(columns) * cells + _WIDEST:
            line = line.ljust(start) + label
            year = point.week.year
    return line


def _strip(name: str, marks: Sequence[Content], cells: int) -> Content:
    return Content.assemble((f"{name:<{MARGIN}}", MUTED), *(mark.pad_right(cells - mark.cell_length) for mark in marks))


def _words(columns: "Sequence[CoursePoint]") -> Content:
    """The symbols of the strips in words: those that are there."""
    schedules, confidences = ({point.schedule for point in columns}, {point.confidence for point in columns})
    told = [mark(word) for word in Schedule if word in schedules]
    told += [mark(word) for word in (*Confidence, None) if word in confidences]
    return Content("  ").join(told)


def week_lines(course: "Sequence[CoursePoint]") -> Iterator[Content]:
    """Each week in words and figures, the last one first."""
    for point in reversed(course):
        yield Content.assemble(
            (str(point.week), STRONG),
            f"  {percent(point.actual):>4} done  {percent(point.expected):>4} expected  ",
            mark(point.schedule).pad_right(max(0, 11 - mark(point.schedule).cell_length)),
            "  ",
            mark(point.confidence),
        )


class CourseChart(Widget):
    """The chart, as large as its place."""

    course: "reactive[tuple[CoursePoint, ...]]" = reactive((), layout=True)

    def render(self) -> Content:
        """The chart, or nothing where there is no week to show."""
        if not self.course or self.size.width <= MARGIN:
            return Content("")
        return Content("\n").join(chart(self.course, *self.size))


class CoursePane(Pane):
    """The chart with the list of weeks under it."""

    def compose(self) -> ComposeResult:
        """Chart and list."""
        yield CourseChart()
        yield Static(markup=False)

    def fill(self, course: "tuple[CoursePoint, ...]") -> None:
        """Show a course."""
        drawn = self.query_one(CourseChart)
        drawn.course = course
        drawn.display = bool(course)
        lines = list(week_lines(course)) or [Content.styled("The item has not started yet.", MUTED)]
        self.query_one(Static).update(Content("\n").join(lines))
