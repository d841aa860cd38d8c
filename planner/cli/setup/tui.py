"""planner tui, and planner without a command: open the app, or offer how to begin if there is no register yet."""

from pathlib import Path

import click

from planner.base.errors import NoDatabaseError
from planner.base.language import tr
from planner.cli.context import Context
from planner.cli.setup.app import absent_file, open_app, why_no_app


@click.command()
@click.pass_obj
def tui(context: Context) -> None:
    """Open the app (the same as planner without a command)."""
    open_or_begin(context)


def open_or_begin(context: Context) -> None:
    """Open the app on the register. If there is none yet, ask how to begin.

    Raises NoDatabaseError if there is none and nobody can be asked, NoTerminalError if the app cannot run here, and
    EndedBySignal if a signal ended it.
    """
    file = absent_file(context)
    if file is not None:
        if why_no_app():
            raise _no_register(file)
        # Imported here, because the first screen must not wait for what only these questions need.
        from planner.cli.setup.first_run import begin

        if not begin(context, file):
            return
    open_app(context)


def _no_register(file: Path) -> NoDatabaseError:
    return NoDatabaseError(
        tr("there is no register yet"),
        where=str(file),
        do=tr(
            "'planner demo' shows a simulated one, 'planner plan new' makes one for your own plan, and 'planner init'"
            " one with the bundled plan. In a terminal, 'planner' asks which of them you want"
        ),
    )
