"""planner plan carry-over: take the unfinished items of a plan into the next plan."""

import sys
from typing import TYPE_CHECKING

import click

from planner.base.errors import BadValueError
from planner.base.language import tr
from planner.base.visible_text import one_line
from planner.cli.context import Context
from planner.cli.output import as_json, console, format_option, print_line
from planner.cli.questions import confirm
from planner.cli.streams import reader_may_leave
from planner.cli.values import Word

if TYPE_CHECKING:
    from planner.queries.plans.carrying import CarryOver
    from planner.register.plan_view import PlanView
    from planner.register.reading import Reading

DATES = ("keep", "shift", "end")


@click.command("carry-over")
@click.argument("old")
@click.argument("new")
@click.option(
    "--dates",
    type=Word(DATES),
    required=True,
    help="The new dates: the same (keep), moved by the years between the plans (shift), or the last day of NEW (end).",
)
@click.option("--lead", metavar="ORG", help="The new lead of the items whose lead was dissolved.")
@click.option("--preview", is_flag=True, help="Only show what would be carried over.")
@click.option("--yes", is_flag=True, help="Do not ask for confirmation.")
@click.option("--reason", metavar="TEXT", help="The reason, for the history.")
@format_option("text", "json")
@click.pass_obj
def carry_over(
    context: Context,
    old: str,
    new: str,
    dates: str,
    lead: str | None,
    preview: bool,
    yes: bool,
    reason: str | None,
    output: str,
) -> None:
    """Take the unfinished items of the plan OLD into the plan NEW (administrators only).

    The command shows what it would add, and asks you to confirm. Each new item says which item it continues. Run again,
    it only adds what was not carried over before.
    """
    from planner.queries.plans.carrying import NewDates, read_carry_over
    from planner.register.point import Point
    from planner.register.reading import Reading
    from planner.writes.plans.carry_over import carry_over as write

    context.work_on(new, "NEW")
    with context.register() as register:
        with register.reading_to_write() as reading:
            earlier = _earlier(reading, old)
            before = Reading(reading.session, earlier, Point(earlier.today(context.now())))
            shown = read_carry_over(before, reading, NewDates(dates), lead)
        if output == "text":
            with reader_may_leave(wanted=yes and not preview):
                _print(shown)
        if not shown.items or preview or not (yes or _wanted(shown)):
            if output == "json":
                as_json("carryover", shown, reading.plan)
            return
        with register.writing() as writing:
            done = write(writing, earlier, shown, reason)
    if output == "json":
        as_json("carryover", done, reading.plan)
    else:
        print_line(done.sentence())


def _earlier(reading: "Reading", old: str) -> "PlanView":
    """Return the plan whose items are carried over into the plan of the reading."""
    from planner.register.plans import read_plan

    earlier = read_plan(reading.session, old, where="OLD")
    if earlier.id == reading.plan.id:
        raise BadValueError(tr("a plan cannot be carried over into itself"), where="NEW")
    return earlier


def _wanted(shown: "CarryOver") -> bool:
    if not sys.stdin.isatty():
        raise BadValueError(
            tr("nothing was carried over"), where="--yes", do=tr("Give --yes to carry over what is shown")
        )
    return confirm(tr("Carry these items over into {plan}?", plan=shown.to_plan), err=True, of_plan=False)


def _print(shown: "CarryOver") -> None:
    from planner.cli.row_table import Cell, TableColumn, print_rows

    out = console()
    if shown.items:
        headings = (
            TableColumn(tr("Code")),
            TableColumn(tr("New code")),
            TableColumn(tr("Starts"), rank=1),
            TableColumn(tr("Due")),
            TableColumn(tr("Milestones"), right=True, rank=2),
            TableColumn(tr("Title"), least=20),
        )
        rows = [
            [
                *(Cell(one_line(text)) for text in (item.code, item.new_code, str(item.starts), str(item.due))),
                Cell(str(len(item.milestones))),
                Cell(one_line(item.title)),
            ]
            for item in shown.items
        ]
        print_rows(out, headings, rows)
    for remark in shown.remarks():
        out.print_line(remark)
    if not shown.items:
        out.print_line(tr("There is nothing to carry over."))
