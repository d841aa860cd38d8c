"""planner log: show the audit log, which says who changed what and when."""

from collections.abc import Iterator
from datetime import date, datetime, time
from itertools import chain, islice
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import click

from planner.base.language import tr
from planner.base.views import value_class
from planner.cli.context import Context
from planner.cli.output import as_csv, as_json, format_option, print_banner, print_line, words
from planner.cli.values import Whole
from planner.dates.relative import age_words
from planner.tables import columns
from planner.tables.columns import Column
from planner.tables.json_form import in_utc

if TYPE_CHECKING:
    from planner.queries.history.log import Event, LogFilters
    from planner.queries.history.log_fields import LoggedChange
    from planner.register.plan_view import PlanView
    from planner.register.reading import Reading


@value_class
class _Change:
    """A row of the CSV: an event, and one field that the event changed. The field is None if no field was changed."""

    event: "Event"
    field: "LoggedChange | None"
    plan: "PlanView"


_COLUMNS: tuple[Column[_Change], ...] = (
    columns.whole_number("seq", lambda row: row.event.seq),
    columns.text("recorded_at", lambda row: in_utc(row.event.recorded_at)),
    columns.text(
        "recorded_at_local",
        lambda row: row.event.recorded_at.astimezone(ZoneInfo(row.plan.time_zone)).isoformat(),
    ),
    columns.text("actor", lambda row: row.event.actor),
    columns.text("on_behalf_of", lambda row: row.event.on_behalf_of),
    columns.text("action", lambda row: row.event.action),
    columns.text("table", lambda row: row.event.table),
    columns.text("label", lambda row: row.event.label),
    columns.text("plan", lambda row: row.event.plan),
    columns.text("item", lambda row: row.event.item),
    columns.text("reason", lambda row: row.event.reason),
    columns.text("field", lambda row: row.field.name if row.field else None),
    columns.text("before", lambda row: row.field.before if row.field else None),
    columns.text("after", lambda row: row.field.after if row.field else None),
    columns.word("data", lambda row: "simulated" if row.plan.simulated else "register"),
)


@click.command()
@click.argument("code", required=False)
@click.option("--who", metavar="LOGIN", help="Only events by this person: a login, or its beginning.")
@click.option("--action", metavar="WORD", help="Only events of this action, such as report or move-date.")
@click.option("--write", metavar="ID", help="Only events of the write with this id, from a lost-connection message.")
@click.option("--since", metavar="INSTANT", help="Only events recorded at this time or later.")
@click.option("--until", metavar="INSTANT", help="Only events recorded at this time or earlier.")
@click.option("--before", type=Whole(), metavar="NUMBER", help="Only events with a lower number than this.")
@click.option("--limit", type=Whole(), default=50, show_default=True, metavar="N", help="The number of events shown.")
@format_option("text", "json", "csv")
@click.pass_obj
def log(
    context: Context,
    /,
    since: str | None,
    until: str | None,
    before: int | None,
    limit: int,
    output: str,
    **words: Any,
) -> None:
    """Show the audit log, newest events first: all events, or those on an item and its parts."""
    from planner.queries.history.log import LogFilters

    with context.reading() as reading:
        filters = LogFilters(
            **words,
            since=_instant(context, reading.plan, since, "--since", of_day=time.min),
            until=_instant(context, reading.plan, until, "--until"),
        )
        events = _begun(_events(reading, filters, before, limit))
        if output == "json":
            as_json("log", list(events), reading.plan)
        elif output == "csv":
            as_csv(_COLUMNS, _changes(events, reading.plan))
        else:
            _print_text(events, reading.plan, limit, reading.today)


def _instant(context: Context, plan: "PlanView", typed: str | None, option: str, **reading: time) -> datetime | None:
    """Return the instant that is typed for an option. Return None if the option is not given."""
    return None if typed is None else context.typed(plan).instant(typed, option, **reading)


def _events(reading: "Reading", filters: "LogFilters", before: int | None, limit: int) -> Iterator["Event"]:
    """Yield events of the audit log. They are read in pages, so that a long log is never in memory as a whole."""
    from planner.queries.history.log import PAGE, read_log

    left, more = limit, True
    while left and more:
        page = read_log(reading, filters, after=before, limit=min(left, PAGE))
        yield from page.events
        left, more = left - len(page.events), page.more
        before = page.events[-1].seq if page.events else before


def _begun(events: Iterator["Event"]) -> Iterator["Event"]:
    """Read the first event now, and return an iterator over all events.

    An unknown code is thus refused before any output.
    """
    return chain(list(islice(events, 1)), events)


def _changes(events: Iterator["Event"], plan: "PlanView") -> Iterator[_Change]:
    for event in events:
        for field in event.fields or (None,):
            yield _Change(event, field, plan)


def _print_text(events: Iterator["Event"], plan: "PlanView", limit: int, today: date) -> None:
    """Print the events as plain lines, while they are read."""
    print_banner(plan)
    zone, last, shown = ZoneInfo(plan.time_zone), None, 0
    for event in events:
        last, shown = event, shown + 1
        for line in _lines(event, zone, today):
            print_line(line)
    if last is None:
        print_line(tr("No event in the log matches the options."))
        return
    if shown == limit and last.seq > 1:
        print_line(tr("For earlier events, give --before {number}", number=last.seq), style={"dim": True})


def _lines(event: "Event", zone: ZoneInfo, today: date) -> Iterator[str]:
    local = event.recorded_at.astimezone(zone)
    person = event.actor
    if event.on_behalf_of:
        person = tr("{actor} on behalf of {other}", actor=event.actor, other=event.on_behalf_of)
    table = words(event.table)
    what = tr("{table} added", table=table) if event.added else tr("{table} changed", table=table)
    yield (
        f"{event.seq}  {local:%Y-%m-%d %H:%M:%S%z} ({event.recorded_at:%Y-%m-%dT%H:%M:%SZ}"
        f"{age_words(local.date(), today)})  "
        f"{person}  {event.action}  {event.name}  {what}"
    )
    if event.reason:
        yield "    " + tr("reason: {reason}", reason=event.reason)
    for field in event.fields_but_reason:
        # The label names the item already.
        if field.name != "item_id":
            yield f"    {_change(field, added=event.added)}"
    for redaction in event.redactions:
        yield "    " + tr("redacted: {summary}", summary=redaction.summary)


def _change(field: "LoggedChange", *, added: bool) -> str:
    if added and field.before is None:
        return f"{field.word}: {field.after}"
    return f"{field.word}: {field.before or '–'} → {field.after or '–'}"
