"""Choosing a year or week when a typed date leaves it out."""

from enum import Enum


class Lean(Enum):
    """Which day is meant by a date without a year or week: `friday`, `1 April`, `W14`. Today is always a candidate."""

    # The last such day, because the user looks back or reports what happened.
    BACK = "back"
    # The next such day, because the user sets a deadline.
    AHEAD = "ahead"
    # The nearest such day, before or after today.
    NEAREST = "nearest"
