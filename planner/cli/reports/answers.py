"""planner confirm and planner return: what a manager answers to a report."""

from typing import TYPE_CHECKING

import click

from planner.cli.context import Context
from planner.cli.output import as_json, format_option, print_line
from planner.cli.questions import confirm as agreed
from planner.cli.reports.confirming import asked
from planner.cli.reports.entry_parts import seen_report

if TYPE_CHECKING:
    from planner.queries.plans import PlanView
    from planner.writes.reports.confirmations import Answered

if_last_option = click.option("--if-last", metavar="ID", help="Only if the last report is still this one.")


@click.command()
@click.argument("code")
@if_last_option
@click.option("--yes", is_flag=True, help="Do not ask, where other items were merged into it.")
@format_option("text", "json")
@click.pass_obj
def confirm(context: Context, code: str, if_last: str | None, yes: bool, output: str) -> None:
    """Confirm that an item has ended: that it is completed, cancelled or merged, as somebody else reported."""
    from planner.writes.reports.confirmations import confirm_ending

    seen = seen_report(if_last)

    def write(check_doubts: bool) -> "tuple[Answered, PlanView]":
        with context.writing() as (session, plan):
            today, at = context.today(plan), context.now()
            return confirm_ending(
                session, context.actor, plan, code, expected=seen, check_doubts=check_doubts, today=today, at=at
            ), plan

    answered, plan = asked(write, yes=yes)
    _tell(answered, "Confirmed: {code} is {phase}", plan, output)


@click.command("return")
@click.argument("code")
@click.option("--reason", metavar="TEXT", required=True, help="Why: what is missing, or wrong.")
@if_last_option
@click.option("--yes", is_flag=True, help="Do not ask, where something else falls back with the report.")
@format_option("text", "json")
@click.pass_obj
def return_(context: Context, code: str, reason: str, if_last: str | None, yes: bool, output: str) -> None:
    """Return an item's last report to who made it: it counts no longer, and the item owes a report again.

    Milestones, dates and values that were saved together with the report fall back with it. They are shown before, and
    you are asked.
    """
    from planner.writes.reports.confirmations import return_report

    seen = seen_report(if_last)
    if not yes and not _agreed(context, code):
        print_line("Nothing was returned.", err=True)
        return
    with context.writing() as (session, plan):
        answered = return_report(
            session, context.actor, plan, code, reason, expected=seen, today=context.today(plan), at=context.now()
        )
    _tell(answered, "Returned: the report on {code}", plan, output)


def _agreed(context: Context, code: str) -> bool:
    """Whether the report is to be returned: asked where something falls back with it."""
    from planner.writes.reports.confirmations import what_falls_back

    with context.reading() as (session, plan):
        falling = what_falls_back(session, plan, code, today=context.today(plan))
    if not falling:
        return True
    # What is asked goes where it is in nobody's way who reads the output by program.
    print_line("Saved together with the report, and fall back with it:", err=True)
    for line in falling:
        print_line(f"  {line}", err=True)
    return agreed("Return it?", err=True)


def _tell(answered: "Answered", sentence: str, plan: "PlanView", output: str) -> None:
    if output == "json":
        as_json("answer", answered, plan)
        return
    reported = f"as {answered.reported_by} reported as of {answered.reported_as_of}"
    print_line(f"{sentence.format(code=answered.code, phase=answered.phase.value)}, {reported}.")
    for line in answered.fell_back:
        print_line(f"  fell back: {line}")
