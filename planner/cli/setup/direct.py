"""Opening the app without click, if the words of the command line ask for the app and for nothing else.

Importing click and reading the words with it would delay the first screen by a tenth of what Textual takes. click reads
all other words, and also these if the app cannot be opened, so that the person gets the same message.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from planner.cli.context import Context

# docs/decisions/0160: these words alone need no click.
COMMAND = "tui"
# The options of the main command that take a value, by the parameter of the context.
OPTIONS = {"--db": "db", "--as": "acting_as", "--plan": "plan"}


def open_directly(words: Sequence[str]) -> int | None:
    """Open the app. Return the exit code when it has ended, or None if click must read the words."""
    given = _given(words)
    if given is None:
        return None
    from planner.cli.context import Context
    from planner.cli.plain import usual_form
    from planner.cli.streams import visible_streams

    with visible_streams(), usual_form():
        return _opened(Context(**given))


def _given(words: Sequence[str]) -> dict[str, str] | None:
    """Return the values of the options, or None if there are other words."""
    found: dict[str, str] = {}
    rest = [word for word in words if word != COMMAND]
    if len(words) - len(rest) > 1:
        return None
    while rest:
        option, given, value = rest.pop(0).partition("=")
        if not given and rest:
            value = rest.pop(0)
        if option not in OPTIONS or not value or value.startswith("-"):
            return None
        found[OPTIONS[option]] = value
    return found


def _opened(context: "Context") -> int | None:
    from planner.base.signals import EndedBySignal
    from planner.cli.setup.app import run_app

    try:
        if not _can_open(context):
            return None
        _delay_imports()
        run_app(context)
    except (Exception, EndedBySignal, KeyboardInterrupt) as error:
        from planner.cli.main import exit_code

        return exit_code(error)
    return 0


def _can_open(context: "Context") -> bool:
    """Whether there is a register to open, and a terminal to open it in."""
    from planner.base.errors import PlannerError
    from planner.cli.setup.app import absent_file, why_no_app
    from planner.domain.plain_words import plain

    if plain() or why_no_app():
        return False
    try:
        return absent_file(context) is None
    except PlannerError:
        return False


def _delay_imports() -> None:
    from planner.base.classes_on_use import make_on_use
    from planner.base.lazy_modules import load_on_first_use

    load_on_first_use()
    make_on_use()
