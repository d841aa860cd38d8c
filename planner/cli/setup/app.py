"""Opening the app on a register."""

import gc
import os
import sys
from pathlib import Path

from planner.base.errors import NoTerminalError
from planner.base.language import tr
from planner.base.signals import BASE, EndedBySignal
from planner.cli.context import Context, login
from planner.domain.plain_words import plain
from planner.store import location

ESCAPE_MILLISECONDS = "25"
# The values of TERM in shells of editors and in logs of builds. If TERM is not set, as on Windows, the app can run.
TERMINALS_WITHOUT_SCREEN = ("dumb", "unknown")


def open_app(context: Context, *, tour: bool = False) -> None:
    """Open the app on the register, with the tour if `tour` is true. In plain words, print what the app would show.

    Raises NoTerminalError if the app cannot run here, and EndedBySignal if a signal ended it. The app itself shows all
    other errors.
    """
    if plain():
        from planner.cli.setup.plain_start import print_start

        print_start(context)
        return
    if obstacle := why_no_app():
        raise NoTerminalError(obstacle, do=tr("Use a command instead, such as 'planner overview'"))
    run_app(context, tour=tour)


def run_app(context: Context, *, tour: bool = False) -> None:
    """Run the app in this terminal until the person quits. Raises EndedBySignal if a signal ended it."""
    given, _ = location.chosen_address(context.db)
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
    from tui.start.textual_import import import_textual

    import_textual()
    from tui.app import run

    code = run(door, early, tour=tour)
    if code > BASE:
        raise EndedBySignal(code - BASE)


def absent_file(context: Context) -> Path | None:
    """Return the path of the register if its address is that of a file and there is none, otherwise None.

    Raises PlannerError if the address is not understood. A plain path needs no SQLAlchemy, whose import would delay the
    first screen.
    """
    given, _ = location.chosen_address(context.db)
    file = Path(given).expanduser()
    return file if "://" not in given and location.is_absent_file(file) else None


def why_no_app() -> str | None:
    """Return why the app cannot run here, or None if it can."""
    if not all(stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr)):
        return tr("the app needs an interactive terminal")
    kind = os.environ.get("TERM")
    if kind in TERMINALS_WITHOUT_SCREEN:
        return tr("the app needs a full-screen terminal, but TERM is '{kind}'", kind=kind)
    return None
