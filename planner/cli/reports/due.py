"""planner due: move an item's due date."""

from typing import TYPE_CHECKING

import click

from planner.cli.context import Context
from planner.cli.output import as_json, format_option, print_line
from planner.cli.reports.confirming import write_after_asking, yes_option

if TYPE_CHECKING:
    from planner.register.writing import Writing
    from planner.writes.reports.dates import DateMoved


@click.command()
@click.argument("code")
@click.option("--move", metavar="DATE", required=True, help="The new current due date.")
@click.option("--reason", metavar="TEXT", required=True, help="Why the date moves.")
@click.option(
    "--as-of",
    metavar="DATE",
    help="The as-of date of the change. Default: today, or the day on which the plan opens.",
)
@yes_option
@format_option("text", "json")
@click.pass_obj
def due(context: Context, code: str, move: str, reason: str, as_of: str | None, yes: bool, output: str) -> None:
    """Move an item's current due date. The baseline date never changes."""
    from planner.queries.items.register import read_item
    from planner.writes.reports.dates import move_due_date

    def write(writing: "Writing", check_doubts: bool) -> "DateMoved":
        current_due = read_item(writing.reading(), code).current_due
        new = context.typed(writing.plan).deadline(move, "--move", start=max(current_due, writing.today))
        day = context.day(writing, as_of)
        return move_due_date(writing, code, new, reason, as_of=day, check_doubts=check_doubts)

    moved, plan = write_after_asking(context, write, yes=yes)
    if output == "json":
        as_json("due", moved, plan)
    else:
        print_line(moved.sentence())
