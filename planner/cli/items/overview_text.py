"""The overview as text: a line for each theme or other group, and lists of items below."""

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

from rich.table import Table
from rich.text import Text

from planner.base.formats import percent
from planner.base.language import tr, tr_count, tr_later
from planner.cli.items.line_table import LineTable
from planner.cli.output import banner, console, state, words
from planner.dates.assumed import with_word
from planner.dates.relative import with_words
from planner.domain.period_names import reporting_period
from planner.domain.plain_words import mark, plain
from planner.domain.rules.figures import points_between
from planner.domain.symbols import PERIOD_TITLES, SYMBOLS, TIMELINE_SIGNS, last_period, shares, this_period
from planner.domain.vocabulary import COUNTED_CONCERNS, COUNTED_STATES, Freshness, Grouping, State
from planner.queries.items.grouping import TITLES
from planner.queries.moves.in_words import in_words, slips_in_words
from planner.queries.weeks.amounts import changes_in_words, dates_in_words
from planner.queries.weeks.overview import NEVER_REPORTED

if TYPE_CHECKING:
    from datetime import date

    from rich.console import Console

    from planner.domain.rules.rollup import RollUp
    from planner.queries.items.views import ItemView
    from planner.queries.moves.item_moves import ItemMove
    from planner.queries.weeks.deadlines import Deadline
    from planner.queries.weeks.missing_reports import Reporting
    from planner.queries.weeks.overview import Overview
    from planner.queries.weeks.rollups import GroupStanding

# The least width of the terminal for long bars.
_ROOMY = 120

# How many lines of a list are shown without --all.
SHOWN = 12


def print_page(view: "Overview", open_requests: int, by: Grouping, *, in_full: bool) -> None:
    """Print the page. If `in_full` is true, the lists are printed completely."""
    out = console()
    banner(out, view.plan)
    required = view.now.items - view.now.freshnesses[Freshness.NOT_OWED]
    out.print(Text(view.plan.title, style="bold"))
    out.print(tr("As of {day}, {period}", day=view.as_of, period=reporting_period(view.plan.settings, view.as_of)))
    reported = view.now.freshnesses[Freshness.REPORTED]
    period = this_period(view.plan.cadence)
    out.print(
        tr("Reports received {period}: {reported} of {required}", period=period, reported=reported, required=required)
    )
    if view.slips:
        out.print(slips_in_words(view.slips, view.plan.cadence))
    if open_requests:
        out.print(_waiting(open_requests))
    if view.never_reported:
        out.print(Text(tr_later(NEVER_REPORTED), style="bold"))
    elif view.now.without_percent:
        out.print(_without_percent(view.now))
    out.print()
    out.print(_standings(view.lines(by), TITLES[by], out.width, PERIOD_TITLES[view.plan.cadence]))
    if not plain():
        out.print(Text("  ").join(state(word) for word in (*COUNTED_STATES, *COUNTED_CONCERNS)))
    for heading, found, cells in _lists(view):
        _print_list(out, heading, [cells(one) for one in (found if in_full else found[:SHOWN])], len(found))


def _waiting(open_requests: int) -> str:
    return tr_count(
        "{count} request waits for an answer; see it with: planner requests",
        "{count} requests wait for an answer; see them with: planner requests",
        open_requests,
    )


def _without_percent(now: "RollUp") -> str:
    return tr_count(
        "{count} item has no percent yet, and counts as 0% until somebody reports one",
        "{count} items have no percent yet, and count as 0% until somebody reports one",
        now.without_percent,
    )


def state_bar(roll_up: "RollUp", width: int) -> Text:
    """Draw the shares of the states as a bar of their symbols."""
    return Text.assemble(*bar_parts(roll_up, width))


def bar_parts(roll_up: "RollUp", width: int) -> list[tuple[str, str]]:
    """Return the bar of `state_bar` in parts: the symbols of each state with their style.

    In plain words, the only part says how many items are in each state.
    """
    if plain():
        counts = {word: roll_up.states[word] for word in State}
        return [(", ".join(f"{count:,} {words(word.value)}" for word, count in counts.items() if count), "")]
    cells = shares({word: roll_up.states[word] for word in State}, width)
    return [(SYMBOLS[word.value][0] * count, SYMBOLS[word.value][1]) for word, count in cells.items() if count]


def points_moved(points: float | None) -> str:
    """Return by how many points something moved since the last period, or a dash if it has no percent."""
    return "–" if points is None else f"{points:+.1f}"


def _standings(lines: "Sequence[GroupStanding]", title: str, width: int, period: str) -> Table:
    """Return the table with one row for each group. On a narrow terminal, bars are shorter and names are cut."""
    bars = 20 if width >= _ROOMY else 8
    expected_column = [(tr("Expected"), 8)] if width >= _ROOMY else []
    figures = [(tr("Done"), 5), *expected_column, (tr_later(period), 5), (tr("Items"), 5)]
    counts = [(_head(word.value), 3) for word in (*COUNTED_STATES, *COUNTED_CONCERNS)]
    taken = bars + 1 + sum(cells + 1 for _, cells in (*figures, *counts))
    table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0), header_style="bold")
    table.add_column(tr_later(title), no_wrap=True, overflow="ellipsis", max_width=max(8, width - taken))
    table.add_column(tr("By state") if width >= _ROOMY else tr("State"), no_wrap=True, min_width=bars)
    for name, cells in (*figures, *counts):
        table.add_column(Text(name), justify="right", no_wrap=True, min_width=cells)
    for line in lines:
        done, expected, *rest = _figures(line)
        expectation = [expected] if width >= _ROOMY else []
        name = line.name if width >= _ROOMY else line.short_name
        table.add_row(Text(name), state_bar(line.now, bars), done, *expectation, *rest, *_counts(line.now))
    return table


def _head(word: str) -> str:
    """Return the heading of the column that counts a state: its symbol or, in plain words, its word."""
    return words(word) if plain() else SYMBOLS[word][0]


def _figures(line: "GroupStanding") -> list[str]:
    moved = points_moved(points_between(line.now.actual, line.before.actual))
    return [percent(line.now.actual), percent(line.now.expected), moved, str(line.now.items)]


def _counts(now: "RollUp") -> list[str]:
    counts = [now.states[word] for word in COUNTED_STATES] + [now.concerns[word] for word in COUNTED_CONCERNS]
    return [str(count) for count in counts]


def _lists(view: "Overview") -> Iterable[tuple[str, Sequence[Any], Callable[[Any], list[Any]]]]:
    """Yield each list of the overview: its heading, its rows, and the function that makes the cells of a row."""
    moved, late, ended = view.moved, view.contradictions, view.awaiting
    yield _moved_since(last_period(view.plan.cadence), moved), moved, _moved
    overdue = tr("Overdue: {dates}", dates=dates_in_words(view.overdue))
    yield overdue, view.overdue, lambda one: _due(one, view.as_of)
    due = tr("Due in two weeks: {dates}", dates=dates_in_words(view.due))
    yield due, view.due, lambda one: _due(one, view.as_of)
    silent = view.not_reported
    yield tr("Organisations that have not reported: {count}", count=len(silent)), silent, _not_reported
    yield tr("Contradictions (rated green, but overdue or off track): {count}", count=len(late)), late, _contradicted
    awaited = tr("Reported as ended, awaiting confirmation: {count}", count=len(ended))
    yield awaited, ended, lambda item: _ended(item, view.as_of)


def _moved_since(period: str, moved: "Sequence[ItemMove]") -> str:
    worse = changes_in_words([one for one in moved if one.worse])
    changes = changes_in_words(moved)
    return tr("Moved since {period}: {changes}; for the worse: {worse}", period=period, changes=changes, worse=worse)


def _moved(moved: "ItemMove") -> list[Any]:
    style = "red" if moved.worse else ""
    points = tr("{points} points", points=f"{moved.points:+.0f}") if plain() else f"{moved.points:+.0f}"
    return [moved.item.code, Text(in_words(moved.move), style=style), points, Text(moved.item.title)]


def _contradicted(item: "ItemView") -> list[Any]:
    return [item.code, state(item.schedule), _late(item), Text(item.title)]


def _ended(item: "ItemView", as_of: "date") -> list[Any]:
    return [item.code, state(item.phase), _since(item, as_of), Text(item.title)]


def _not_reported(reporting: "Reporting") -> list[Any]:
    return [
        Text(reporting.organisation.name),
        tr("{reported} of {required} reported", reported=reporting.reported, required=reporting.owed),
        tr("{count} stale or never reported", count=reporting.silent),
        tr_count("up to {count} week without a report", "up to {count} weeks without a report", reporting.weeks),
    ]


def _due(deadline: "Deadline", as_of: "date") -> list[Any]:
    milestone = tr("milestone {number}", number=deadline.milestone.number) if deadline.milestone else tr("the item")
    symbol, style = TIMELINE_SIGNS[deadline.state.value]
    labelled = Text(f"{mark(symbol)}{deadline.state.value}", style=style)
    day = with_word(with_words(deadline.current, as_of), assumed=deadline.assumed)
    return [day, labelled, deadline.item.code, milestone, Text(deadline.title)]


def _since(item: "ItemView", as_of: "date") -> str:
    """Return the day on which an item ended, or else the day of its last report.

    Without reports, return an empty text.
    """
    return with_words(item.last.ended_since or item.last.as_of, as_of) if item.last else ""


def _late(item: "ItemView") -> str:
    return tr_count("{count} day late", "{count} days late", item.days_late) if item.days_late else ""


def _print_list(out: "Console", heading: str, rows: "Sequence[Sequence[Any]]", total: int) -> None:
    out.print()
    out.print(Text(heading, style="bold"))
    if rows:
        out.print(LineTable(rows))
    if total > len(rows):
        more = tr_count("and {count} more; --all lists all", "and {count} more; --all lists all", total - len(rows))
        out.print(f"  {more}", style="dim")
