"""planner doctor: what is wrong with the terminal, the database, the extras and the folders, and how to mend it."""

import click

from planner.base.language import tr, tr_later
from planner.cli.context import Context
from planner.cli.output import as_json, format_option, print_line
from planner.cli.setup.checks import SIGNS, STATES, Check, State, all_checks
from planner.domain.plain_words import mark

# The exit code if something has to be mended.
SOMETHING_WRONG = 27


@click.command()
@format_option("text", "json")
@click.pass_obj
def doctor(context: Context, output: str) -> None:
    """Check the terminal, the database, the optional parts and your folders, and say how to mend what is wrong.

    The command changes nothing. The exit code is 27 if something has to be mended, and 0 if not.
    """
    checks = list(all_checks(context))
    if output == "json":
        as_json("doctor", checks)
    else:
        _print(checks)
    if any(check.state is State.WRONG for check in checks):
        raise click.exceptions.Exit(SOMETHING_WRONG)


def _print(checks: list[Check]) -> None:
    """Print what is wrong first, then what only limits the program, then what is right."""
    for state, word in STATES.items():
        for check in checks:
            if check.state is state:
                print_line(f"{mark(SIGNS[state])}{tr_later(word)}  {tr_later(check.about)}: {check.found}")
                if check.do:
                    print_line(f"    {check.do}")
    wrong = sum(check.state is State.WRONG for check in checks)
    print_line(tr("Nothing has to be mended.") if not wrong else tr("Begin with the first line."))
