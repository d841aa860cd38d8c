"""planner plan: choose the plan to work with."""

import click

from planner.base.language import tr
from planner.cli.context import Context
from planner.cli.groups import group
from planner.cli.output import print_line


@group()
def plan() -> None:
    """Choose the plan to work with. 'planner plans' lists the plans of the register."""


@plan.command()
@click.argument("key")
@click.pass_obj
def use(context: Context, key: str) -> None:
    """Choose the plan that commands and the app work with in this register, until you choose another.

    The choice is yours alone, and is kept in your data folder. --plan and the variable PLANNER_PLAN go before it.
    """
    from planner.personal.chosen_plans import choose_plan
    from planner.register.plans import read_plan

    with context.register() as register, register.open().reading() as session:
        chosen, address = read_plan(session, key, where="KEY"), register.address
    choose_plan(address, chosen.key)
    print_line(tr("Commands and the app now work with {plan}: {title}", plan=chosen.key, title=chosen.title))
