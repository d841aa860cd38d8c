"""The actual and expected percent done of an item in each week, as a chart with a list of the weeks below it."""

from collections.abc import Iterator, Sequence
from math import ceil
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.content import Content
from textual.reactive import reactive
from textual.widget import Widget
from textual.widgets import Static

from planner.base.formats import percent
from planner.base.language import tr, tr_count
from planner.domain.vocabulary import Confidence, Schedule
from tui.marks import MUTED, STRONG, colour, mark, symbol
from tui.widgets.fold import Pane

if TYPE_CHECKING:
    from planner.queries.weeks.course import CoursePoint

# The width to the left of the plot, for the percents of the axis and the names of the strips.
MARGIN = 10
# The largest width of a week, in terminal cells.
_WIDEST = 3
_LEAST_ROWS = 4
_EIGHTHS = " ▁▂▃▄▅▆▇█"
_EXPECTED = "━"


def chart(course: "Sequence[CoursePoint]", width: int, height: int) -> list[Content]:
    """Return the lines of a chart of the weeks. It can be higher than `height` if the legend is long.

    The columns show the percent done, in the colour of the week's schedule state. The line across them shows the
    expected percent. The weeks are below, with each week's schedule state and officer's confidence.
    """
    columns = _columns(course, width - MARGIN)
    cells = max(1, min(_WIDEST, (width - MARGIN) // len(columns)))
    words = _words(columns).wrap(width)
    # The number of rows is even, so that the axis has a label at 50%.
    rows = max(_LEAST_ROWS, (height - 4 - len(words)) // 2 * 2)
    return [
        _legend(len(course), len(columns)),
        *(_row(columns, cells, rows, number) for number in range(rows, 0, -1)),
        Content.styled(_axis(percent(0), "└") + _labels(columns, cells), MUTED),
        _strip(tr("Schedule"), [symbol(point.schedule) for point in columns], cells),
        _strip(tr("Rating"), [symbol(point.confidence) for point in columns], cells),
        *words,
    ]


def _columns(course: "Sequence[CoursePoint]", room: int) -> "list[CoursePoint]":
    """Return the weeks that get a column: all weeks, or only every second, third… week if there are too many."""
    every = -(-len(course) // max(1, room))
    # Weeks are counted from the end, so that the last week is always shown.
    return list(reversed(course[::-1][::every]))


def _legend(weeks: int, columns: int) -> Content:
    every = -(-weeks // columns)
    span = tr_count("each column is {count} week", "each column is {count} weeks", every)
    return Content.assemble(
        " " * MARGIN,
        ("█", "$text-accent"),
        f" {tr('done')}  ",
        (_EXPECTED, STRONG),
        f" {tr('expected')}",
        (f"  {span}", MUTED),
    )


def _row(columns: "Sequence[CoursePoint]", cells: int, rows: int, number: int) -> Content:
    """Return a line of the plot. Lines are numbered from 1 at the bottom."""
    label = {rows: percent(100), rows // 2: percent(50)}.get(number, "")
    axis = _axis(label, "┤" if label else "│")
    return Content.assemble((axis, MUTED), *(_cell(point, cells, rows, number) for point in columns))


def _axis(label: str, line: str) -> str:
    return f"{label:>{MARGIN - 2}} {line}"


def _cell(point: "CoursePoint", cells: int, rows: int, number: int) -> Content:
    ink = colour(point.schedule).split()[-1]
    filled = min(8, max(0, round(((point.actual or 0.0) / 100 * rows - (number - 1)) * 8)))
    if number == max(1, ceil(point.expected / 100 * rows)):
        # On a column the colours are inverted, so that the line stays visible.
        return Content.styled(_EXPECTED * cells, f"bold $background on {ink}" if filled > 3 else "bold $foreground")
    return Content.styled(_EIGHTHS[filled] * cells, ink)


def _labels(columns: "Sequence[CoursePoint]", cells: int) -> str:
    """Return as many labels of weeks as fit. The first label and the first of each year include the year."""
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
    """Return the legend of the chart: the meanings of its symbols."""
    schedules, confidences = ({point.schedule for point in columns}, {point.confidence for point in columns})
    marks = [mark(word) for word in Schedule if word in schedules]
    marks += [mark(word) for word in (*Confidence, None) if word in confidences]
    return Content("  ").join(marks)


def week_lines(course: "Sequence[CoursePoint]") -> Iterator[Content]:
    """Yield a line for each week, starting with the last: percents, schedule state and officer's confidence."""
    for point in reversed(course):
        done = tr("{percent} done", percent=f"{percent(point.actual):>4}")
        expected = tr("{percent} expected", percent=f"{percent(point.expected):>4}")
        yield Content.assemble(
            (str(point.week), STRONG),
            f"  {done}  {expected}  ",
            mark(point.schedule).pad_right(max(0, 11 - mark(point.schedule).cell_length)),
            "  ",
            mark(point.confidence),
        )


class CourseChart(Widget):
    """The chart, as large as its widget."""

    course: "reactive[tuple[CoursePoint, ...]]" = reactive((), layout=True)

    def render(self) -> Content:
        """Draw the chart, or nothing if there are no weeks."""
        if not self.course or self.size.width <= MARGIN:
            return Content("")
        return Content("\n").join(chart(self.course, *self.size))


class CoursePane(Pane):
    """The chart with the list of weeks below it."""

    def compose(self) -> ComposeResult:
        """Create the chart and the list."""
        yield CourseChart()
        yield Static(markup=False)

    def fill(self, course: "tuple[CoursePoint, ...]") -> None:
        """Show the weeks of an item."""
        drawn = self.query_one(CourseChart)
        drawn.course = course
        drawn.display = bool(course)
        lines = list(week_lines(course)) or [Content.styled(tr("This item has not started yet."), MUTED)]
        self.query_one(Static).update(Content("\n").join(lines))
