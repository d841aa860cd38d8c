"""Choosing the year or week of a date that was typed without it."""

from enum import Enum


class Lean(Enum):
    """How to choose the day for a date without a year or week: `friday`, `1 April`, `W14`. The day may be today."""

    # The last such day, because the user looks back or reports what happened.
    BACK = "back"
    # The next such day, because the user sets a deadline.
    AHEAD = "ahead"
    # The nearest such day, before or after today.
    NEAREST = "nearest"
