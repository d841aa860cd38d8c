"""planner confirm and planner return: what a manager answers to a report."""

from typing import TYPE_CHECKING

import click

from planner.cli.context import Context
from planner.cli.entry_parts import seen_report
from planner.cli.output import as_json, format_option

if TYPE_CHECKING:
    from planner.queries.plans import PlanView
    from planner.writes.confirmations import Answered

if_last_option = click.option("--if-last", metavar="ID", help="Only if the last report is still this one.")


@click.command()
@click.argument("code")
@if_last_option
@format_option("text", "json")
@click.pass_obj
def confirm(context: Context, code: str, if_last: str | None, output: str) -> None:
    """Confirm that an item is completed, as somebody else reported."""
    from planner.writes.confirmations import confirm_completion

    seen = seen_report(if_last)
    with context.writing() as (session, plan):
        answered = confirm_completion(
            session, context.actor, plan, code, seen=seen, today=context.today(plan), at=context.now()
        )
    _tell(answered, "Confirmed: the completion of {code}", plan, output)


@click.command("return")
@click.argument("code")
@click.option("--reason", metavar="TEXT", required=True, help="Why: what is missing, or wrong.")
@if_last_option
@format_option("text", "json")
@click.pass_obj
def return_(context: Context, code: str, reason: str, if_last: str | None, output: str) -> None:
    """Return an item's last report to who made it: it counts no longer, and the item owes a report again."""
    from planner.writes.confirmations import return_report

    seen = seen_report(if_last)
    with context.writing() as (session, plan):
        answered = return_report(
            session, context.actor, plan, code, reason, seen=seen, today=context.today(plan), at=context.now()
        )
    _tell(answered, "Returned: the report on {code}", plan, output)


def _tell(answered: "Answered", sentence: str, plan: "PlanView", output: str) -> None:
    if output == "json":
        as_json("answer", answered, plan)
        return
    reported = f"as {answered.reported_by} reported as of {answered.reported_as_of}"
    click.echo(f"{sentence.format(code=answered.code)}, {reported}.")
