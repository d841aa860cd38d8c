"""planner my-week: the items that need a report this week, most urgent first. --report asks about each of them."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from planner.base.language import tr, tr_count, tr_later
from planner.cli.context import Context
from planner.cli.named_organisation import named_organisation
from planner.cli.output import as_json, as_of_option, format_option, known_at_option, print_line, words
from planner.cli.reports.owed_item import owed_lines
from planner.cli.reports.request_lines import request_lines
from planner.dates.relative import with_words
from planner.domain.rules.figures import tenths
from planner.domain.symbols import SIMULATED, this_period

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.queries.items.views import ItemView, OrganisationView
    from planner.queries.people.organisations import OrganisationEntry
    from planner.queries.people.person_view import PersonView
    from planner.queries.weeks.my_week import MyWeek
    from planner.register.closing import Closing
    from planner.register.plan_view import PlanView
    from planner.register.reading import Reading


@dataclass(frozen=True)
class WeekOf:
    """The week of one organisation, with its name and key.

    Both are None if the items of all organisations are shown. `closing` is the act that closed the plan, if it is.
    `left` is the name of the person who asks, if they had left by the day: then nothing waited for them.
    """

    plan: "PlanView"
    as_of: date
    organisation: str | None
    key: str | None
    week: "MyWeek"
    closing: "Closing | None" = None
    left: str | None = None


@click.command("my-week")
@click.option(
    "--for", "organisation", metavar="ORG", help="Show the items that this organisation leads, instead of your own."
)
@click.option("--report", is_flag=True, help="Report on the items one by one, by answering questions.")
@as_of_option
@known_at_option
@format_option("text", "json")
@click.pass_obj
def my_week(context: Context, organisation: str | None, report: bool, output: str) -> None:
    """Show the items that need a report this week, most urgent first, with the reason and the last report.

    With --report, you are asked about the items one by one, in plain lines that a screen reader can follow and a
    program can answer.
    """
    if report and output == "json":
        raise click.UsageError(tr("--report asks questions, so its output cannot be JSON."))
    if report and context.looks_back:
        raise click.UsageError(
            tr("Give --report or one of --as-of and --known-at, not both: reports are about the present week.")
        )
    found = read_week(context, organisation)
    if report:
        from planner.cli.reports.week_report import go_through
        from planner.register.closing import is_closed

        if found.closing is not None:
            raise is_closed(found.plan.key, found.closing)
        go_through(context, [item.code for item in found.week.owed], found.week.continued)
    elif output == "json":
        as_json("week", _plain(found), found.plan)
    else:
        for line in _lines(found):
            print_line(line)


def read_week(context: Context, organisation: str | None) -> WeekOf:
    """Return the week of the given organisation. Without one, return the week of the person's own organisation.

    That is the one to which they belonged on the day. If the person has no organisation, the week has the items of all
    organisations. Raises UnknownNameError if there is no organisation of the given name.
    """
    from planner.domain.rules.permissions import Permission, may
    from planner.queries.items.register import read_register
    from planner.queries.people.organisations import keys_of_body
    from planner.queries.plans.lineage import read_continued
    from planner.queries.weeks.my_week import my_week as week_of
    from planner.queries.weeks.my_week import requests_in_week
    from planner.register.closing import closing_on

    with context.reading() as reading:
        me = _asking(reading, context.actor.name, then=context.looks_back)
        named = named_organisation(reading, organisation, "--for") if organisation else None
        left = me.name if me and not me.active and not named else None
        me = me if me and me.active else None
        body = named or (me.organisation if me else None)
        confirms = me is not None and may(me.role, Permission.CONFIRM, theirs=False)
        bodies = keys_of_body(reading.session, body.id) if body else frozenset() if left else None
        items = read_register(reading)
        answers = named is None and me is not None and may(me.role, Permission.ANSWER, theirs=False)
        closing = closing_on(reading)
        week = week_of(
            items,
            bodies,
            confirms=confirms,
            can_report=reading.today >= reading.plan.starts and closing is None,
            requests=requests_in_week(reading, items, bodies, answers=answers),
            continued=read_continued(reading),
        )
        name = _name_then(context, reading, body) if body else None
    return WeekOf(reading.plan, reading.as_of, name, body.key if body else None, week, closing, left)


def _asking(reading: "Reading", login: str, *, then: bool) -> "PersonView | None":
    from planner.queries.people.people import read_person
    from planner.queries.people.people_then import person_then

    return person_then(reading, login) if then else read_person(reading.session, login)


def _name_then(context: Context, reading: "Reading", body: "OrganisationEntry | OrganisationView") -> str:
    """Return the name of an organisation on the day that was asked for."""
    if not context.looks_back:
        return body.name
    from planner.queries.people.organisations_then import names_then

    return names_then(reading).get(body.key, body.name)


def _lines(found: WeekOf) -> "Iterator[str]":
    from planner.domain.period_names import period_name
    from planner.domain.vocabulary import Cadence

    week, settings = found.week, found.plan.settings
    this = this_period(settings.cadence)
    if found.plan.simulated:
        yield tr_later(SIMULATED)
    period = period_name(settings, found.as_of)
    if settings.cadence is Cadence.WEEKLY:
        period = tr("Week {week}", week=period)
    yield _title(found, period)
    yield ""
    yield _standing(found, this)
    for item in week.owed:
        yield from owed_lines(item, found.as_of, this, week.continued.get(item.id, ()))
    if week.reported:
        yield ""
        yield tr_count(
            "{count} item was reported on {period}: {codes}",
            "{count} items were reported on {period}: {codes}",
            len(week.reported),
            period=this,
            codes=", ".join(item.code for item in week.reported),
        )
    if week.requests:
        yield ""
        yield from request_lines(week.requests)
    if week.awaiting:
        yield ""
        yield from _awaiting_lines(week, found.as_of)


def _title(found: WeekOf, period: str) -> str:
    if found.left:
        return tr("{period}, {day}.", period=period, day=found.as_of)
    if found.organisation:
        return tr("{period}, {day}, items of {name}.", period=period, day=found.as_of, name=found.organisation)
    return tr("{period}, {day}, items of all organisations.", period=period, day=found.as_of)


def _standing(found: WeekOf, this: str) -> str:
    """Return the line above the items: how many need a report, or why none can be reported on."""
    if found.closing:
        day, reason = found.closing.as_of, found.closing.reason
        return tr("This plan was closed on {day} ({reason}). Nothing can be reported on it.", day=day, reason=reason)
    if found.left:
        return tr("{name} had left by that day, so no item waited for a report.", name=found.left)
    return _number_owed(len(found.week.owed), this)


def _awaiting_lines(week: "MyWeek", as_of: date) -> "Iterator[str]":
    yield tr_count(
        "{count} item is reported as ended. Confirm or return the report:",
        "{count} items are reported as ended. Confirm or return each report:",
        len(week.awaiting),
    )
    for item in week.awaiting:
        by = f" ({item.last.actor}, {with_words(item.last.as_of, as_of)})" if item.last else ""
        yield f"{item.code}  {words(item.phase.value)}: {item.title}{by}"
        yield from (f"  {doubt}" for doubt in week.doubts(item))


def _number_owed(count: int, period: str) -> str:
    if not count:
        return tr("No item needs a report {period}.", period=period)
    return tr_count("{count} item needs a report:", "{count} items need a report, most urgent first:", count)


def _plain(found: WeekOf) -> dict[str, Any]:
    from planner.domain.rules.weeks import Week
    from planner.queries.weeks.requests import REQUEST_COLUMNS
    from planner.tables.columns import values

    return {
        "week": str(Week.of(found.as_of)),
        "as_of": found.as_of,
        "organisation": found.key,
        "owed": [_item(item) for item in found.week.owed],
        "reported": [_item(item) for item in found.week.reported],
        "awaiting": [
            {**_item(item), "merged_here": found.week.merged_here.get(item.code, ())} for item in found.week.awaiting
        ],
        "requests": [values(REQUEST_COLUMNS, row) for row in found.week.requests],
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
        "percent": tenths(item.actual),
        "expected_percent": tenths(item.expected),
        "current_due": item.current_due,
        "days_late": item.days_late,
        "last": item.last,
        "returned": item.returned,
    }
