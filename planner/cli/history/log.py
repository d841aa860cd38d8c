"""planner log: the audit log, who changed what, when."""

import csv
from collections.abc import Iterator
from datetime import date, time
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click

from planner.cli.context import Context
from planner.cli.output import as_json, banner, console, format_option, print_line, words
from planner.cli.streams import data_stream
from planner.cli.values import Whole
from planner.dates.relative import in_words

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from planner.queries.history.log import Event, LogFilters
    from planner.queries.history.log_fields import FieldChange
    from planner.queries.plans import PlanView

# The columns of `--format csv`: a line per field that an event changed.
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
@click.option("--who", metavar="LOGIN", help="Only what this person wrote: a login, or how it begins.")
@click.option("--action", metavar="WORD", help="Only writes of this sort, such as report or move-date.")
@click.option(
    "--write", metavar="ID", help="Only the events of this write, as a message about a lost connection names it."
)
@click.option("--since", metavar="INSTANT", help="Only what was recorded at this instant or later.")
@click.option("--until", metavar="INSTANT", help="Only what was recorded by this instant.")
@click.option("--before", type=Whole(), metavar="NUMBER", help="Go on from this event to earlier ones.")
@click.option("--limit", type=Whole(), default=50, show_default=True, metavar="N", help="How many events.")
@format_option("text", "json", "csv")
@click.pass_obj
def log(
    context: Context,
    code: str | None,
    who: str | None,
    action: str | None,
    write: str | None,
    since: str | None,
    until: str | None,
    before: int | None,
    limit: int,
    output: str,
) -> None:
    """Show the audit log, newest first: every write, or those on one item with all that belongs to it."""
    from planner.queries.history.log import LogFilters

    with context.reading() as (session, plan):
        typed = context.typed(plan)
        filters = LogFilters(
            code=code,
            who=who,
            action=action,
            write=write,
            since=typed.instant(since, "--since", of_day=time.min) if since is not None else None,
            until=typed.instant(until, "--until") if until is not None else None,
        )
        events = _events(session, plan, filters, before, limit)
        if output == "json":
            as_json("log", list(events), plan)
        elif output == "csv":
            _print_csv(events, plan)
        else:
            _print_text(events, plan, limit, context.today(plan))


def _events(
    session: "Session", plan: "PlanView", filters: "LogFilters", before: int | None, limit: int
) -> Iterator["Event"]:
    """The events, read in pages, so that a long log is never held as a whole."""
    from planner.queries.history.log import PAGE, read_log

    left, more = limit, True
    while left and more:
        page = read_log(session, plan, filters, after=before, limit=min(left, PAGE))
        yield from page.events
        left, more = left - len(page.events), page.more
        before = page.events[-1].seq if page.events else before


def _print_csv(events: Iterator["Event"], plan: "PlanView") -> None:
    """A line per field that changed, and one for an event without any. A demonstration says so in every line."""
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
    """Plain lines, printed as they are read."""
    if plan.simulated:
        banner(console(), plan)
    zone, last, shown = ZoneInfo(plan.time_zone), None, 0
    for event in events:
        last, shown = event, shown + 1
        for line in _lines(event, zone, today):
            print_line(line)
    if last is None:
        print_line("Nothing in the log answers to that.")
    elif shown == limit and last.seq > 1:
        print_line()
        print_line(f"Earlier ones: --before {last.seq}", style={"dim": True})


def _lines(event: "Event", zone: ZoneInfo, today: date) -> Iterator[str]:
    local = event.recorded_at.astimezone(zone)
    behalf = f" for {event.on_behalf_of}" if event.on_behalf_of else ""
    about = f"{event.label}  {words(event.table)} {'added' if event.added else 'changed'}"
    yield (
        f"{event.seq}  {local:%Y-%m-%d %H:%M:%S%z} ({event.recorded_at:%Y-%m-%dT%H:%M:%SZ}, "
        f"{in_words(local.date(), today)})  "
        f"{event.actor}{behalf}  {event.action}  {about}"
    )
    if event.reason:
        yield f"    because: {event.reason}"
    for field in event.fields:
        # The label says it already.
        if field.name != "item_id":
            yield f"    {_change(field, added=event.added)}"
    for redaction in event.redactions:
        yield f"    redacted: {redaction.summary}"


def _change(field: "FieldChange", *, added: bool) -> str:
    if added and field.before is None:
        return f"{field.word}: {field.after}"
    return f"{field.word}: {field.before or '–'} → {field.after or '–'}"
