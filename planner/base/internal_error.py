"""The message for an error in the program itself."""

import os
import sys
import traceback

from planner.base.command_names import command_with
from planner.base.debug_log import write_error
from planner.base.language import tr
from planner.base.visible_text import one_line, visible

EXIT_CODE = 70
VARIABLE = "PLANNER_TRACEBACK"


def report(error: Exception) -> int:
    """Print an unexpected error and return the exit code for it."""
    # The error's text may contain data of the register, so it is printed only on request.
    if os.environ.get(VARIABLE):
        print(visible("".join(traceback.format_exception(error))), file=sys.stderr, end="")
    place = traceback.extract_tb(error.__traceback__)[-1]
    what = one_line(f"{type(error).__name__} ({place.filename}, line {place.lineno})")
    message = tr(
        "internal error: {what}. Everything recorded before is kept. Run 'planner verify'. If it finds no"
        " problem, the fault is in the program: please report this message and the command that you typed."
        " To print more details, set {variable}=1.",
        what=what,
        variable=VARIABLE,
    )
    print(f"planner: {message} {_where_more_is(error)}", file=sys.stderr)
    return EXIT_CODE


def _where_more_is(error: Exception) -> str:
    """Return a sentence about the log of this run, which gets the error, or about how to get a log."""
    file = write_error(error)
    if file is None:
        return tr("To get a log, run the command again: {command}.", command=command_with("COMMAND", debug=""))
    return tr("The log is in {file}. Read it before you send it: it can contain text of the register.", file=file)
