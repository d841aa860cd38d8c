"""Dates that nobody has agreed on: how lists and sentences mark them.

The program assumes a date where the office gave none (docs/decisions/0169).
"""

from datetime import date

from planner.base.language import later, tr
from planner.domain.plain_words import plain

# The sign stands behind the date in lists, where a word has no room. Its meaning is for the line below the list.
ASSUMED_SIGN = "?"
ASSUMED_MEANING = later("? behind a date: nobody gave this date, so it is assumed.")


def with_sign(day: date, *, assumed: bool) -> str:
    """Return a day for a list: 2020-12-31, or 2020-12-31? if it is assumed. In plain words, it is (assumed)."""
    if assumed and not plain():
        return f"{day}{ASSUMED_SIGN}"
    return with_word(day, assumed=assumed)


def with_word(day: date | str, *, assumed: bool) -> str:
    """Return a day, or words for it, for a sentence: 2020-12-31, or 2020-12-31 (assumed)."""
    return tr("{day} (assumed)", day=day) if assumed else str(day)
