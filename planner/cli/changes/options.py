"""The options that all acts on the plan have, and running an act."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

import click

from planner.base.errors import BadValueError
from planner.base.language import tr
from planner.cli.context import Context
from planner.cli.output import print_line
from planner.domain.changed_facts import Changes, changes_in_words

if TYPE_CHECKING:
    from planner.cli.typed_dates import TypedDates
    from planner.register.plan_view import PlanView
    from planner.register.writing import Writing

_Command = TypeVar("_Command", bound=Callable[..., Any])
_Done = TypeVar("_Done")

reason_option = click.option("--reason", metavar="TEXT", required=True, help="Why the plan changes.")
act_day_option = click.option(
    "--as-of",
    "act_day",
    metavar="DATE",
    help="The day from which the change holds. Default: today, or the day on which the plan opens.",
)

sure_option = click.option("--yes", is_flag=True, help="Record it even if a date is outside the plan.")


def act_options(command: _Command) -> _Command:
    """Add the options --reason and --as-of to a command."""
    return reason_option(act_day_option(command))


def run_act(
    context: Context,
    act_day: str | None,
    write: "Callable[[Writing, date, TypedDates], _Done]",
    *,
    of_plan: bool = True,
) -> "tuple[_Done, PlanView]":
    """Open the register for an act and make it as of the day that --as-of means. Return what was done and the plan.

    `of_plan` is False for an act on what all plans share, which is one of today whatever plan is in use.

    The other dates of the act are read as somebody on that day means them: 30 June is the next one from there, or the
    one of the plan's year if the plan has not begun or is over.
    """
    with context.writing() as writing:
        day = context.day(writing, act_day) if of_plan or act_day else writing.today
        return write(writing, day, context.typed(writing.plan, day if act_day else None)), writing.plan


def run_dated_act(
    context: Context,
    act_day: str | None,
    write: "Callable[[Writing, date, TypedDates, bool], _Done]",
    *,
    yes: bool,
) -> "tuple[_Done, PlanView]":
    """Make an act that gives dates, as `run_act` does. It asks before it records a date outside the plan.

    `write` also gets whether it must raise DoubtfulError for such a date.
    """
    from planner.cli.reports.confirming import write_after_asking

    def checked(writing: "Writing", check: bool) -> "_Done":
        day = context.day(writing, act_day)
        return write(writing, day, context.typed(writing.plan, day if act_day else None), check)

    return write_after_asking(context, checked, yes=yes)


def both_sides(given: str, where: str, example: str) -> tuple[str, str]:
    """Return the texts before and after the equals sign. Raises BadValueError about an option if there is no sign."""
    first, sign, second = given.partition("=")
    if not sign:
        raise BadValueError(
            tr("'{given}' has no equals sign", given=given),
            where=where,
            do=tr("Give a value such as '{example}'", example=example),
        )
    return first.strip(), second.strip()


def print_changed(sentence: str, changes: Changes) -> None:
    """Print what an act recorded, and below it a line for each fact that it changed."""
    print_line(sentence)
    for line in changes_in_words(changes):
        print_line(f"  {line}")
