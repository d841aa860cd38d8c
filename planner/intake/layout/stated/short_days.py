"""Days in titles and names that stand in numbers alone, such as 26.3.31. and (3. 31.), which elsewhere are no dates."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from itertools import chain

from planner.dates.arithmetic import last_of_month
from planner.dates.eastern import in_digits
from planner.dates.parts import is_day
from planner.dates.short_years import days_in_plan
from planner.dates.span import Span
from planner.dates.typed import folded_date
from planner.dates.within import dates_within

_EIGHT_DIGITS = re.compile(r"(?<!\d)(20\d\d)([01]\d)([0-3]\d)(?!\d)", re.ASCII)
# 260331, and 202603 for the month.
_SIX_DIGITS = re.compile(r"(?<!\d)(\d\d)(\d\d)(\d\d)(?!\d)", re.ASCII)
# 26.3.31. and 31.3.26, but no number of a section in a longer one.
_THREE_NUMBERS = re.compile(r"(?<![\d.])(\d{1,2}\. ?\d{1,2}\. ?\d{1,2})\.?(?![\d.])", re.ASCII)
# 31/03/2026: the month is the number that cannot be a day.
_YEAR_LAST = re.compile(r"(?<![\d/])(\d{1,2})/(\d{1,2})/(20\d\d)(?![\d/])", re.ASCII)
# (3. 31. 기준), (3.31) and 3.31일자. Two numbers without such signs can be anything.
_MONTH_AND_DAY = re.compile(
    r"\((\d{1,2})\. ?(\d{1,2})\.?(?= ?(?:\)|기준|현재))|"
    r"(?<![\d.])(\d{1,2})\. ?(\d{1,2})\.? ?(?=일자|일? ?(?:기준|현재))",
    re.ASCII,
)
# 26.03
_YEAR_AND_MONTH = re.compile(r"(?<![\d.])(\d\d)\.(\d\d)(?![\d.])", re.ASCII)


def days_in_title(text: str, span: Span) -> set[date]:
    """Return the days that a title, or the name of a file, has. A period means its last day.

    Numbers alone count if the year is one of the plan, and only if no date is written in another form.
    """
    return {one.day for _, one in dates_within(text, span) if one.day is not None} or days_in_numbers(text, span)


def days_in_numbers(text: str, span: Span) -> set[date]:
    """Return the days that stand in numbers alone, if the year of a short one is one of the plan."""
    folded = in_digits(folded_date(text))
    ways: tuple[Callable[[str, Span], Iterator[date]], ...] = (
        _of_eight_digits,
        _of_six_digits,
        _of_three_numbers,
        _of_year_last,
        _of_month_and_day,
        _of_year_and_month,
    )
    return set(chain.from_iterable(way(folded, span) for way in ways))


def _of_eight_digits(text: str, _span: Span) -> Iterator[date]:
    for year, month, day in _EIGHT_DIGITS.findall(text):
        yield from _day(int(year), int(month), int(day))


def _of_six_digits(text: str, span: Span) -> Iterator[date]:
    for one, two, three in _SIX_DIGITS.findall(text):
        if one == "20" and 2000 + int(two) in _years(span):
            yield from _end_of_month(2000 + int(two), int(three))
        elif 2000 + int(one) in _years(span):
            yield from _day(2000 + int(one), int(two), int(three))


def _of_three_numbers(text: str, span: Span) -> Iterator[date]:
    for numbers in _THREE_NUMBERS.findall(text):
        possible = days_in_plan(numbers, span)
        if len(possible) == 1:
            yield possible[0]


def _of_year_last(text: str, _span: Span) -> Iterator[date]:
    for one, two, year in _YEAR_LAST.findall(text):
        possible = {*_day(int(year), int(two), int(one)), *_day(int(year), int(one), int(two))}
        if len(possible) == 1:
            yield possible.pop()


def _of_month_and_day(text: str, span: Span) -> Iterator[date]:
    if len(_years(span)) > 1:
        return
    for found in _MONTH_AND_DAY.finditer(text):
        yield from _day(span.starts.year, int(found[1] or found[3]), int(found[2] or found[4]))


def _of_year_and_month(text: str, span: Span) -> Iterator[date]:
    for year, month in _YEAR_AND_MONTH.findall(text):
        if 2000 + int(year) in _years(span):
            yield from _end_of_month(2000 + int(year), int(month))


def _years(span: Span) -> range:
    return range(span.starts.year, span.ends.year + 1)


def _day(year: int, month: int, day: int) -> Iterator[date]:
    if is_day(year, (month, day)):
        yield date(year, month, day)


def _end_of_month(year: int, month: int) -> Iterator[date]:
    if is_day(year, (month, 1)):
        yield last_of_month(year, month)
