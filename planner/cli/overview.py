"""planner overview: where the plan stands this week, per theme, and what moved since last week."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from planner.cli.context import Context
from planner.cli.output import as_json, as_of_option, banner, console, format_option, known_at_option, words

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from planner.queries.overview import Moved, Overview
    from planner.rules.rollup import RollUp

BAR_WIDTH = 20
MOVED_SHOWN = 12


@click.command()
@as_of_option
@known_at_option
@format_option("text", "json")
@click.pass_obj
def overview(context: Context, as_of: str | None, known_at: str | None, output: str) -> None:
    """Show where the plan stands this week, per theme, and what moved since last week."""
    print_overview(context, as_of, known_at, output)


def print_overview(
    context: Context, as_of: str | None = None, known_at: str | None = None, output: str = "text"
) -> None:
    """Print the overview; also what `planner demo` shows where there is no terminal."""
    from planner.queries.overview import read_overview

    with context.reading() as (session, plan):
        view = read_overview(session, plan, context.point(plan, as_of, known_at))
    if output == "json":
        as_json("overview", _content(view), plan)
        return
    out = console()
    banner(out, plan)
    out.print(f"[bold]{_escaped(plan.title)}[/bold]")
    out.print(f"As of {view.as_of}, reporting week {view.week}")
    out.print()
    _print_themes(out, view)
    out.print()
    _print_moved(out, view.moved)


def _escaped(text: str) -> str:
    from rich.markup import escape

    return escape(text)


def _content(view: "Overview") -> dict[str, Any]:
    return {
        "as_of": view.as_of,
        "week": str(view.week),
        "now": view.now,
        "last_week": view.before,
        "themes": [
            {
                "number": standing.theme.number,
                "title": standing.theme.title,
                "now": standing.now,
                "last_week": standing.before,
            }
            for standing in view.themes
        ],
        "moved": [
            {"code": moved.item.code, "movement": moved.movement, "points": round(moved.points, 1)}
            for moved in view.moved
        ],
    }


def bar(actual: float | None, expected: float | None, width: int = BAR_WIDTH) -> "Text":
    """A bar of what is done, with a mark where it should be by now."""
    from rich.text import Text

    done = round((actual or 0.0) / 100 * width)
    drawn = Text("█" * done, style="green") + Text("░" * (width - done), style="dim")
    if expected is not None:
        place = min(width - 1, round(expected / 100 * width))
        drawn = drawn[:place] + Text("│", style="bold yellow") + drawn[place + 1 :]
    return drawn


def _print_themes(out: "Console", view: "Overview") -> None:
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("Theme", no_wrap=True)
    for name in ("Items", "Done", "Week", "Expected"):
        table.add_column(name, justify="right", no_wrap=True)
    table.add_column("Done │ expected", no_wrap=True)
    for name in ("Overdue", "Off track", "Behind", "Closed", "No report"):
        table.add_column(name, justify="right", no_wrap=True)
    rows = [
        (f"{standing.theme.number} {standing.theme.title}", standing.now, standing.before) for standing in view.themes
    ]
    for title, now, before in [*rows, ("The plan", view.now, view.before)]:
        table.add_row(Text(title), *_numbers(now, before), bar(now.actual, now.expected), *_counts(now))
    out.print(table)


def _numbers(now: "RollUp", before: "RollUp") -> list[str]:
    moved = (now.actual or 0.0) - (before.actual or 0.0)
    shown = [f"{value:.0f} %" if value is not None else "–" for value in (now.actual, now.expected)]
    return [str(now.items), shown[0], f"{moved:+.1f}" if now.actual is not None else "–", shown[1]]


def _counts(now: "RollUp") -> list[str]:
    from planner.vocabulary import TERMINAL_PHASES, Freshness, Schedule

    closed = sum(now.phases[phase] for phase in TERMINAL_PHASES)
    silent = now.freshnesses[Freshness.STALE] + now.freshnesses[Freshness.NEVER]
    counts = [now.schedules[Schedule.OVERDUE], now.schedules[Schedule.OFF_TRACK], now.schedules[Schedule.BEHIND]]
    return [str(count) for count in (*counts, closed, silent)]


def _print_moved(out: "Console", moved: "Sequence[Moved]") -> None:
    from rich.text import Text

    out.print(f"[bold]Moved since last week: {len(moved)}[/bold]")
    for change in sorted(moved, key=lambda change: -abs(change.points))[:MOVED_SHOWN]:
        line = f"  {change.item.code}  {words(change.movement.value):<11} {change.points:+4.0f}  {change.item.title}"
        out.print(Text(line), soft_wrap=True)
    if len(moved) > MOVED_SHOWN:
        out.print(f"  and {len(moved) - MOVED_SHOWN} more", style="dim")
