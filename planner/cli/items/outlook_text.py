"""The outlook as people read it: a line for each theme on a ruler, and a table with the days."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

from planner.base.formats import percent
from planner.cli.output import banner, console, state, words
from planner.domain.rules.outlook import WEEKS
from planner.domain.rules.scale import Scale, fitting_zoom
from planner.domain.rules.track_record import FEWEST_ITEMS
from planner.domain.symbols import OUTLOOK_SIGNS, SYMBOLS
from planner.queries.weeks.timeline import ruled

if TYPE_CHECKING:
    from planner.cli.items.outlook import Asked
    from planner.domain.rules.track_record import Calibration
    from planner.weekly.sections.outlook import OutlookRow

_WIDEST_TITLE = 40

# The columns of the table before the title, each with its width, and those for which there has to be room.
_COLUMNS = {
    "Code": 5, "Verdict": 13, "Likely": 10, "Four times of five": 24, "Due": 10, "Beyond": 9, "Pace": 4
}  # fmt: skip
_NUMBERS = ("Beyond", "Pace")
_WITH_ROOM = ("Likely", "Beyond", "Pace")
_ROOMY = 110

ESTIMATE = f"Not reported: what comes if it goes on as in the last {WEEKS} weeks. What it cannot know: docs/outlook.md"


def print_page(asked: "Asked") -> None:
    """Print the picture and the table."""
    out = console()
    as_of = asked.filled.frame.as_of
    banner(out, asked.plan)
    out.print(Text.assemble((" ESTIMATE ", "bold reverse"), f" {ESTIMATE}", style="magenta"))
    out.print(Text(f"{asked.plan.title}, as of {as_of}", style="bold"))
    for sentence in calibration_sentences(asked.found.calibration, learned=asked.found.learned):
        out.print(Text(sentence))
    for line in _picture(asked.drawn, as_of, out.width):
        out.print(line, no_wrap=True, overflow="crop")
    out.print()
    out.print(_table(asked.filled.rows, out.width) if asked.filled.rows else "No item is at risk.")


def calibration_sentences(found: "Calibration", *, learned: bool) -> Iterator[str]:
    """How often earlier estimates of this register were right, and whether they teach anything yet."""
    if found.came_due:
        share = _percent(found.held, found.came_due)
        yield f"In this register so far, {found.came_due} forecasts came due; the range held {found.held} ({share})."
    else:
        yield "In this register no forecast has come due yet: nothing shows how often its ranges hold."
    if found.said_in_time:
        share = _percent(found.were_in_time, found.said_in_time)
        yield f"'Likely in time' was said of {found.said_in_time}; {found.were_in_time} were ({share})."
    if not learned:
        yield f"Too little past to learn from (fewer than {FEWEST_ITEMS} items done): the ranges are wide ones."


def _percent(part: int, whole: int) -> str:
    return percent(100 * part / whole)


def _picture(rows: "Sequence[OutlookRow]", as_of: date, width: int) -> Iterator[Text]:
    """A line for each row from the day it is seen from; none without rows."""
    if not rows:
        return
    label = min(_WIDEST_TITLE, width // 3) + 10
    last = max(_ends(row) for row in rows)
    room = max(1, width - label)
    scale = Scale.from_day(fitting_zoom(as_of, last, room), as_of, room).until(last)
    yield Text(" " * label + ruled(scale.heads(), scale.cells), style="bold")
    yield Text(" " * label + ruled(scale.ticks(), scale.cells), style="dim")
    for row in rows:
        yield _named(row, label) + _line(row, scale, as_of)
    yield Text("  ".join(f"{sign} {word}" for word, (sign, _) in OUTLOOK_SIGNS.items()), style="dim")


def _ends(row: "OutlookRow") -> date:
    """The last day that a row's line shows."""
    estimate = row.outlook.estimate
    return max(row.due, estimate.late or estimate.likely) if estimate else row.due


def _named(row: "OutlookRow", width: int) -> Text:
    symbol, style = SYMBOLS[row.outlook.verdict.value]
    label = Text.assemble(f"{row.code:<6} ", (symbol, style), f" {' '.join(row.title.split())}")
    label.truncate(width - 2, overflow="ellipsis", pad=True)
    return label + Text("  ")


def _line(row: "OutlookRow", scale: Scale, as_of: date) -> Text:
    """A sign for each cell: today, the way to the range, the range, the due date, and the likely date over it."""
    signs = [(" ", "")] * scale.cells
    estimate = row.outlook.estimate
    if estimate:
        _fill(signs, scale, "until then", as_of, estimate.early)
        _fill(signs, scale, "range", estimate.early, estimate.late or scale.last)
    _fill(signs, scale, "today", as_of, as_of)
    _fill(signs, scale, "due", row.due, row.due)
    if estimate:
        seen = scale.sees(estimate.likely)
        day = min(estimate.likely, scale.last)
        _fill(signs, scale, "likely" if seen else "likely beyond the edge", day, day)
    return Text.assemble(*signs)


def _fill(signs: list[tuple[str, str]], scale: Scale, sign: str, first: date, last: date) -> None:
    for cell in range(max(0, scale.place(first)), min(scale.cells - 1, scale.place(last)) + 1):
        signs[cell] = OUTLOOK_SIGNS[sign]


def _table(rows: "Sequence[OutlookRow]", width: int) -> Table:
    """The days keep their width. Where a terminal is narrow, titles are cut, and of the estimate the range stays."""
    columns = [(title, cells) for title, cells in _COLUMNS.items() if width >= _ROOMY or title not in _WITH_ROOM]
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    for title, cells in columns:
        table.add_column(title, no_wrap=True, min_width=cells, justify="right" if title in _NUMBERS else "left")
    room = width - sum(cells + 2 for _, cells in columns)
    table.add_column("Title", no_wrap=True, overflow="ellipsis", max_width=max(8, room))
    for row in rows:
        told = _told(row)
        table.add_row(*(told[title] for title, _ in columns), Text(row.title))
    return table


def _told(row: "OutlookRow") -> dict[str, str | Text]:
    """What stands in the columns of a row; where there is no outlook, why."""
    estimate, beyond = row.outlook.estimate, row.outlook.days_beyond(row.due)
    why = words(row.outlook.reason.value) if row.outlook.reason else ""
    until = (estimate.late or "open") if estimate else ""
    return {
        "Code": row.code,
        "Verdict": state(row.outlook.verdict),
        "Likely": str(estimate.likely) if estimate else "–",
        "Four times of five": f"{estimate.early} to {until}" if estimate else why,
        "Due": str(row.due),
        "Beyond": f"{beyond} days" if beyond else "",
        "Pace": f"{estimate.pace:.1f}" if estimate else "",
    }
