"""The outlook as text: a time line for each theme, and a table with the dates."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from rich.text import Text

from planner.base.formats import percent
from planner.base.language import later, tr, tr_count, tr_later
from planner.base.visible_text import one_line
from planner.cli.output import banner, console, state_text, words
from planner.cli.row_table import NARROWEST, Cell, TableColumn, print_rows
from planner.domain.plain_words import plain
from planner.domain.rules.outlook import WEEKS
from planner.domain.rules.scale import Scale, fitting_zoom
from planner.domain.rules.track_record import FEWEST_ITEMS
from planner.domain.symbols import OUTLOOK_SIGNS, SYMBOLS
from planner.queries.weeks.timeline import ruled

if TYPE_CHECKING:
    from planner.cli.items.outlook_view import OutlookView
    from planner.cli.visible_console import VisibleConsole
    from planner.domain.rules.outlook import Estimate
    from planner.domain.rules.track_record import Calibration
    from planner.domain.vocabulary import Prospect
    from planner.weekly.sections.outlook import OutlookRow

_WIDEST_TITLE = 40

# The columns of the table before the title, with their widths. Those in _WITH_ROOM are left out on narrow terminals.
_COLUMNS = {
    later("Code"): 5,
    later("Verdict"): 13,
    later("Likely end"): 10,
    later("80% range"): 24,
    later("Due"): 10,
    later("Late by"): 9,
    later("Pace"): 4,
}
_NUMBERS = ("Late by", "Pace")
_WITH_ROOM = ("Likely end", "Late by", "Pace")
_ROOMY = 110
# The column that is left out if there is no room for a title.
_WIDEST = "80% range"


def print_page(view: "OutlookView") -> None:
    """Print the time lines and the table."""
    out = console()
    as_of = view.filled.frame.as_of
    banner(out, view.plan)
    out.print(Text.assemble((f" {tr('ESTIMATE')} ", "bold reverse"), f" {_warning()}", style="magenta"))
    out.print(Text(tr("{plan}, as of {day}", plan=view.plan.title, day=as_of), style="bold"))
    for sentence in calibration_sentences(view.found.calibration, learned=view.found.learned):
        out.print(Text(sentence))
    # The table says the same in words.
    for line in () if plain() else _time_lines(view.drawn, as_of, out.width):
        out.print(line, no_wrap=True, overflow="crop")
    out.print()
    if view.filled.rows:
        _print_table(out, view.filled.rows)
    else:
        out.print(tr("No item is at risk."))


def _warning() -> str:
    return tr(
        "These dates are estimates, not reports. They assume the pace of the last {weeks} weeks. For the limits of the"
        " method, see docs/outlook.md",
        weeks=WEEKS,
    )


def calibration_sentences(found: "Calibration", *, learned: bool) -> Iterator[str]:
    """Yield sentences that say how often earlier estimates were right, and whether there were enough to learn from."""
    if found.came_due:
        yield tr(
            "Earlier estimates in this register with a known outcome: {count}. Ranges that contained the actual date:"
            " {held} ({share}).",
            count=found.came_due,
            held=found.held,
            share=_percent(found.held, found.came_due),
        )
    else:
        yield tr(
            "No earlier estimate in this register has a known outcome yet, so nobody knows how often the"
            " ranges are right."
        )
    if found.said_in_time:
        yield tr(
            "Estimates that an item would be in time: {forecast}. Of these, {in_time} were right ({share}).",
            forecast=found.said_in_time,
            in_time=found.were_in_time,
            share=_percent(found.were_in_time, found.said_in_time),
        )
    if not learned:
        yield tr(
            "Fewer than {fewest} items are done. This is too few to learn from, so the ranges are wide.",
            fewest=FEWEST_ITEMS,
        )


def _percent(part: int, whole: int) -> str:
    return percent(100 * part / whole)


def _time_lines(rows: "Sequence[OutlookRow]", as_of: date, width: int) -> Iterator[Text]:
    """Yield a scale, the time line of each row from the as-of date, and a legend.

    Yield nothing if there are no rows.
    """
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
    yield Text("  ".join(f"{sign} {tr_later(word)}" for word, (sign, _) in OUTLOOK_SIGNS.items()), style="dim")


def _ends(row: "OutlookRow") -> date:
    """Return the last day that the time line of a row has to show."""
    estimate = row.outlook.estimate
    return max(row.due, estimate.late or estimate.likely) if estimate else row.due


def _named(row: "OutlookRow", width: int) -> Text:
    symbol, style = SYMBOLS[row.outlook.verdict.value]
    label = Text.assemble(f"{row.code:<6} ", (symbol, style), f" {' '.join(row.title.split())}")
    label.truncate(width - 2, overflow="ellipsis", pad=True)
    return label + Text("  ")


def _line(row: "OutlookRow", scale: Scale, as_of: date) -> Text:
    """Draw the time line of a row.

    It shows the days before the estimated range, the range, today, and the due date. The likely date is drawn over
    these.
    """
    signs = [(" ", "")] * scale.cells
    estimate = row.outlook.estimate
    if estimate:
        _fill(signs, scale, "too early", as_of, estimate.early)
        _fill(signs, scale, "range", estimate.early, estimate.late or scale.last)
    _fill(signs, scale, "today", as_of, as_of)
    _fill(signs, scale, "due", row.due, row.due)
    if estimate:
        seen = scale.sees(estimate.likely)
        day = min(estimate.likely, scale.last)
        _fill(signs, scale, "likely" if seen else "likely beyond the chart", day, day)
    return Text.assemble(*signs)


def _fill(signs: list[tuple[str, str]], scale: Scale, sign: str, first: date, last: date) -> None:
    for cell in range(max(0, scale.place(first)), min(scale.cells - 1, scale.place(last)) + 1):
        signs[cell] = OUTLOOK_SIGNS[sign]


def _print_table(out: "VisibleConsole", rows: "Sequence[OutlookRow]") -> None:
    """Print the table. On a narrow terminal, titles are cut and less important columns are left out."""
    shown = [title for title in _COLUMNS if out.width >= _ROOMY or title not in _WITH_ROOM]
    columns = [
        TableColumn(tr_later(title), title in _NUMBERS, rank=int(title == _WIDEST), minimum=_COLUMNS[title])
        for title in shown
    ]
    verdict = cache(_verdict)
    lines = (_cells(row, verdict) for row in rows)
    print_rows(
        out,
        [*columns, TableColumn(tr("Title"), least=NARROWEST, cut=True)],
        [[*(cells[title] for title in shown), cells["Title"]] for cells in lines],
    )


def _cells(row: "OutlookRow", verdict: "Callable[[Prospect], Cell]") -> dict[str, Cell]:
    """Return the cells of a row by column. If there is no outlook, the cell for the range contains the reason."""
    estimate, beyond = row.outlook.estimate, row.outlook.days_beyond(row.due)
    why = words(row.outlook.reason.value) if row.outlook.reason else ""
    return {
        "Code": Cell(one_line(row.code)),
        "Verdict": verdict(row.outlook.verdict),
        "Likely end": Cell(str(estimate.likely) if estimate else "–"),
        "80% range": Cell(_range(estimate) if estimate else why),
        "Due": Cell(str(row.due)),
        "Late by": Cell(tr_count("{count} day", "{count} days", beyond) if beyond else ""),
        "Pace": Cell(f"{estimate.pace:.1f}" if estimate else ""),
        "Title": Cell(one_line(row.title)),
    }


def _verdict(word: "Prospect") -> Cell:
    return Cell(*state_text(word))


def _range(estimate: "Estimate") -> str:
    """Return the range of an estimate in words. An open-ended range has only its first day."""
    if estimate.late is None:
        return tr("{first} or later", first=estimate.early)
    return tr("{first} to {last}", first=estimate.early, last=estimate.late)
