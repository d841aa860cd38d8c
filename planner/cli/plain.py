"""Whether a person wants plain words: by the variable PLANNER_PLAIN or by their settings file."""

import os
from contextlib import AbstractContextManager

from planner.domain.plain_words import plain_if
from planner.personal.plain_setting import wants_plain

PLAIN_VARIABLE = "PLANNER_PLAIN"
_YES = ("1", "yes", "true", "on")


def usual_form() -> AbstractContextManager[None]:
    """Print in this block in the form that the variable names or, if it is not set, the person's settings file.

    The option --plain, which is read later, can still ask for plain words.
    """
    named = os.environ.get(PLAIN_VARIABLE, "").strip().lower()
    return plain_if(wanted=named in _YES if named else wants_plain())
