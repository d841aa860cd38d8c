"""planner due: move an item's due date."""

from typing import TYPE_CHECKING

import click

from planner.cli.context import Context
from planner.cli.output import as_json, format_option, print_line
from planner.cli.reports.confirming import asked, yes_option

if TYPE_CHECKING:
    from planner.queries.plans import PlanView
    from planner.writes.reports.dates import DateMoved


@click.command()
@click.argument("code")
@click.option("--move", metavar="DATE", required=True, help="The current due date becomes this one.")
@click.option("--reason", metavar="TEXT", required=True, help="Why it moves.")
@click.option("--as-of", metavar="DATE", help="The date the change is as of. Default: today.")
@yes_option
@format_option("text", "json")
@click.pass_obj
def due(context: Context, code: str, move: str, reason: str, as_of: str | None, yes: bool, output: str) -> None:
    """Move an item's current due date. The baseline date never changes."""
    moved, plan = asked(lambda check_doubts: _move(context, code, move, reason, as_of, check_doubts), yes=yes)
    if output == "json":
        as_json("due", moved, plan)
    else:
        print_line(f"Recorded: {moved.code} is due on {moved.new} instead of {moved.old}.")


def _move(
    context: Context, code: str, move: str, reason: str, as_of: str | None, check_doubts: bool
) -> "tuple[DateMoved, PlanView]":
    from planner.queries.items.register import read_item
    from planner.queries.point import Point
    from planner.writes.reports.dates import move_due_date

    with context.writing() as (session, plan):
        today = context.today(plan)
        stands = read_item(session, plan, Point(today), code).current_due
        moved = move_due_date(
            session,
            context.actor,
            plan,
            code,
            context.typed(plan).deadline(move, "--move", start=max(stands, today)),
            reason,
            as_of=context.day(plan, as_of),
            check_doubts=check_doubts,
            today=today,
            at=context.now(),
        )
    return moved, plan
