"""Asking before inconsistent data is recorded. Without a terminal, commands refuse such data unless --yes is given."""

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

import click

from planner.base.language import tr
from planner.cli.context import Context
from planner.cli.output import print_line
from planner.cli.questions import confirm

if TYPE_CHECKING:
    from planner.register.plan_view import PlanView
    from planner.register.writing import Writing

_Recorded = TypeVar("_Recorded")

yes_option = click.option(
    "--yes",
    is_flag=True,
    help="Record it even if dates, phase and percent are inconsistent, or a confirmed ending no longer counts.",
)


def write_after_asking(
    context: Context, write: "Callable[[Writing, bool], _Recorded]", *, yes: bool, do: str = ""
) -> "tuple[_Recorded, PlanView]":
    """Record data with the function `write`, and return its result and the plan.

    `do` says what a person can do about inconsistent data, if this is something else than to correct the entry.

    `write` gets the open write, and True if it must raise DoubtfulError for inconsistent data. In that case, the person
    is asked whether to record the data anyway. If the answer is no, or there is no terminal, the error is raised.
    """
    from planner.writes.reports.doubts import DoubtfulError

    try:
        return _write(context, write, check_doubts=not yes)
    except DoubtfulError as error:
        error.do = do or tr("Correct the entry, or give --yes to record it anyway")
        error.args = (error.message,)
        if not sys.stdin.isatty():
            raise
        for doubt in error.doubts:
            print_line(f"  {error.where}: {doubt.what}", err=True)
        if not confirm(tr("Record the entry anyway?"), default=False, err=True):
            raise
    return _write(context, write, check_doubts=False)


def _write(
    context: Context, write: "Callable[[Writing, bool], _Recorded]", *, check_doubts: bool
) -> "tuple[_Recorded, PlanView]":
    with context.writing() as writing:
        return write(writing, check_doubts), writing.plan
