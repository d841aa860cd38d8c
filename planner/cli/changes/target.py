"""planner target: add a target to an indicator, and revise one."""

from datetime import date
from typing import TYPE_CHECKING

import click

from planner.base.language import tr
from planner.cli.changes.options import act_options, run_dated_act, sure_option
from planner.cli.changes.parts import add_part
from planner.cli.context import Context
from planner.cli.groups import group
from planner.cli.output import as_json, format_option, print_line
from planner.cli.values import Number, Whole

if TYPE_CHECKING:
    from planner.cli.typed_dates import TypedDates
    from planner.register.writing import Writing
    from planner.writes.plan_changes.parts import PartChanged
    from planner.writes.plan_changes.targets import TargetRevised


@group()
def target() -> None:
    """Add targets to indicators, and revise them. The earlier target stays in the history."""


@target.command()
@click.argument("code")
@click.argument("number", type=Whole())
@click.option("--value", type=Number(), required=True, help="The value to reach.")
@click.option("--due", metavar="DATE", required=True, help="The day by which it should be reached.")
@act_options
@sure_option
@format_option("text", "json")
@click.pass_obj
def add(
    context: Context,
    code: str,
    number: int,
    value: float,
    due: str,
    reason: str,
    act_day: str | None,
    yes: bool,
    output: str,
) -> None:
    """Add a target to an item's indicator, its first one or one for a further day. NUMBER is that of the indicator."""
    from planner.writes.plan_changes.dates_in_plan import require_in_plan
    from planner.writes.plan_changes.parts import add_target

    def write(writing: "Writing", day: date, typed: "TypedDates", check: bool) -> "PartChanged":
        by = typed.deadline(due, "--due", start=day)
        if check:
            require_in_plan(writing.plan, code, by)
        return add_target(writing, code, number, value, by, reason, as_of=day)

    add_part(context, act_day, output, write, yes=yes)


@target.command()
@click.argument("code")
@click.argument("number", type=Whole())
@click.option("--value", type=Number(), help="The new value of the target.")
@click.option("--due", metavar="DATE", help="The new day by which the value should be reached.")
@click.option(
    "--current-due",
    metavar="DATE",
    help="Which target, if it has several: the day by which it should be reached now. Default: the next one due.",
)
@act_options
@sure_option
@format_option("text", "json")
@click.pass_obj
def revise(
    context: Context,
    code: str,
    number: int,
    value: float | None,
    due: str | None,
    current_due: str | None,
    reason: str,
    act_day: str | None,
    yes: bool,
    output: str,
) -> None:
    """Revise the target of an item's indicator: its value, its day, or both. NUMBER is that of the indicator."""
    from planner.dates.lean import Lean
    from planner.writes.plan_changes.dates_in_plan import require_in_plan
    from planner.writes.plan_changes.targets import revise_target

    if value is None and due is None:
        raise click.UsageError(tr("Give at least one of --value and --due."))

    def write(writing: "Writing", day: date, typed: "TypedDates", check: bool) -> "TargetRevised":
        new = typed.deadline(due, "--due", start=day) if due is not None else None
        if check:
            require_in_plan(writing.plan, code, new)
        which = None if current_due is None else typed.deadline(current_due, "--current-due", lean=Lean.NEAREST)
        return revise_target(writing, code, number, reason, value=value, due=new, current_due=which, as_of=day)

    done, plan = run_dated_act(context, act_day, write, yes=yes)
    if output == "json":
        as_json("target-revised", done, plan)
        return
    print_line(done.sentence())
