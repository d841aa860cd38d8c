"""planner undo: take back your last write."""

from zoneinfo import ZoneInfo

import click

from planner.base.language import tr
from planner.cli.context import Context
from planner.cli.output import as_json, format_option, print_line
from planner.cli.questions import confirm


@click.command()
@click.option("--yes", is_flag=True, help="Do not ask for confirmation.")
@click.option("--reason", metavar="TEXT", help="The reason, for the history.")
@format_option("text", "json")
@click.pass_obj
def undo(context: Context, yes: bool, reason: str | None, output: str) -> None:
    """Undo your last write. It stays in the history but no longer counts.

    The command shows the write and asks you to confirm.
    """
    from planner.writes.undo import last_own_write
    from planner.writes.undo import undo as undo_write

    with context.reading() as reading:
        found = last_own_write(reading, context.actor)
    if not yes:
        # Questions go to standard error, so that a program can read the output.
        written = f"{found.recorded_at.astimezone(ZoneInfo(reading.plan.time_zone)):%Y-%m-%d %H:%M}"
        print_line(tr("Your last write, of {instant}:", instant=written), err=True)
        for record, title in found.lines:
            print_line(f"  {record}  {title}".rstrip(), err=True)
        if not confirm(tr("Undo this write?"), err=True):
            print_line(tr("Nothing was undone."), err=True)
            return
    with context.writing() as writing:
        done = undo_write(writing, expected=found.recorded_at, reason=reason)
    if output == "json":
        as_json("undone", done, reading.plan)
        return
    for record in done.records:
        print_line(tr("Undone: {record}.", record=record))
