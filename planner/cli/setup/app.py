"""planner tui: open the app."""

import gc
import os
import sys
from pathlib import Path

import click

from planner.base.errors import NoTerminalError
from planner.base.language import tr
from planner.base.signals import BASE, EndedBySignal
from planner.cli.context import Context, login
from planner.store import location

ESCAPE_MILLISECONDS = "25"
# The values of TERM in shells of editors and in logs of builds. If TERM is not set, as on Windows, the app can run.
TERMINALS_WITHOUT_SCREEN = ("dumb", "unknown")


@click.command()
@click.pass_obj
def tui(context: Context) -> None:
    """Open the app (the same as planner without a command)."""
    open_app(context)


def open_app(context: Context) -> None:
    """Open the app on the register. If there is none yet, offer to create it first.

    Raises NoTerminalError if the app cannot run here, and EndedBySignal if a signal ended it. The app itself shows all
    other errors.
    """
    if obstacle := why_no_app():
        raise NoTerminalError(obstacle, do=tr("Use a command instead, such as 'planner overview'"))
    given, _ = location.chosen_address(context.db)
    # A plain path needs no SQLAlchemy, whose import would delay the first screen.
    if "://" not in given and location.is_absent_file(Path(given).expanduser()):
        _start(context, Path(given).expanduser())
    # Imported objects stay, so collecting garbage now would only take time: a fifth of the time to the first screen.
    # The app turns the collection on again when it has read the plan.
    gc.disable()
    # If nothing follows within this time, the byte is the escape key and not the start of another key's sequence.
    # Textual waits 100 ms, which is noticeable. Terminals send a sequence in one piece, also over SSH.
    os.environ.setdefault("ESCDELAY", ESCAPE_MILLISECONDS)
    from tui.data import Door
    from tui.data.early_reading import EarlyReading

    door = Door(given, login(), context.now, context.acting_as, context.given_plan)
    early = EarlyReading.start(door)
    from tui.app import run

    code = run(door, early)
    if code > BASE:
        raise EndedBySignal(code - BASE)


def why_no_app() -> str | None:
    """Return why the app cannot run here, or None if it can."""
    if not all(stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr)):
        return tr("the app needs an interactive terminal")
    kind = os.environ.get("TERM")
    if kind in TERMINALS_WITHOUT_SCREEN:
        return tr("the app needs a full-screen terminal, but TERM is '{kind}'", kind=kind)
    return None


def _start(context: Context, file: Path) -> None:
    """Ask whether to create the register at a path. If yes, create it; if no, exit with code 0."""
    # Imported here, because the first screen must not wait for what only this question needs.
    from planner.cli.output import print_line
    from planner.cli.questions import confirm

    print_line(tr("There is no register at {file} yet.", file=file))
    print_line(
        tr(
            "'planner init' creates a register with the bundled plan, and 'planner plan new' one with your own plan."
            " 'planner demo' creates a simulated register to explore."
        )
    )
    if not confirm(tr("Create the register with the bundled plan now and open it?"), default=True, of_plan=False):
        raise click.exceptions.Exit(0)
    from planner.base.resources import bundled
    from planner.bundle.reader import read_bundle
    from planner.bundle.references import check
    from planner.cli.setup.init import make_register

    bundle = read_bundle(bundled("seeds"))
    check(bundle)
    make_register(context, bundle, "text")
