"""Deciding about a value that both the register and the author of an exported file have changed."""

from planner.base.formats import plain_number
from planner.base.language import tr
from planner.intake.comparing.asking import Asking
from planner.intake.comparing.decided.conflicts import FROM_FILE, FROM_REGISTER
from planner.intake.comparing.differences.changes import Stored
from planner.intake.proposed import Given


def file_counts(asking: Asking, given: Given, name: str, now: Stored, *, take_file: bool) -> bool:
    """Return whether the value of the file counts. Without an answer, it is asked.

    `name` says what the value is, and `now` is the one that the register has.
    """
    if take_file:
        return True
    shown = plain_number(now) if isinstance(now, float) else now
    shown = tr("(empty)") if shown in (None, "") else f"'{shown}'"
    what = tr(
        "{name}: it was changed to {value} in the register, and the file has another value", name=name, value=shown
    )
    do = tr(
        "Answer with '{file}' to take the value of the file, or '{register}' to keep that of the register",
        file=FROM_FILE,
        register=FROM_REGISTER,
    )
    # Without a field: the answer is not what the cell should have.
    return asking.ask(given, None, what, do, (FROM_FILE, FROM_REGISTER)) == FROM_FILE
