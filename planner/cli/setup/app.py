"""planner tui: open the app."""

import gc
import os
import sys
from pathlib import Path

import click

from planner.base.errors import NoTerminalError
from planner.base.signals import BASE, EndedBySignal
from planner.cli.context import Context, login
from planner.cli.output import print_line
from planner.cli.questions import confirm
from planner.store import location

ESCAPE_MILLISECONDS = "25"
# What an editor's shell or a build's log calls itself. Where TERM is not set, as on Windows, the app can be shown.
TERMINALS_WITHOUT_SCREEN = ("dumb", "unknown")


@click.command()
@click.pass_obj
def tui(context: Context) -> None:
    """Open the app (the same as planner without a command)."""
    open_app(context)


def open_app(context: Context) -> None:
    """Open the app on the context's database. Where there is none yet, offer to make it first.

    Raises NoTerminalError without a terminal that can show it, EndedBySignal where one ended it. The app itself shows
    any other trouble.
    """
    if hindrance := why_no_app():
        raise NoTerminalError(hindrance, do="Use the commands instead, such as 'planner overview'")
    given, _ = location.chosen_address(context.db)
    # A plain path is looked at without SQLAlchemy, whose import would come before the first paint.
    if "://" not in given and location.is_absent_file(Path(given).expanduser()):
        _start(context, Path(given).expanduser())
    # What is imported from here on stays. Looking through it for garbage meanwhile would take a fifth of the time to
    # the first screen and to the data on it; the app turns the collection on again as soon as the plan is read.
    gc.disable()
    # An escape key is told from the beginning of another key's sequence by what follows within this time. Textual waits
    # 100 ms, which is felt; terminals send a sequence in one piece, also over SSH.
    os.environ.setdefault("ESCDELAY", ESCAPE_MILLISECONDS)
    from tui.app import run

    code = run(given, context.today, login(), context.now, context.acting_as)
    if code > BASE:
        raise EndedBySignal(code - BASE)


def why_no_app() -> str | None:
    """What keeps the app from opening where this process runs; None where it can open."""
    if not all(stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr)):
        return "the app needs a terminal, and this is none"
    kind = os.environ.get("TERM")
    if kind in TERMINALS_WITHOUT_SCREEN:
        return f"the app needs a terminal that can show a full screen, and TERM={kind} cannot"
    return None


def _start(context: Context, file: Path) -> None:
    """Say what is missing and make it, if the person wants it made; else leave."""
    print_line(f"There is no database at {file} yet.")
    print_line(
        "'planner init' makes it and loads the bundled plan; 'planner demo' makes a simulated one to look round."
    )
    if not confirm("Make it now and open it?", default=True):
        raise click.exceptions.Exit(0)
    from planner.base.resources import bundled
    from planner.bundle.reader import read_bundle
    from planner.bundle.references import check
    from planner.cli.setup.init import make_register

    bundle = read_bundle(bundled("seeds"))
    check(bundle)
    make_register(context, bundle, "text")
