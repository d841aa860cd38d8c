"""planner log: show the audit log, which says who changed what and when."""

import csv
from collections.abc import Iterator
from datetime import date, time
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import click

from planner.base.language import in_english, tr
from planner.cli.context import Context
from planner.cli.output import as_json, banner, console, format_option, print_line, words
from planner.cli.streams import data_stream
from planner.cli.values import Whole
from planner.dates.relative import in_words

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from planner.queries.history.log import Event, LogFilters
    from planner.queries.history.log_fields import FieldChange
    from planner.register.plans import PlanView

# The columns of `--format csv`. There is a row for each field that an event changed.
CSV_COLUMNS = (
    "seq",
    "recorded_at",
    "recorded_at_local",
    "actor",
    "on_behalf_of",
    "action",
    "table",
    "label",
    "item",
    "reason",
    "field",
    "before",
    "after",
    "data",
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
    """Show the audit log, newest events first: all events, or those on an item and on all that belongs to it."""
    from planner.queries.history.log import LogFilters

    with context.reading() as reading:
        typed = context.typed(reading.plan)
        filters = LogFilters(
            **words,
            since=typed.instant(since, "--since", of_day=time.min) if since is not None else None,
            until=typed.instant(until, "--until") if until is not None else None,
        )
        events = _events(reading.session, reading.plan, filters, before, limit)
        if output == "json":
            with in_english():
                as_json("log", list(events), reading.plan)
        elif output == "csv":
            with in_english():
                _print_csv(events, reading.plan)
        else:
            _print_text(events, reading.plan, limit, reading.as_of)


def _events(
    session: "Session", plan: "PlanView", filters: "LogFilters", before: int | None, limit: int
) -> Iterator["Event"]:
    """Yield the events. They are read in pages, so that a long log is never in memory as a whole."""
    from planner.queries.history.log import PAGE, read_log

    left, more = limit, True
    while left and more:
        page = read_log(session, plan, filters, after=before, limit=min(left, PAGE))
        yield from page.events
        left, more = left - len(page.events), page.more
        before = page.events[-1].seq if page.events else before


def _print_csv(events: Iterator["Event"], plan: "PlanView") -> None:
    """Print a row for each changed field, and one for an event without changed fields.

    The last column says whether the data is simulated.
    """
    from planner.tables.spreadsheets import safe_cell

    zone = ZoneInfo(plan.time_zone)
    writer = csv.writer(data_stream(), lineterminator="\r\n")
    writer.writerow(CSV_COLUMNS)
    for event in events:
        about = (
            event.seq,
            event.recorded_at.isoformat().replace("+00:00", "Z"),
            event.recorded_at.astimezone(zone).isoformat(),
            event.actor,
            event.on_behalf_of,
            event.action,
            event.table,
            event.label,
            event.item,
            event.reason,
        )
        for name, before, after in _changes(event):
            row = (*about, name, before, after, "simulated" if plan.simulated else "register")
            writer.writerow([safe_cell(cell) for cell in row])


def _changes(event: "Event") -> "list[tuple[str | None, str | None, str | None]]":
    changes: list[tuple[str | None, str | None, str | None]] = [
        (field.name, field.before, field.after) for field in event.fields
    ]
    return changes or [(None, None, None)]


def _print_text(events: Iterator["Event"], plan: "PlanView", limit: int, today: date) -> None:
    """Print the events as plain lines, while they are read."""
    if plan.simulated:
        banner(console(), plan)
    zone, last, shown = ZoneInfo(plan.time_zone), None, 0
    for event in events:
        last, shown = event, shown + 1
        for line in _lines(event, zone, today):
            print_line(line)
    if last is None:
        print_line(tr("The log has no such events."))
    elif shown == limit and last.seq > 1:
        print_line()
        print_line(tr("For earlier events, give --before {number}", number=last.seq), style={"dim": True})


def _lines(event: "Event", zone: ZoneInfo, today: date) -> Iterator[str]:
    local = event.recorded_at.astimezone(zone)
    person = event.actor
    if event.on_behalf_of:
        person = tr("{actor} for {other}", actor=event.actor, other=event.on_behalf_of)
    table = words(event.table)
    what = tr("{table} added", table=table) if event.added else tr("{table} changed", table=table)
    yield (
        f"{event.seq}  {local:%Y-%m-%d %H:%M:%S%z} ({event.recorded_at:%Y-%m-%dT%H:%M:%SZ}, "
        f"{in_words(local.date(), today)})  "
        f"{person}  {event.action}  {event.label}  {what}"
    )
    if event.reason:
        yield "    " + tr("reason: {reason}", reason=event.reason)
    for field in event.fields:
        # The label names the item already.
        if field.name != "item_id":
            yield f"    {_change(field, added=event.added)}"
    for redaction in event.redactions:
        yield "    " + tr("redacted: {summary}", summary=redaction.summary)


def _change(field: "FieldChange", *, added: bool) -> str:
    if added and field.before is None:
        return f"{field.word}: {field.after}"
    return f"{field.word}: {field.before or '–'} → {field.after or '–'}"
