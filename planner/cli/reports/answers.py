"""planner confirm, return and answer: a manager confirms an ending, returns a report, or answers a request for help."""

from typing import TYPE_CHECKING

import click

from planner.base.language import tr
from planner.cli.context import Context
from planner.cli.output import as_json, format_option, print_line
from planner.cli.questions import confirm as ask_to_confirm
from planner.cli.reports.confirming import write_after_asking
from planner.cli.reports.entry_parts import expected_report

if TYPE_CHECKING:
    from planner.register.plan_view import PlanView
    from planner.writes.reports.confirmations import Answered

if_last_option = click.option("--if-last", metavar="ID", help="Only if the last report still has this id.")


@click.command()
@click.argument("code")
@if_last_option
@click.option("--yes", is_flag=True, help="Do not ask for confirmation if other items were merged into this item.")
@format_option("text", "json")
@click.pass_obj
def confirm(context: Context, code: str, if_last: str | None, yes: bool, output: str) -> None:
    """Confirm that an item is completed, cancelled or merged, as another person reported."""
    from planner.writes.reports.confirmations import confirm_ending

    expected = expected_report(if_last)
    answered, plan = write_after_asking(
        context, lambda writing, check: confirm_ending(writing, code, expected=expected, check_doubts=check), yes=yes
    )
    if output == "json":
        as_json("answer", answered, plan)
        return
    print_line(
        tr(
            "Confirmed: {code} is {phase}, as {person} reported as of {day}.",
            code=answered.code,
            phase=answered.phase.value,
            person=answered.reported_by,
            day=answered.reported_as_of,
        )
    )
    for sentence in answered.continued:
        print_line(tr("{sentence}. It stays open there until it is reported as ended.", sentence=sentence))


@click.command("return")
@click.argument("code")
@click.option("--reason", metavar="TEXT", required=True, help="The reason: what is missing or wrong.")
@if_last_option
@click.option("--yes", is_flag=True, help="Do not ask for confirmation if other records are withdrawn with the report.")
@format_option("text", "json")
@click.pass_obj
def return_(context: Context, code: str, reason: str, if_last: str | None, yes: bool, output: str) -> None:
    """Return an item's last report to its author. The report no longer counts, and the author must report again.

    Milestones, dates and values that were saved with the report are withdrawn with it. They are shown first, and you
    are asked to confirm.
    """
    from planner.writes.reports.confirmations import return_report

    expected = expected_report(if_last)
    if not yes and not _return_confirmed(context, code):
        print_line(tr("Nothing was returned."), err=True)
        return
    with context.writing() as writing:
        answered = return_report(writing, code, reason, expected=expected)
    _print_returned(answered, writing.plan, output)


def _return_confirmed(context: Context, code: str) -> bool:
    """Return whether to return a report. If this also withdraws other records, the person is asked first."""
    from planner.writes.reports.confirmations import what_falls_back

    with context.reading_to_write() as reading:
        falling = what_falls_back(reading, code)
    if not falling:
        return True
    # Questions go to standard error, so that a program can read the output.
    print_line(tr("These records were saved with the report and will be withdrawn with it:"), err=True)
    for line in falling:
        print_line(f"  {line}", err=True)
    return ask_to_confirm(tr("Return the report?"), err=True)


def _print_returned(answered: "Answered", plan: "PlanView", output: str) -> None:
    if output == "json":
        as_json("answer", answered, plan)
        return
    print_line(
        tr(
            "Returned: the report on {code} that {person} made as of {day}.",
            code=answered.code,
            person=answered.reported_by,
            day=answered.reported_as_of,
        )
    )
    for line in answered.fell_back:
        print_line("  " + tr("withdrawn: {record}", record=line))


@click.command()
@click.argument("code")
@click.argument("text")
@if_last_option
@click.option(
    "--as-of",
    metavar="DATE",
    help="The as-of date of the answer. Default: today, or the end of a plan that is long over.",
)
@format_option("text", "json")
@click.pass_obj
def answer(context: Context, code: str, text: str, if_last: str | None, as_of: str | None, output: str) -> None:
    """Answer the help that the last report on an item asks for. The officer sees the answer in their week.

    The request is then closed. A second answer replaces the first. If the officer asks for help in other words, it is a
    new request.
    """
    from planner.writes.reports.help_answers import answer_help

    expected = expected_report(if_last)
    with context.writing() as writing:
        day = context.day(writing, as_of)
        answered, plan = answer_help(writing, code, text, expected=expected, as_of=day), writing.plan
    if output == "json":
        as_json("help-answer", answered, plan)
        return
    print_line(
        tr(
            "Answered: the request for help on {code} that {person} made as of {day}.",
            code=answered.code,
            person=answered.asked_by,
            day=answered.reported_as_of,
        )
    )
