"""planner theme: list, add, rename, move, merge and remove the themes of a plan."""

from typing import TYPE_CHECKING

import click

from planner.base.language import tr
from planner.base.visible_text import one_line
from planner.cli.changes.options import act_options, print_changed, run_act
from planner.cli.context import Context
from planner.cli.groups import listing_group
from planner.cli.output import (
    as_json,
    as_of_option,
    banner,
    console,
    format_option,
    known_at_option,
    print_line,
)

if TYPE_CHECKING:
    from planner.register.plan_view import PlanView
    from planner.writes.plan_changes.themes import ThemeChanged


@listing_group()
def theme() -> None:
    """List, add, rename, move, merge and remove themes. docs/plan-changes.md explains each act."""


@theme.command("list")
@as_of_option
@known_at_option
@format_option("text", "json")
@click.pass_obj
def list_themes(context: Context, output: str = "text") -> None:
    """List the themes of the plan with their numbers. This is the default of 'planner theme'."""
    with context.reading() as reading:
        plan = reading.plan
    if output == "json":
        as_json("themes", plan.themes, plan)
    else:
        _print_themes(plan)


@theme.command()
@click.option("--title", metavar="TEXT", required=True, help="The title.")
@click.option("--label", metavar="TEXT", help="The number that the plan prints before the title, such as 2.1.")
@click.option("--inside", metavar="THEME", help="The theme that it is a part of: its number, or part of its title.")
@act_options
@format_option("text", "json")
@click.pass_obj
def add(
    context: Context,
    title: str,
    label: str | None,
    inside: str | None,
    reason: str,
    act_day: str | None,
    output: str,
) -> None:
    """Add a theme with the next free number, also to a plan that has none yet."""
    from planner.writes.plan_changes.themes import add_theme

    done, plan = run_act(
        context,
        act_day,
        lambda writing, day, _: add_theme(writing, title, reason, label=label, inside=inside, as_of=day),
    )
    _print_done(done, plan, output)


@theme.command()
@click.argument("theme")
@click.option("--title", metavar="TEXT", help="The new title.")
@click.option("--label", metavar="TEXT", help="The new number that the plan prints before the title. '' removes it.")
@act_options
@format_option("text", "json")
@click.pass_obj
def rename(
    context: Context,
    theme: str,
    title: str | None,
    label: str | None,
    reason: str,
    act_day: str | None,
    output: str,
) -> None:
    """Give a theme another title or printed number. As of an earlier day, the earlier one is shown."""
    from planner.writes.plan_changes.themes import rename_theme

    if title is None and label is None:
        raise click.UsageError(tr("Give at least one of --title and --label."))
    done, plan = run_act(
        context,
        act_day,
        lambda writing, day, _: rename_theme(writing, theme, reason, title=title, label=label, as_of=day),
    )
    _print_done(done, plan, output)


@theme.command()
@click.argument("theme")
@click.option("--inside", metavar="THEME", help="The theme that it becomes a part of.")
@click.option("--outside", is_flag=True, help="It becomes a part of no theme.")
@act_options
@format_option("text", "json")
@click.pass_obj
def move(
    context: Context,
    theme: str,
    inside: str | None,
    outside: bool,
    reason: str,
    act_day: str | None,
    output: str,
) -> None:
    """Move a theme, with all that is in it, into another theme or out of it. Its number stays the same."""
    from planner.writes.plan_changes.themes import move_theme

    if (inside is None) is not outside:
        raise click.UsageError(tr("Give --inside or --outside."))
    done, plan = run_act(
        context, act_day, lambda writing, day, _: move_theme(writing, theme, reason, inside=inside, as_of=day)
    )
    _print_done(done, plan, output)


@theme.command()
@click.argument("theme")
@act_options
@format_option("text", "json")
@click.pass_obj
def remove(context: Context, theme: str, reason: str, act_day: str | None, output: str) -> None:
    """Remove a theme in which there is no item, measure or other theme."""
    from planner.writes.plan_changes.themes import remove_theme

    done, plan = run_act(context, act_day, lambda writing, day, _: remove_theme(writing, theme, reason, as_of=day))
    _print_done(done, plan, output)


@theme.command()
@click.argument("theme")
@click.option("--into", metavar="THEME", required=True, help="The theme that takes over what is in it.")
@act_options
@format_option("text", "json")
@click.pass_obj
def merge(context: Context, theme: str, into: str, reason: str, act_day: str | None, output: str) -> None:
    """Merge a theme into another one, which takes over its items, its measures and the themes inside it."""
    from planner.writes.plan_changes.themes import merge_theme

    done, plan = run_act(context, act_day, lambda writing, day, _: merge_theme(writing, theme, into, reason, as_of=day))
    if output == "json":
        as_json("theme-merged", done, plan)
    else:
        print_line(done.sentence())


def _print_done(done: "ThemeChanged", plan: "PlanView", output: str) -> None:
    if output == "json":
        as_json("theme-changed", done, plan)
    else:
        print_changed(done.sentence(), {} if done.kind == "removed" else done.changes)


def _print_themes(plan: "PlanView") -> None:
    from rich.table import Table
    from rich.text import Text

    if not plan.themes:
        print_line(tr("The plan has no themes yet. Add one with 'planner theme add'."))
        return
    out = console()
    banner(out, plan)
    table = Table(tr("Theme"), tr("Title"), box=None, pad_edge=False, header_style="bold")
    for one in plan.themes:
        table.add_row(Text(str(one.number)), Text("  " * one.depth + one_line(one.printed_title)))
    out.print(table)
