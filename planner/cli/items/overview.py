"""planner overview: the state of the plan this week, by theme or another group, and what needs attention."""

from typing import TYPE_CHECKING, Any

import click

from planner.cli.context import Context
from planner.cli.output import as_json, as_of_option, format_option, known_at_option
from planner.cli.values import Word
from planner.domain.vocabulary import Asked, Grouping

if TYPE_CHECKING:
    from planner.queries.items.views import ItemView
    from planner.queries.weeks.deadlines import Deadline
    from planner.queries.weeks.missing_reports import Reporting
    from planner.queries.weeks.overview import Overview
    from planner.queries.weeks.rollups import GroupStanding


@click.command()
@click.option(
    "--by",
    type=Word(Grouping),
    default=Grouping.THEME.value,
    show_default=True,
    help="Print a line for each group of this kind.",
)
@click.option("--all", "in_full", is_flag=True, help="Print the complete lists.")
@as_of_option
@known_at_option
@format_option("text", "json")
@click.pass_obj
def overview(context: Context, by: str, in_full: bool, output: str) -> None:
    """Show the state of the plan this week, and which items moved, fall due, are not reported or need a check."""
    print_overview(context, output, Grouping(by), in_full=in_full)


def print_overview(
    context: Context, output: str = "text", by: Grouping = Grouping.THEME, *, in_full: bool = False
) -> None:
    """Print the overview. `planner demo` also prints it if there is no terminal."""
    from planner.queries.weeks.growing_overview import read_overview
    from planner.queries.weeks.requests import count_open_requests

    with context.reading() as reading:
        view = read_overview(reading)
        open_requests = count_open_requests(reading, view.items)
    if output == "json":
        as_json("overview", _content(view, open_requests), reading.plan)
    else:
        from planner.cli.items.overview_text import print_page

        print_page(view, open_requests, by, in_full=in_full)


def _content(view: "Overview", open_requests: int) -> dict[str, Any]:
    return {
        "as_of": view.as_of,
        "week": str(view.week),
        "now": view.now,
        "last_period": view.before,
        "themes": [
            {"number": theme.number, "title": theme.title} | _rolled_up(standing)
            for theme, standing in zip(view.plan.themes, view.themes, strict=True)
        ],
        "organisations": _groups(view, Grouping.ORGANISATION),
        "measures": _groups(view, Grouping.MEASURE),
        "rules": _groups(view, Grouping.RULE),
        "moved": [
            {
                "code": moved.item.code,
                "movement": moved.move.kind,
                "what": moved.move.aspect,
                "milestone": moved.move.milestone.number if moved.move.milestone else None,
                "from": moved.move.was,
                "to": moved.move.now,
                "points": round(moved.points, 1),
                "worse": moved.worse,
                "when_asked": moved.move.asked,
            }
            for moved in view.moved
        ],
        "later_dates": {asked.value: view.slips[asked] for asked in Asked},
        "open_requests": open_requests,
        "due": [_due(deadline) for deadline in (*view.overdue, *view.due)],
        "not_reported": [_not_reported(reporting) for reporting in view.not_reported],
        "contradictions": [_checked(item) for item in view.contradictions],
        "awaiting": [_checked(item) for item in view.awaiting],
    }


def _groups(view: "Overview", by: Grouping) -> list[dict[str, Any]]:
    *groups, _plan = view.lines(by)
    return [{"key": group.key, "name": group.name} | _rolled_up(group) for group in groups]


def _rolled_up(standing: "GroupStanding") -> dict[str, Any]:
    return {"now": standing.now, "last_period": standing.before}


def _not_reported(reporting: "Reporting") -> dict[str, Any]:
    return {
        "organisation": reporting.organisation.key,
        "owed": reporting.owed,
        "reported": reporting.reported,
        "silent": reporting.silent,
        "weeks": reporting.weeks,
    }


def _due(deadline: "Deadline") -> dict[str, Any]:
    return {
        "date": deadline.current,
        "code": deadline.item.code,
        "milestone": deadline.milestone.number if deadline.milestone else None,
        "title": deadline.title,
        "baseline": deadline.baseline,
        "state": deadline.state,
    }


def _checked(item: "ItemView") -> dict[str, Any]:
    return {
        "code": item.code,
        "title": item.title,
        "confidence": item.confidence,
        "schedule": item.schedule,
        "days_late": item.days_late,
    }
