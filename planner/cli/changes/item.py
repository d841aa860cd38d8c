"""planner item: add, change, move and split items during the year."""

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from planner.base.language import tr
from planner.cli.changes.options import (
    act_options,
    both_sides,
    print_changed,
    reason_option,
    run_act,
    run_dated_act,
    sure_option,
)
from planner.cli.changes.parts import add_part, remove_part
from planner.cli.context import Context
from planner.cli.groups import group
from planner.cli.output import as_json, format_option, print_line
from planner.cli.values import Number, Whole, Word
from planner.domain.vocabulary import MeasuredBy

if TYPE_CHECKING:
    from planner.cli.typed_dates import TypedDates
    from planner.register.plan_view import PlanView
    from planner.register.writing import Writing
    from planner.writes.plan_changes.facts import ItemChanged
    from planner.writes.plan_changes.items import ItemAdded, NewItem, NewMilestone
    from planner.writes.plan_changes.parts import PartChanged
    from planner.writes.plan_changes.split import ItemSplit


@group()
def item() -> None:
    """Change the plan during the year: add, edit, move and split items. docs/plan-changes.md explains each act.

    To cancel an item or to merge it into another one, report it with 'planner update CODE --phase cancelled' or
    '--phase merged --merged-into CODE'.
    """


@item.command()
@click.argument("code", metavar="[NEW_CODE]", required=False)
@click.option("--title", metavar="TEXT", required=True, help="What has to be done.")
@click.option("--theme", metavar="THEME", required=True, help="The theme: its number, or part of its title.")
@click.option("--lead", metavar="ORG", required=True, help="The lead organisation: its key, or part of its name.")
@click.option("--due", metavar="DATE", required=True, help="The due date.")
@click.option("--kind", metavar="KIND", help="The kind of item; needed if the plan's items have several.")
@click.option("--measure", metavar="CODE", help="The measure of the theme that the item carries out.")
@click.option("--starts", metavar="DATE", help="When the work starts. Default: the as-of date.")
@click.option("--accountable", metavar="LOGIN", help="The accountable person.")
@click.option("--weight", type=Number(), help="The weight in roll-ups. Default: 1.")
@click.option("--supporting", metavar="ORG", multiple=True, help="An organisation that supports it. Repeatable.")
@click.option("--source", metavar="TEXT", help="Where the office took the item from.")
@click.option("--note", metavar="TEXT", help="The office's note on the item.")
@click.option(
    "--milestone",
    "milestones",
    metavar="DATE=TITLE",
    multiple=True,
    help="A milestone; can be given several times. An item with milestones is measured by them.",
)
@act_options
@sure_option
@format_option("text", "json")
@click.pass_obj
def add(
    context: Context, /, code: str | None, reason: str, act_day: str | None, yes: bool, output: str, **given: Any
) -> None:
    """Add an item to a plan that has begun. It is in the plan from its as-of date on.

    Without a code, it gets one such as nocode-1, which the code of the office replaces later.
    """
    from planner.writes.plan_changes.dates_in_plan import require_in_plan
    from planner.writes.plan_changes.items import add_item

    def write(writing: "Writing", day: date, typed: "TypedDates", check: bool) -> "ItemAdded":
        new = _new_item(code, given, typed, day)
        if check:
            require_in_plan(writing.plan, code or new.title, new.due, *(one.due for one in new.milestones))
        return add_item(writing, new, reason, as_of=day)

    done, plan = run_dated_act(context, act_day, write, yes=yes)
    if output == "json":
        as_json("item-added", done, plan)
    else:
        print_line(done.sentence())


def _new_item(code: str | None, given: dict[str, Any], typed: "TypedDates", day: date) -> "NewItem":
    from planner.dates.lean import Lean
    from planner.writes.plan_changes.items import NewItem

    starts = None if given["starts"] is None else typed.day(given["starts"], "--starts", lean=Lean.NEAREST)
    # What is due is looked for from the first day of the item on, as in the form of the app.
    from_start = replace(typed, today=starts or day)
    dates = {
        "starts": starts,
        "due": from_start.deadline(given["due"], "--due"),
        "milestones": [_milestone(one, from_start) for one in given["milestones"]],
    }
    return NewItem(code, **(given | dates))


@item.command()
@click.argument("code")
@reason_option
@format_option("text", "json")
@click.pass_obj
def remove(context: Context, code: str, reason: str, output: str) -> None:
    """Remove an item that was added by mistake, if nothing was recorded on it. It was then never in the plan."""
    from planner.writes.plan_changes.removed_items import remove_item

    done, plan = run_act(context, None, lambda writing, *_: remove_item(writing, code, reason))
    if output == "json":
        as_json("item-removed", done, plan)
    else:
        print_line(done.sentence())


@item.command("add-milestone")
@click.argument("code")
@click.option("--title", metavar="TEXT", required=True, help="What will then be done.")
@click.option("--due", metavar="DATE", required=True, help="Its date.")
@click.option("--weight", type=Number(), help="Its weight among the item's milestones. Default: 1.")
@click.option("--test", metavar="TEXT", help="How anybody can see that it was met.")
@act_options
@sure_option
@format_option("text", "json")
@click.pass_obj
def add_milestone(
    context: Context,
    code: str,
    title: str,
    due: str,
    weight: float | None,
    test: str | None,
    reason: str,
    act_day: str | None,
    yes: bool,
    output: str,
) -> None:
    """Add a milestone to an item that is in the plan already. 'planner milestone' reports on it."""
    from planner.writes.plan_changes.dates_in_plan import require_in_plan
    from planner.writes.plan_changes.parts import NewPart
    from planner.writes.plan_changes.parts import add_milestone as write_milestone

    def write(writing: "Writing", day: date, typed: "TypedDates", check: bool) -> "PartChanged":
        new = NewPart(title, typed.deadline(due, "--due", start=day), weight, test)
        if check:
            require_in_plan(writing.plan, code, new.due)
        return write_milestone(writing, code, new, reason, as_of=day)

    add_part(context, act_day, output, write, yes=yes)


@item.command("remove-milestone")
@click.argument("code")
@click.argument("number", type=Whole())
@act_options
@format_option("text", "json")
@click.pass_obj
def remove_milestone(context: Context, code: str, number: int, reason: str, act_day: str | None, output: str) -> None:
    """Remove a milestone of an item, if nothing was recorded on it."""
    from planner.writes.plan_changes.removed_parts import remove_milestone as write

    remove_part(context, act_day, output, lambda writing, day, _: write(writing, code, number, reason, as_of=day))


@item.command()
@click.argument("code")
@click.option(
    "--code", "new_code", metavar="TEXT", help="The new code. As of an earlier day, the item has its old one."
)
@click.option("--title", metavar="TEXT", help="The new title.")
@click.option("--kind", metavar="KIND", help="The new kind of item.")
@click.option("--weight", type=Number(), help="The new weight in roll-ups.")
@click.option("--accountable", metavar="LOGIN", help="The person who is accountable from now on.")
@click.option("--no-accountable", is_flag=True, help="Nobody is accountable from now on.")
@click.option("--measured-by", type=Word(MeasuredBy), help="What its percent comes from: its milestones or reports.")
@click.option("--source", metavar="TEXT", help="Where the office took the item from. '' means none.")
@click.option("--note", metavar="TEXT", help="The office's note on the item. '' means none.")
@act_options
@format_option("text", "json")
@click.pass_obj
def edit(
    context: Context,
    code: str,
    new_code: str | None,
    title: str | None,
    kind: str | None,
    weight: float | None,
    accountable: str | None,
    no_accountable: bool,
    measured_by: str | None,
    source: str | None,
    note: str | None,
    reason: str,
    act_day: str | None,
    output: str,
) -> None:
    """Change an item's code, title, kind, weight, accountable person, source, note or measure of progress.

    Only given values change.
    """
    from planner.writes.plan_changes.items import ItemEdit, edit_item

    if accountable is not None and no_accountable:
        raise click.UsageError(tr("Give --accountable or --no-accountable, not both."))
    measured = None if measured_by is None else MeasuredBy(measured_by)
    edits = ItemEdit(title, kind, weight, "" if no_accountable else accountable, measured, source, note, new_code)
    if edits == ItemEdit():
        raise click.UsageError(
            tr(
                "Give at least one of --code, --title, --kind, --weight, --accountable, --no-accountable, "
                "--measured-by, --source and --note."
            )
        )
    done, plan = run_act(context, act_day, lambda writing, day, _: edit_item(writing, code, edits, reason, as_of=day))
    _print_changed(done, plan, output)


@item.command()
@click.argument("code")
@click.option("--theme", metavar="THEME", help="The new theme: its number, or part of its title.")
@click.option("--measure", metavar="CODE", help="The measure of the theme that the item carries out from now on.")
@click.option("--lead", metavar="ORG", help="The new lead organisation: its key, or part of its name.")
@act_options
@format_option("text", "json")
@click.pass_obj
def move(
    context: Context,
    code: str,
    theme: str | None,
    measure: str | None,
    lead: str | None,
    reason: str,
    act_day: str | None,
    output: str,
) -> None:
    """Move an item to another theme, measure or lead. Its reports, history and links stay with it.

    In another theme, the item carries out the measure that --measure names, or else none.
    """
    from planner.writes.plan_changes.items import move_item

    if theme is None and measure is None and lead is None:
        raise click.UsageError(tr("Give at least one of --theme, --measure and --lead."))
    done, plan = run_act(
        context,
        act_day,
        lambda writing, day, _: move_item(writing, code, reason, theme=theme, measure=measure, lead=lead, as_of=day),
    )
    _print_changed(done, plan, output)


@item.command()
@click.argument("code")
@click.option(
    "--supporting", "added", metavar="ORG", multiple=True, help="An organisation that supports it. Repeatable."
)
@click.option(
    "--no-longer",
    "removed",
    metavar="ORG",
    multiple=True,
    help="An organisation that supports it no longer. Repeatable.",
)
@act_options
@format_option("text", "json")
@click.pass_obj
def support(
    context: Context,
    code: str,
    added: tuple[str, ...],
    removed: tuple[str, ...],
    reason: str,
    act_day: str | None,
    output: str,
) -> None:
    """Change which organisations support an item. Their officers can report on it."""
    from planner.writes.plan_changes.support import change_support

    if not (added or removed):
        raise click.UsageError(tr("Give at least one of --supporting and --no-longer."))
    done, plan = run_act(
        context,
        act_day,
        lambda writing, day, _: change_support(writing, code, reason, add=added, remove=removed, as_of=day),
    )
    _print_changed(done, plan, output)


@item.command()
@click.argument("code")
@click.option(
    "--part",
    "parts",
    metavar="CODE=TITLE",
    multiple=True,
    required=True,
    help="A new item: its code and its title. Give this at least twice. Without a code, as in =TITLE, it gets one.",
)
@act_options
@format_option("text", "json")
@click.pass_obj
def split(context: Context, code: str, parts: tuple[str, ...], reason: str, act_day: str | None, output: str) -> None:
    """Split an item into new ones with its theme, measure, organisations, due date and equal parts of its weight.

    The old item is reported as merged into the first new one. Somebody else confirms that, as for every ending.
    """
    from planner.writes.plan_changes.split import Part, split_item

    new = [Part(*both_sides(given, "--part", "T-031=Survey the wells")) for given in parts]

    def write(writing: "Writing", day: date, _: "TypedDates") -> "ItemSplit":
        return split_item(writing, code, new, reason, as_of=day)

    done, plan = run_act(context, act_day, write)
    if output == "json":
        as_json("item-split", done, plan)
    else:
        print_line(done.sentence())
        print_line(done.about_new())
        print_line(tr("Somebody else confirms with 'planner confirm {code}' that it has ended.", code=done.code))


def _milestone(given: str, typed: "TypedDates") -> "NewMilestone":
    from planner.writes.plan_changes.items import NewMilestone

    day, title = both_sides(given, "--milestone", "30 June=Wells surveyed")
    return NewMilestone(title, typed.deadline(day, "--milestone"))


def _print_changed(done: "ItemChanged", plan: "PlanView", output: str) -> None:
    if output == "json":
        as_json("item-changed", done, plan)
    else:
        print_changed(done.sentence(), done.told)
