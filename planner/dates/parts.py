"""Reading a day or a period by itself as its months and days, with its year if the text has one."""

import re
from calendar import monthrange
from datetime import date

from planner.base.views import view
from planner.dates.days import calendar_day
from planner.dates.periods import Period, read_period
from planner.dates.thirds import read_third
from planner.domain.rules.weeks import EARLIEST, LATEST

_WHOLE_YEAR = re.compile(r"(\d{4}) ?(?:年度?|년도?|fy)?|fy ?(\d{4})", re.ASCII)
_PACKED = re.compile(r"(\d{4})(\d{2})(\d{2})?", re.ASCII)
_FULL = re.compile(
    r"(\d{4})[-/.年] ?(\d{1,2})[-/.月] ?(\d{1,2})(?:日)?(?:[t ]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)", re.ASCII
)


@view
class Part:
    """A day or a period: its first and last day as months and days, and its year, which may be missing."""

    first: tuple[int, int]
    last: tuple[int, int]
    year: int | None


def read_part(text: str) -> Part | None:
    """Read a day or a period by itself, with or without its year. Return None for any other text."""
    full = _FULL.fullmatch(text)
    named = (int(full[1]), int(full[2]), int(full[3])) if full else calendar_day(text)
    if named is not None:
        year, month, day = named
        return Part((month, day), (month, day), year) if is_day(year or 2000, (month, day)) else None
    period = read_period(text)
    if period is not None:
        return part_of_period(period)
    return _third(text) or _packed(text) or _whole_year(text)


def part_of_period(period: Period) -> Part:
    """Return a period as its months."""
    return Part((period.first_month, 1), (period.last_month, 31), period.year)


def _third(text: str) -> Part | None:
    """Read a third of a month, such as 6月上旬 or early June: the first ten days of June."""
    found = read_third(text)
    return Part((found.month, found.first), (found.month, found.last), found.year) if found else None


def _packed(text: str) -> Part | None:
    """Read 20200630 and 202006."""
    found = _PACKED.fullmatch(text)
    if found is None:
        return None
    year, month = int(found[1]), int(found[2])
    if not (EARLIEST.year <= year <= LATEST.year and 1 <= month <= 12):
        return None
    if found[3] is None:
        return Part((month, 1), (month, 31), year)
    day = int(found[3])
    return Part((month, day), (month, day), year) if is_day(year, (month, day)) else None


def _whole_year(text: str) -> Part | None:
    found = _WHOLE_YEAR.fullmatch(text)
    return Part((1, 1), (12, 31), int(found[1] or found[2])) if found else None


def day_of(year: int, month_and_day: tuple[int, int]) -> date:
    """Return a day. A day after the end of its month is the last day of the month."""
    month, day = month_and_day
    return date(year, month, min(day, monthrange(year, month)[1]))


def is_day(year: int, month_and_day: tuple[int, int]) -> bool:
    """Return whether a year has a day."""
    try:
        date(year, *month_and_day)
    except ValueError:
        return False
    return True
