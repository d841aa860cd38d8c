"""planner extension: ask for a later date, and grant or refuse one."""

from typing import TYPE_CHECKING

import click

from planner.base.language import tr
from planner.cli.context import Context
from planner.cli.groups import group
from planner.cli.output import as_json, format_option, print_line
from planner.cli.reports.confirming import write_after_asking, yes_option
from planner.cli.reports.extension_shown import request_shown
from planner.cli.values import Whole
from planner.domain.symbols import date_words

if TYPE_CHECKING:
    from datetime import date

    from planner.register.writing import Writing
    from planner.writes.reports.extensions import ExtensionAsked, ExtensionDecided

_milestone_option = click.option(
    "--milestone", metavar="NUMBER", type=Whole(), help="The milestone. Default: the due date of the item."
)
_as_of_option = click.option(
    "--as-of", metavar="DATE", help="The as-of date. Default: today, or the day on which the plan opens."
)


_to_option = click.option(
    "--to", metavar="DATE", help="The later date that you have seen. It is refused if another is asked for."
)
_sure_option = click.option("--yes", is_flag=True, help="Do not ask, whatever later date is asked for.")


@group()
def extension() -> None:
    """Ask for a later date of an item or a milestone, and grant or refuse one. See 'planner requests'."""


@extension.command()
@click.argument("code")
@click.option("--to", metavar="DATE", required=True, help="The later date.")
@click.option("--reason", metavar="TEXT", required=True, help="Why the date cannot be kept.")
@_milestone_option
@_as_of_option
@yes_option
@format_option("text", "json")
@click.pass_obj
def ask(
    context: Context, code: str, to: str, reason: str, milestone: int | None, as_of: str | None, yes: bool, output: str
) -> None:
    """Ask for a later date of an item that your organisation leads. Nothing moves until a manager grants it.

    Ask before the current date is over. The weekly file counts requests made after the date separately. A second
    request for the same item or milestone replaces the first.
    """
    from planner.writes.reports.extensions import ask_extension

    def write(writing: "Writing", check_doubts: bool) -> "ExtensionAsked":
        new = context.typed(writing.plan).deadline(to, "--to", start=_current(writing, code, milestone))
        day = context.day(writing, as_of)
        return ask_extension(writing, code, new, reason, milestone=milestone, as_of=day, check_doubts=check_doubts)

    do = tr("Ask for another date, or give --yes to ask for this one")
    done, plan = write_after_asking(context, write, yes=yes, do=do)
    if output == "json":
        as_json("extension", done, plan)
        return
    print_line(
        tr(
            "Recorded: {code}, {date}: {new} is asked for instead of {old}. A manager grants or refuses it.",
            code=done.code,
            date=date_words(milestone),
            new=done.new,
            old=done.old,
        )
    )


@extension.command()
@click.argument("code")
@_to_option
@click.option("--reason", metavar="TEXT", help="Why it is granted; may be left out.")
@_milestone_option
@_as_of_option
@_sure_option
@format_option("text", "json")
@click.pass_obj
def grant(
    context: Context,
    code: str,
    to: str | None,
    reason: str | None,
    milestone: int | None,
    as_of: str | None,
    yes: bool,
    output: str,
) -> None:
    """Grant the later date that is asked for. The date moves at once, with the reasons of both persons.

    The request is shown first, and you are asked to confirm, unless you name its date with --to.
    """
    from planner.writes.reports.extensions import grant_extension

    shown = request_shown(context, code, milestone, to, as_of=as_of, yes=yes, question=tr("Grant this date?"))
    if shown is None:
        return

    def write(writing: "Writing", check_doubts: bool) -> "ExtensionDecided":
        return grant_extension(
            writing,
            code,
            milestone=milestone,
            reason=reason,
            as_of=context.day(writing, as_of),
            expected=shown,
            check_doubts=check_doubts,
        )

    done, plan = write_after_asking(context, write, yes=yes, do=tr("Refuse it, or grant it with --yes"))
    if output == "json":
        as_json("extension-answer", done, plan)
        return
    print_line(
        tr(
            "Granted: {code}, {date}: {new} instead of {old}, as {person} asked as of {day}.",
            code=done.code,
            date=date_words(milestone),
            new=done.new,
            old=done.old,
            person=done.asked_by,
            day=done.asked_as_of,
        )
    )


@extension.command()
@click.argument("code")
@_to_option
@click.option("--reason", metavar="TEXT", required=True, help="Why it is refused. The officer sees it.")
@_milestone_option
@_as_of_option
@_sure_option
@format_option("text", "json")
@click.pass_obj
def refuse(
    context: Context,
    code: str,
    to: str | None,
    reason: str,
    milestone: int | None,
    as_of: str | None,
    yes: bool,
    output: str,
) -> None:
    """Refuse the later date that is asked for. The date stays, and the officer sees the reason.

    The request is shown first, and you are asked to confirm, unless you name its date with --to.
    """
    from planner.writes.reports.extensions import refuse_extension

    shown = request_shown(context, code, milestone, to, as_of=as_of, yes=yes, question=tr("Refuse this date?"))
    if shown is None:
        return
    with context.writing() as writing:
        day, plan = context.day(writing, as_of), writing.plan
        done = refuse_extension(writing, code, reason, milestone=milestone, as_of=day, expected=shown)
    if output == "json":
        as_json("extension-answer", done, plan)
        return
    print_line(
        tr(
            "Refused: {code}, {date}: it stays {old}. {person} asked for {new} as of {day}.",
            code=done.code,
            date=date_words(milestone),
            new=done.new,
            old=done.old,
            person=done.asked_by,
            day=done.asked_as_of,
        )
    )


def _current(writing: "Writing", code: str, milestone: int | None) -> "date":
    """Return the day from which steps such as +2w count: the current date, or today if it is over."""
    if milestone is not None:
        from planner.cli.reports.entry_parts import step_start

        return step_start(writing, code, milestone)
    from planner.queries.items.register import read_item

    return max(read_item(writing.reading(), code).current_due, writing.today)
