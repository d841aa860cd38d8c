"""What a command does where something does not fit together: it asks, or refuses unless --yes is given."""

import sys
from collections.abc import Callable
from typing import TypeVar

import click

from planner.cli.output import print_line
from planner.cli.questions import confirm

_Recorded = TypeVar("_Recorded")

yes_option = click.option("--yes", is_flag=True, help="Record it also where dates, phase and percent do not fit.")


def asked(write: Callable[[bool], _Recorded], *, yes: bool) -> _Recorded:
    """What a write gives back, which takes whether it asks. At a terminal a person is asked whether it is meant.

    Raises DoubtfulError where nobody can be asked, or it is not meant.
    """
    from planner.writes.reports.doubts import DoubtfulError

    try:
        return write(not yes)
    except DoubtfulError as error:
        error.do = "Correct it, or give --yes to record it all the same"
        error.args = (error.message,)
        if not sys.stdin.isatty():
            raise
        for doubt in error.doubts:
            print_line(f"  {error.where}: {doubt.what}", err=True)
        if not confirm("Record it all the same?", default=False, err=True):
            raise
    return write(False)
