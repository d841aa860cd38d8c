"""Which day is meant where a part of it is left out."""

from enum import Enum


class Lean(Enum):
    """Which day is meant where a year or a week is left out: `friday`, `1 April`, `W14`. Today counts for each."""

    # The last one: a person looks back, or reports what happened.
    BACK = "back"
    # The next one: a person sets a deadline.
    AHEAD = "ahead"
    # The nearest one, before or after.
    NEAREST = "nearest"
