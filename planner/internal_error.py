"""What people see where the program itself is wrong: a sentence, where it happened, and how to report it."""

import os
import sys
import traceback

from planner.visible_text import one_line, visible

EXIT_CODE = 70
VARIABLE = "PLANNER_TRACEBACK"


def report(error: Exception) -> int:
    """Print an error that no part of the program expects, and give the exit code for it."""
    # What the error says may hold text of the register: it is printed only for who asks for it.
    if os.environ.get(VARIABLE):
        print(visible("".join(traceback.format_exception(error))), file=sys.stderr, end="")
    place = traceback.extract_tb(error.__traceback__)[-1]
    what = one_line(f"{type(error).__name__} ({place.filename}, line {place.lineno})")
    print(
        f"planner: internal error: {what}. What was recorded before it is kept. Run 'planner verify': if it finds"
        " nothing, the program is at fault; then please report this message and the command you typed."
        f" {VARIABLE}=1 makes the command print more.",
        file=sys.stderr,
    )
    return EXIT_CODE
