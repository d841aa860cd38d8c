"""planner plan edit: change facts of a plan, such as its title, its days, its mandate or its totals."""

from datetime import date
from typing import TYPE_CHECKING, Any

import click

from planner.base.language import tr
from planner.cli.changes.options import act_options, both_sides, print_changed, run_act
from planner.cli.context import Context
from planner.cli.output import as_json, format_option, print_line
from planner.cli.values import Word
from planner.domain.vocabulary import Cadence

if TYPE_CHECKING:
    from planner.cli.typed_dates import TypedDates
    from planner.register.writing import Writing
    from planner.writes.plans.edit_plan import PlanChanged


@click.command()
@click.argument("key")
@click.option("--title", metavar="TEXT", help="The new title.")
@click.option("--starts", metavar="DATE", help="The new first day.")
@click.option("--ends", metavar="DATE", help="The new last day.")
@click.option("--time-zone", metavar="ZONE", help="The new time zone of its days.")
@click.option("--cadence", type=Word(Cadence), help="How often officers report from now on.")
@click.option("--language", metavar="LANG", help="The language of its titles. '' means none.")
@click.option("--organisation", metavar="ORG", help="The organisation that runs it from now on.")
@click.option("--mandate", metavar="MANDATE", help="The mandate version on which it stands from now on. '' means none.")
@click.option(
    "--total",
    "totals",
    metavar="NAME=NUMBER",
    multiple=True,
    help="How many items the plan itself states, of all kinds (items=223) or of one (task=101). "
    "Without a number, it states none. Repeatable.",
)
@act_options
@format_option("text", "json")
@click.pass_obj
def edit(context: Context, /, key: str, reason: str, act_day: str | None, output: str, **given: Any) -> None:
    """Change facts of a plan (administrators only). As of an earlier day, the plan is shown as it was then."""
    from planner.dates.lean import Lean
    from planner.writes.plans.edit_plan import PlanEdit, edit_plan

    given["totals"] = [both_sides(one, "--total", "items=223") for one in given["totals"]] or None
    if all(value is None for value in given.values()):
        raise click.UsageError(tr("Give at least one value to change, such as --title or --ends."))

    def write(writing: "Writing", day: date, typed: "TypedDates") -> "PlanChanged":
        days = {
            "starts": None if given["starts"] is None else typed.day(given["starts"], "--starts", lean=Lean.NEAREST),
            "ends": None if given["ends"] is None else typed.deadline(given["ends"], "--ends", lean=Lean.NEAREST),
            "cadence": None if given["cadence"] is None else Cadence(given["cadence"]),
        }
        return edit_plan(writing, PlanEdit(**(given | days)), reason, as_of=day)

    context.work_on(key, "KEY")
    done, plan = run_act(context, act_day, write)
    if output == "json":
        as_json("plan-changed", done, plan)
    else:
        _print_done(done)


def _print_done(done: "PlanChanged") -> None:
    print_changed(done.sentence(), done.told)
    if "time_zone" in done.changes:
        print_line(tr("Today is {day} in this time zone.", day=done.today))
    for remark in done.remarks():
        print_line(remark)
    if done.outside:
        print_line(tr("'planner due' moves a due date."))
