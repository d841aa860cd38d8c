"""planner plan: make a plan, choose the one to work with, change, close, reopen or remove one."""

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

import click

from planner.base.language import tr
from planner.cli.context import Context
from planner.cli.groups import group
from planner.cli.output import as_json, format_option, print_line
from planner.cli.plans.carry_over import carry_over
from planner.cli.plans.done import PlanActDone
from planner.cli.plans.edit import edit
from planner.cli.plans.new import new
from planner.cli.questions import confirm

if TYPE_CHECKING:
    from planner.register.writing import Writing


@group()
def plan() -> None:
    """Make a plan, choose the one to work with, change or close one. 'planner plans' lists all plans."""


plan.add_command(new)
plan.add_command(edit)
plan.add_command(carry_over)


@plan.command()
@click.argument("key")
@format_option("text", "json")
@click.pass_obj
def use(context: Context, key: str, output: str) -> None:
    """Choose the plan that commands and the app work with in this register, until you choose another.

    The choice is yours alone, and is kept in your data folder. --plan and the variable PLANNER_PLAN go before it.
    """
    from planner.personal.chosen_plans import choose_plan
    from planner.register.plans import read_plan

    with context.register() as register, register.open().reading() as session:
        chosen, address = read_plan(session, key, where="KEY"), register.address
    choose_plan(address, chosen.key)
    if output == "json":
        as_json("plan-act", PlanActDone("chosen", chosen.key, chosen.title, None), chosen)
        return
    print_line(tr("Commands and the app now work with {plan}: {title}", plan=chosen.key, title=chosen.title))


reason_option = click.option("--reason", metavar="TEXT", required=True, help="The reason, for the history.")


@plan.command()
@click.argument("key")
@reason_option
@click.option("--yes", is_flag=True, help="Do not ask whether unfinished items stay behind.")
@format_option("text", "json")
@click.pass_obj
def close(context: Context, key: str, reason: str, yes: bool, output: str) -> None:
    """Close a plan, for example at the end of its year. From then on, it can only be read (administrators only).

    The command says how many unfinished items were not carried over into another plan, and in a terminal it asks then.
    """
    from planner.queries.plans.open_work import open_work
    from planner.writes.plans.closing import close_plan

    context.work_on(key, "KEY")
    with context.reading_to_write() as reading:
        left = open_work(reading)
    if left:
        print_line(left, err=True)
        asks = sys.stdin.isatty() and not yes
        if asks and not confirm(tr("Close {plan} all the same?", plan=key), err=True, of_plan=False):
            return
    said = tr("Closed {plan}. It can only be read now; 'planner plan reopen' opens it again.", plan=key)
    _act(context, key, reason, output, "closed", said, close_plan)


@plan.command()
@click.argument("key")
@reason_option
@format_option("text", "json")
@click.pass_obj
def reopen(context: Context, key: str, reason: str, output: str) -> None:
    """Open a closed plan again, so that its officers can report (administrators only)."""
    from planner.writes.plans.closing import reopen_plan

    _act(context, key, reason, output, "reopened", tr("Opened {plan} again.", plan=key), reopen_plan)


@plan.command()
@click.argument("key")
@reason_option
@format_option("text", "json")
@click.pass_obj
def remove(context: Context, key: str, reason: str, output: str) -> None:
    """Remove a plan that was made by mistake and has nothing in it. Its key is free again (administrators only)."""
    from planner.writes.plans.removing import remove_plan

    _act(context, key, reason, output, "removed", tr("Removed the plan {plan}.", plan=key), remove_plan)


def _act(
    context: Context, key: str, reason: str, output: str, act: str, said: str, write: "Callable[[Writing, str], None]"
) -> None:
    """Do an act on a plan, and say in a sentence (`said`) or in JSON that it was done."""
    context.work_on(key, "KEY")
    with context.writing() as writing:
        write(writing, reason)
    if output == "json":
        as_json("plan-act", PlanActDone(act, writing.plan.key, writing.plan.title, reason), writing.plan)
        return
    print_line(said)
