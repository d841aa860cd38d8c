"""Asking before inconsistent data is recorded. Without a terminal, commands refuse such data unless --yes is given."""

import sys
from collections.abc import Callable
from typing import TypeVar

import click

from planner.base.language import tr
from planner.cli.output import print_line
from planner.cli.questions import confirm

_Recorded = TypeVar("_Recorded")

yes_option = click.option("--yes", is_flag=True, help="Record it even if dates, phase and percent are inconsistent.")


def write_after_asking(write: Callable[[bool], _Recorded], *, yes: bool) -> _Recorded:
    """Call a function that writes, and return its result. If the data is inconsistent, ask the person at the terminal.

    `write` is called with True if it must raise DoubtfulError for inconsistent data, otherwise with False. The error is
    passed on if there is no terminal, or if the person does not confirm.
    """
    from planner.writes.reports.doubts import DoubtfulError

    try:
        return write(not yes)
    except DoubtfulError as error:
        error.do = tr("Correct the entry, or give --yes to record it anyway")
        error.args = (error.message,)
        if not sys.stdin.isatty():
            raise
        for doubt in error.doubts:
            print_line(f"  {error.where}: {doubt.what}", err=True)
        if not confirm(tr("Record the entry anyway?"), default=False, err=True):
            raise
    return write(False)
