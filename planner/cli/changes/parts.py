"""planner indicator add, and what the commands that add a part to an item have in common."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

import click

from planner.base.language import tr
from planner.cli.changes.options import act_options, run_act, run_dated_act, sure_option
from planner.cli.context import Context
from planner.cli.groups import group
from planner.cli.output import as_json, format_option, print_line
from planner.cli.values import Number, Whole, Word
from planner.domain.vocabulary import Direction

if TYPE_CHECKING:
    from planner.cli.typed_dates import TypedDates
    from planner.register.writing import Writing
    from planner.writes.plan_changes.parts import PartChanged


@group()
def indicator() -> None:
    """Add indicators to items. 'planner observe' records their values, and 'planner target' their targets."""


@indicator.command()
@click.argument("code")
@click.option("--name", metavar="TEXT", required=True, help="What is counted or measured.")
@click.option("--unit", metavar="TEXT", required=True, help="The unit, such as km or schools.")
@click.option("--direction", type=Word(Direction), required=True, help="Where the value should go.")
@click.option("--baseline", type=Number(), help="The value at the beginning.")
@click.option("--target", type=Number(), help="The value to reach; needs --due.")
@click.option("--due", metavar="DATE", help="The day by which the target should be reached.")
@act_options
@sure_option
@format_option("text", "json")
@click.pass_obj
def add(
    context: Context,
    code: str,
    name: str,
    unit: str,
    direction: str,
    baseline: float | None,
    target: float | None,
    due: str | None,
    reason: str,
    act_day: str | None,
    yes: bool,
    output: str,
) -> None:
    """Add an indicator to an item, with a target or without."""
    from planner.writes.plan_changes.dates_in_plan import require_in_plan
    from planner.writes.plan_changes.parts import NewIndicator, add_indicator

    def write(writing: "Writing", day: date, typed: "TypedDates", check: bool) -> "PartChanged":
        by = typed.deadline(due, "--due", start=day) if due is not None else None
        if check:
            require_in_plan(writing.plan, code, by)
        new = NewIndicator(name, unit, Direction(direction), baseline, target, by)
        return add_indicator(writing, code, new, reason, as_of=day)

    add_part(context, act_day, output, write, yes=yes)


@indicator.command()
@click.argument("code")
@click.argument("number", type=Whole())
@act_options
@format_option("text", "json")
@click.pass_obj
def remove(context: Context, code: str, number: int, reason: str, act_day: str | None, output: str) -> None:
    """Remove an indicator of an item, with its targets, if no value of it was recorded."""
    from planner.writes.plan_changes.removed_parts import remove_indicator

    remove_part(
        context, act_day, output, lambda writing, day, _: remove_indicator(writing, code, number, reason, as_of=day)
    )


def remove_part(
    context: Context,
    act_day: str | None,
    output: str,
    write: "Callable[[Writing, date, TypedDates], PartChanged]",
) -> None:
    """Make an act that removes a part of an item, and say what was recorded."""
    done, plan = run_act(context, act_day, write)
    if output == "json":
        as_json("part-removed", done, plan)
    else:
        print_line(done.sentence())


def add_part(
    context: Context,
    act_day: str | None,
    output: str,
    write: "Callable[[Writing, date, TypedDates, bool], PartChanged]",
    *,
    yes: bool,
) -> None:
    """Make an act that adds a part to an item, and say what was recorded."""
    done, plan = run_dated_act(context, act_day, write, yes=yes)
    if output == "json":
        as_json("part-added", done, plan)
        return
    print_line(done.sentence())
    if done.part == "milestone" and not done.by_milestones:
        print_line(
            tr(
                "{code} is measured by reports. 'planner item edit {code} --measured-by milestones' changes that.",
                code=done.code,
            )
        )
