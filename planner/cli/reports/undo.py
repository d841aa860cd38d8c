"""planner undo: take back your last write."""

from typing import TYPE_CHECKING

import click

from planner.base.language import tr
from planner.cli.context import Context
from planner.cli.output import as_json, format_option, print_line
from planner.cli.questions import confirm

if TYPE_CHECKING:
    from collections.abc import Iterator

    from planner.register.plan_view import PlanView
    from planner.writes.undo import OwnWrite


@click.command()
@click.option(
    "--import",
    "import_only",
    is_flag=True,
    help="Undo your last import as a whole, also if you have written something else since.",
)
@click.option("--yes", is_flag=True, help="Do not ask for confirmation.")
@click.option("--reason", metavar="TEXT", help="The reason, for the history.")
@format_option("text", "json")
@click.pass_obj
def undo(context: Context, import_only: bool, yes: bool, reason: str | None, output: str) -> None:
    """Undo your last write. It stays in the history but no longer counts.

    The command shows the write and asks you to confirm.
    """
    from planner.domain.rules.permissions import Permission
    from planner.writes.undo import last_own_write
    from planner.writes.undo import undo as undo_write

    with context.reading() as reading:
        found = last_own_write(reading, context.actor, import_only=import_only)
    if not yes:
        # Questions go to standard error, so that a program can read the output.
        for line in _lines(found, reading.plan, import_only=import_only):
            print_line(line, err=True)
        if not confirm(tr("Undo this write?"), err=True, of_plan=False):
            print_line(tr("Nothing was undone."), err=True)
            return
    with context.writing(Permission.TAKE_BACK) as writing:
        done = undo_write(writing, expected=found.recorded_at, reason=reason, import_only=import_only)
    if output == "json":
        as_json("undone", done, reading.plan)
        return
    for record in done.records:
        print_line(tr("Undone: {record}.", record=record))


def _lines(found: "OwnWrite", plan: "PlanView", *, import_only: bool) -> "Iterator[str]":
    """Yield what would be undone, and in which other plan a later write is."""
    written = plan.time_at(found.recorded_at)
    if import_only:
        yield tr("Your last import into {plan}, of {instant}:", plan=plan.key, instant=written)
    elif plan.of_several:
        yield tr("Your last write in {plan}, of {instant}:", plan=plan.key, instant=written)
    else:
        yield tr("Your last write, of {instant}:", instant=written)
    yield from (f"  {record}  {title}".rstrip() for record, title in found.lines)
    if found.later_in is not None:
        yield tr("You have written something later in {plan}. It is not undone.", plan=found.later_in)
