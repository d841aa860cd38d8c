"""planner my-week: what you still owe this week, worst first; with --report, one after the other."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from planner.base.formats import percent
from planner.cli.context import Context
from planner.cli.output import as_json, format_option, print_line, words
from planner.dates.relative import with_words
from planner.domain.symbols import SIMULATED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.queries.items.views import ItemView
    from planner.queries.plans import PlanView
    from planner.queries.weeks.my_week import MyWeek

# How much of what was said last is shown in the list, in characters.
LAST_WORDS = 100


@dataclass(frozen=True)
class WeekOf:
    """Somebody's week: whose items (an organisation's name and key, None for everybody's), and what there is to do."""

    plan: "PlanView"
    as_of: date
    organisation: str | None
    key: str | None
    week: "MyWeek"


@click.command("my-week")
@click.option("--for", "organisation", metavar="ORG", help="The items this organisation leads, instead of your own.")
@click.option("--report", is_flag=True, help="Go through the queue item by item, by questions and answers.")
@format_option("text", "json")
@click.pass_obj
def my_week(context: Context, organisation: str | None, report: bool, output: str) -> None:
    """Show the items that owe a report this week, worst first: why, and what was said last.

    With --report you are asked about one after the other, in plain lines that a screen reader can follow and a
    program can answer.
    """
    if report and output == "json":
        raise click.UsageError("--report asks questions, which are not JSON.")
    found = read_week(context, organisation)
    if report:
        from planner.cli.reports.week_report import go_through

        go_through(context, [item.code for item in found.week.owed])
    elif output == "json":
        as_json("week", _plain(found), found.plan)
    else:
        for line in _lines(found):
            print_line(line)


def read_week(context: Context, organisation: str | None) -> WeekOf:
    """The week of who acts: of their organisation, of the one named, or of all. Raises UnknownNameError."""
    from planner.domain.rules.permissions import Deed, may
    from planner.domain.rules.weeks import Week
    from planner.queries.items.register import read_register
    from planner.queries.people.organisations import find_organisation, keys_of_body
    from planner.queries.people.people import read_person
    from planner.queries.weeks.my_week import my_week as week_of

    with context.reading() as (session, plan):
        me = read_person(session, context.actor.name)
        named = find_organisation(session, organisation, "--for") if organisation else None
        body = named or (me.organisation if me else None)
        point = context.point(plan, None)
        confirms = me is not None and may(me.role, Deed.CONFIRM, theirs=False)
        bodies = keys_of_body(session, body.id) if body else None
        week = week_of(read_register(session, plan, point), bodies, week=Week.of(point.as_of), confirms=confirms)
    return WeekOf(plan, point.as_of, body.name if body else None, body.key if body else None, week)


def _lines(found: WeekOf) -> "Iterator[str]":
    from planner.domain.rules.weeks import Week

    week = found.week
    if found.plan.simulated:
        yield SIMULATED
    yield f"Week {Week.of(found.as_of)}, {found.as_of}, items of {found.organisation or 'all organisations'}."
    yield ""
    yield f"{len(week.owed)} owe a report, worst first:" if week.owed else "No report is owed: all is said."
    for item in week.owed:
        yield from owed_lines(item, found.as_of)
    if week.reported:
        yield ""
        yield f"{len(week.reported)} reported this week: " + ", ".join(item.code for item in week.reported)
    if week.awaiting:
        yield ""
        yield f"{len(week.awaiting)} reported as ended, to be confirmed or returned:"
        for item in week.awaiting:
            by = f" ({item.last.actor}, {with_words(item.last.as_of, found.as_of)})" if item.last else ""
            yield f"{item.code}  {words(item.phase.value)}: {item.title}{by}"
            yield from (f"  {doubt}" for doubt in week.doubts(item))


def owed_lines(item: "ItemView", as_of: date) -> "Iterator[str]":
    """An item of the queue: what it is, why it stands there, how far it is, what was said last."""
    from planner.queries.weeks.my_week import why

    yield f"{item.code}  {item.title}"
    yield f"  {'; '.join(why(item)) or 'due this week'}"
    figures = f"done {percent(item.actual)}, expected {percent(item.expected)}"
    due = with_words(item.current_due, as_of)
    yield f"  {words(item.phase.value)}, {words(item.schedule.value)}, {figures}, due {due}"
    if item.last:
        said = " ".join((item.last.done or item.last.blocker or "no words").split())
        short = said if len(said) <= LAST_WORDS else f"{said[:LAST_WORDS].rstrip()}…"
        yield f"  last {with_words(item.last.as_of, as_of)}, {item.last.actor}: {short}"


def _plain(found: WeekOf) -> dict[str, Any]:
    from planner.domain.rules.weeks import Week

    return {
        "week": str(Week.of(found.as_of)),
        "as_of": found.as_of,
        "organisation": found.key,
        "owed": [_item(item) for item in found.week.owed],
        "reported": [_item(item) for item in found.week.reported],
        "awaiting": [
            {**_item(item), "merged_here": found.week.merged_here.get(item.code, ())} for item in found.week.awaiting
        ],
    }


def _item(item: "ItemView") -> dict[str, Any]:
    from planner.queries.weeks.my_week import why

    return {
        "code": item.code,
        "title": item.title,
        "basis": item.basis,
        "why": why(item),
        "phase": item.phase,
        "confidence": item.confidence,
        "schedule": item.schedule,
        "freshness": item.freshness,
        "completion": item.completion,
        "percent": None if item.actual is None else round(item.actual, 1),
        "expected_percent": round(item.expected, 1),
        "current_due": item.current_due,
        "days_late": item.days_late,
        "last": item.last,
        "returned": item.returned,
    }
