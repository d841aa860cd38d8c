"""The overview as people read it: a line for each theme or other group, and the lists under them."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from rich.table import Table
from rich.text import Text

from planner.base.formats import percent
from planner.cli.output import banner, console, state, words
from planner.dates.relative import with_words
from planner.domain.rules.figures import points_between
from planner.domain.symbols import SYMBOLS, TIMELINE_SIGNS, shares
from planner.domain.vocabulary import COUNTED_CONCERNS, COUNTED_STATES, Freshness, Grouping, State
from planner.queries.items.grouping import TITLES

if TYPE_CHECKING:
    from datetime import date

    from rich.console import Console

    from planner.domain.rules.rollup import RollUp
    from planner.queries.items.views import ItemView
    from planner.queries.weeks.deadlines import Deadline
    from planner.queries.weeks.overview import Overview
    from planner.queries.weeks.rollups import GroupStanding

# From this width of the terminal on there is room for long bars.
_ROOMY = 120

# How many lines of a list are shown unless all are asked for.
SHOWN = 12


def print_page(view: "Overview", by: Grouping, *, in_full: bool) -> None:
    """Print the whole page; the lists to their ends only where that is asked for."""
    out = console()
    banner(out, view.plan)
    owed = view.now.items - view.now.freshnesses[Freshness.NOT_OWED]
    out.print(Text(view.plan.title, style="bold"))
    out.print(f"As of {view.as_of}, reporting week {view.week}")
    out.print(f"{view.now.freshnesses[Freshness.REPORTED]} of {owed} reports of this week are there")
    out.print()
    out.print(_standings(view.lines(by), TITLES[by], out.width))
    out.print(Text("  ").join(state(word) for word in (*COUNTED_STATES, *COUNTED_CONCERNS)))
    for title, rows in _lists(view):
        _print_list(out, title, rows, len(rows) if in_full else SHOWN)


def bar(roll_up: "RollUp", width: int) -> Text:
    """How many items are in which state: each state's symbol as often as its share."""
    drawn = Text()
    for word, cells in shares({word: roll_up.states[word] for word in State}, width).items():
        drawn.append(SYMBOLS[word.value][0] * cells, SYMBOLS[word.value][1])
    return drawn


def _standings(lines: "Sequence[GroupStanding]", title: str, width: int) -> Table:
    """The figures keep their width; the bars are shorter and the names cut where a terminal is narrow."""
    bars = 20 if width >= _ROOMY else 8
    figures = [("Done", 5), *([("Expected", 8)] if width >= _ROOMY else []), ("Week", 5), ("Items", 5)]
    counts = [(SYMBOLS[word.value][0], 3) for word in (*COUNTED_STATES, *COUNTED_CONCERNS)]
    taken = bars + 1 + sum(cells + 1 for _, cells in (*figures, *counts))
    table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0), header_style="bold")
    table.add_column(title, no_wrap=True, overflow="ellipsis", max_width=max(8, width - taken))
    table.add_column("By state" if bars > len("By state") else "State", no_wrap=True, min_width=bars)
    for name, cells in (*figures, *counts):
        table.add_column(Text(name), justify="right", no_wrap=True, min_width=cells)
    for line in lines:
        done, expected, *rest = _figures(line)
        expectation = [expected] if width >= _ROOMY else []
        name = line.name if width >= _ROOMY else line.short_name
        table.add_row(Text(name), bar(line.now, bars), done, *expectation, *rest, *_counts(line.now))
    return table


def _figures(line: "GroupStanding") -> list[str]:
    moved = points_between(line.now.actual, line.before.actual)
    week = "–" if moved is None else f"{moved:+.1f}"
    return [percent(line.now.actual), percent(line.now.expected), week, str(line.now.items)]


def _counts(now: "RollUp") -> list[str]:
    counts = [now.states[word] for word in COUNTED_STATES] + [now.concerns[word] for word in COUNTED_CONCERNS]
    return [str(count) for count in counts]


def _lists(view: "Overview") -> Iterable[tuple[str, list[list[Any]]]]:
    yield (
        "Moved since last week",
        [
            [moved.item.code, words(moved.movement.value), f"{moved.points:+.0f}", Text(moved.item.title)]
            for moved in view.moved
        ],
    )
    yield "Overdue, or due in two weeks", [_due(deadline, view.as_of) for deadline in view.due]
    yield (
        "Organisations that have not reported",
        [
            [
                Text(reporting.organisation.name),
                f"{reporting.reported} of {reporting.owed} reported",
                f"{reporting.silent} silent",
                f"up to {reporting.weeks} weeks without a report",
            ]
            for reporting in view.not_reported
        ],
    )
    yield (
        "Contradictions: rated green, but late",
        [[item.code, state(item.schedule), _late(item), Text(item.title)] for item in view.contradictions],
    )
    yield (
        "Reported as ended, awaiting confirmation",
        [[item.code, state(item.phase), _since(item, view.as_of), Text(item.title)] for item in view.awaiting],
    )


def _due(deadline: "Deadline", as_of: "date") -> list[Any]:
    milestone = f"milestone {deadline.milestone.number}" if deadline.milestone else "the item"
    symbol, style = TIMELINE_SIGNS[deadline.state.value]
    became = Text(f"{symbol} {deadline.state.value}", style=style)
    return [with_words(deadline.current, as_of), became, deadline.item.code, milestone, Text(deadline.title)]


def _since(item: "ItemView", as_of: "date") -> str:
    """Since when an item is reported as ended."""
    return with_words(item.last.ended_since or item.last.as_of, as_of) if item.last else ""


def _late(item: "ItemView") -> str:
    return f"{item.days_late} days late" if item.days_late else ""


def _print_list(out: "Console", title: str, rows: "Sequence[Sequence[Any]]", shown: int) -> None:
    out.print()
    out.print(Text(f"{title}: {len(rows)}", style="bold"))
    table = Table(box=None, pad_edge=False, show_header=False)
    for row in rows[:shown]:
        table.add_row("", *row)
    if rows:
        out.print(table)
    if len(rows) > shown:
        out.print(f"  and {len(rows) - shown} more; --all lists them", style="dim")
