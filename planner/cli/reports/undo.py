"""planner undo: take back your last write."""

from zoneinfo import ZoneInfo

import click

from planner.cli.context import Context
from planner.cli.output import as_json, format_option, print_line
from planner.cli.questions import confirm


@click.command()
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option("--reason", metavar="TEXT", help="Why, for the history.")
@format_option("text", "json")
@click.pass_obj
def undo(context: Context, yes: bool, reason: str | None, output: str) -> None:
    """Take back your last write: it stays in the history and counts no longer. Shows what it is, and asks."""
    from planner.writes.undo import last_own_write
    from planner.writes.undo import undo as take_back

    with context.reading() as (session, plan):
        found = last_own_write(session, context.actor)
    if not yes:
        # What is asked goes where it is in nobody's way who reads the output by program.
        written = found.recorded_at.astimezone(ZoneInfo(plan.time_zone))
        print_line(f"Your last write, of {written:%Y-%m-%d %H:%M}:", err=True)
        for record in found.records:
            print_line(f"  {record}", err=True)
        if not confirm("Take it back?", err=True):
            print_line("Nothing was taken back.", err=True)
            return
    with context.writing() as (session, plan):
        done = take_back(session, context.actor, expected=found.recorded_at, reason=reason, at=context.now())
    if output == "json":
        as_json("undone", done, plan)
        return
    for record in done.records:
        print_line(f"Took back {record}.")
