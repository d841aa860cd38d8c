"""Reading a week as people type it: 2020-W14, W14, last, this week.

The text must be folded with `typed.folded_date`.
"""

import re
from datetime import date, timedelta

from planner.base.errors import BadValueError
from planner.base.language import tr
from planner.dates.lean import Lean
from planner.dates.span import Frame
from planner.dates.words import WEEK_WORDS
from planner.domain.rules.weeks import Week, require_calendar

# ISO years have 52 or 53 weeks (ISO 8601).
LAST_OF_ALL = 53

_WEEK = re.compile(r"(?:(?P<year>\d{4})-?w|w|week ?)(?P<number>\d{1,2})", re.ASCII)


def week_named(text: str, frame: Frame) -> date | None:
    """Return the Sunday of the week that a text means: 2020-W14, W14, week 14, last or this week.

    Return None for any other text.

    Raises BadValueError for a week that does not exist.
    """
    if text in WEEK_WORDS:
        return Week.of(frame.today).sunday + timedelta(weeks=WEEK_WORDS[text])
    found = _WEEK.fullmatch(text)
    if not found:
        return None
    number = int(found["number"])
    year = int(found["year"]) if found["year"] else _year_of_week(number, frame)
    try:
        week = Week(year, number)
        require_calendar(week.monday)
    except ValueError as error:
        raise _no_such_week(text, number, year) from error
    return week.sunday


def _year_of_week(number: int, frame: Frame) -> int:
    """Return the year of a week that was typed without its year."""
    here = Week.of(frame.reference)
    if frame.lean is Lean.BACK:
        return here.year - (number > here.number)
    if frame.lean is Lean.AHEAD:
        return here.year + (number < here.number)
    return min(
        (here.year, here.year - 1, here.year + 1), key=lambda year: abs((year - here.year) * 52 + number - here.number)
    )


def _no_such_week(text: str, number: int, year: int) -> BadValueError:
    if not text[0].isdigit() and number > LAST_OF_ALL:
        return BadValueError(
            tr(
                "'{text}' is not a week: no year has more than {last_of_all} weeks",
                text=text.upper(),
                last_of_all=LAST_OF_ALL,
            )
        )
    try:
        last = Week.of(date(year, 12, 28))
        _ = last.sunday
    except (ValueError, OverflowError):
        return BadValueError(tr("'{text}' is not a week", text=text.upper()))
    return BadValueError(
        tr(
            "'{text}' is not a week: {year} has the weeks W01 to W{number}",
            text=text.upper(),
            year=year,
            number=last.number,
        )
    )
