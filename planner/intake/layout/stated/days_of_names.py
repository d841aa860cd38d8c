"""The day in the name of a file or a sheet, such as plan_2020W27 or 20200630台账."""

import re
from collections.abc import Iterator
from datetime import date

from planner.dates.span import Span
from planner.domain.rules.weeks import Week
from planner.intake.layout.stated.short_days import days_in_title

# Names such as T1 number files. In a cell, T1 is a French quarter.
_ONLY_NUMBERED = re.compile(r"[ts]\d|\dt", re.IGNORECASE)
_WEEK = re.compile(
    r"(?<![a-z])(?:w|wk|week|[kc]w)[ .-]?(?P<number>\d{1,2})(?!\d)|"
    r"(?<!\d)(?P<number_before>\d{1,2})\. ?kw(?![a-z])|"
    r"第? ?(?<!\d)(?P<number_of>\d{1,2}) ?(?:周|週|주차)",
    re.ASCII | re.IGNORECASE,
)
# A year by itself. Those of 2020-2021 and 2020/21 do not say in which of them a week is.
_YEAR = r"(?<!\d)(?<!20\d\d[-/–])(20\d\d)(?!\d|[-/–]\d\d(?![\d/–-])|[-/–]20\d\d(?!\d))"
_ANY_YEAR = re.compile(_YEAR, re.ASCII)
_YEAR_BEFORE = re.compile(_YEAR + r"[年년]?[ ,.(（-]*\Z", re.ASCII)
_YEAR_BEHIND = re.compile(r"(?:[ ,./(（-]|of\b)*" + _YEAR, re.ASCII)
# A longer name is a sentence.
_LONGEST = 120


def day_in_name(name: str, span: Span) -> date | None:
    """Return the one day that a name has, or None. A period, such as a week, means its last day."""
    text = name.replace("_", " ")
    if _ONLY_NUMBERED.fullmatch(name) or len(text) > _LONGEST:
        return None
    days = days_in_title(text, span) | set(_of_weeks(text, span))
    return days.pop() if len(days) == 1 else None


def _of_weeks(text: str, span: Span) -> Iterator[date]:
    """Yield the last days of the weeks of a text. One without a year is of the plan, if it has that week only once."""
    for found in _WEEK.finditer(text):
        number = int(found["number"] or found["number_before"] or found["number_of"])
        years = _years_of(text, found) or set(range(span.starts.year, span.ends.year + 1))
        sundays = [Week(one, number).sunday for one in years if 0 < number <= _weeks_of(one)]
        if len(sundays) == 1:
            yield sundays[0]


def _years_of(text: str, week: re.Match[str]) -> set[int]:
    """Return the years on either side of a week. If there is none, return all years of the text."""
    beside = (_YEAR_BEFORE.search(text[: week.start()]), _YEAR_BEHIND.match(text, week.end()))
    years = [found[1] for found in beside if found is not None] or _ANY_YEAR.findall(text)
    return set(map(int, years))


def _weeks_of(year: int) -> int:
    return Week.of(date(year, 12, 28)).number
