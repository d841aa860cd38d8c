"""planner kind: list, rename and merge the kinds of items of the plan."""

from typing import TYPE_CHECKING

import click

from planner.base.language import tr
from planner.base.visible_text import one_line
from planner.cli.changes.options import act_options, print_changed, run_act
from planner.cli.context import Context
from planner.cli.groups import listing_group
from planner.cli.output import as_json, as_of_option, banner, console, format_option, known_at_option

if TYPE_CHECKING:
    from planner.register.plan_view import PlanView


@listing_group()
def kind() -> None:
    """List, rename and merge the kinds of items of the plan, such as tasks and key projects."""


@kind.command("list")
@as_of_option
@known_at_option
@format_option("text", "json")
@click.pass_obj
def list_kinds(context: Context, output: str = "text") -> None:
    """List the kinds of items with their keys. This is the default of 'planner kind'."""
    with context.reading() as reading:
        plan = reading.plan
    if output == "json":
        as_json("kinds", plan.kinds, plan)
    else:
        _print_kinds(plan)


@kind.command()
@click.argument("kind")
@click.option("--title", metavar="TEXT", required=True, help="The new title.")
@act_options
@format_option("text", "json")
@click.pass_obj
def rename(context: Context, kind: str, title: str, reason: str, act_day: str | None, output: str) -> None:
    """Give a kind of items another title. KIND is its key or its title.

    As of an earlier day, the earlier title is shown.
    """
    from planner.writes.plan_changes.kinds import rename_kind

    done, plan = run_act(
        context, act_day, lambda writing, day, _: rename_kind(writing, kind, reason, title=title, as_of=day)
    )
    if output == "json":
        as_json("kind-renamed", done, plan)
    else:
        print_changed(done.sentence(), done.changes)


@kind.command()
@click.argument("kind")
@click.option("--into", metavar="KIND", required=True, help="The kind that the items get: its key or its title.")
@act_options
@format_option("text", "json")
@click.pass_obj
def merge(context: Context, kind: str, into: str, reason: str, act_day: str | None, output: str) -> None:
    """Merge a kind of items into another one, which all its items get. KIND is its key or its title.

    The plan does not list the kind any more. As of an earlier day, it is still there with its items.
    """
    from planner.writes.plan_changes.kinds import merge_kind

    done, plan = run_act(context, act_day, lambda writing, day, _: merge_kind(writing, kind, into, reason, as_of=day))
    if output == "json":
        as_json("kind-merged", done, plan)
    else:
        print_changed(done.sentence(), {} if done.totals is None else {"totals": done.totals})


def _print_kinds(plan: "PlanView") -> None:
    from rich.table import Table
    from rich.text import Text

    out = console()
    banner(out, plan)
    table = Table(tr("Kind"), tr("Title"), box=None, pad_edge=False, header_style="bold")
    for one in plan.kinds:
        table.add_row(Text(one_line(one.key)), Text(one_line(one.title)))
    out.print(table)
