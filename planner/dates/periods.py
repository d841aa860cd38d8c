"""Reading a month, quarter, half-year or year as a deadline. The deadline is the last day of that period."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from planner.dates.words import MONTHS, number_of

_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_DIGITS = r"1[0-2]|0?[1-9]"
_HAN = r"1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九]"
# Phrases such as "the end of", "by" and "within" change nothing, because the last day is meant anyway.
_END = r"(?:by )?(?:the )?(?:end(?: of)? )?(?:the )?"
_ZH_END = r"(?: ?(?:[底末](?:之?前|以前)?|之?内))?"
_KO_END = r"(?: ?말)?(?: ?(?:까지|안에|이전))?"
_ZH_YEAR = r"(?:(?P<year>\d{4}) ?年 ?)?"
_KO_YEAR = r"(?:(?P<year>\d{4}) ?년 ?)?"


_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}


@dataclass(frozen=True)
class Period:
    """A month, quarter, half-year or year as typed. `year` is None if the person did not type a year."""

    last_month: int
    year: int | None
    months: int = 1

    @property
    def first_month(self) -> int:
        """The number of the period's first month."""
        return self.last_month - self.months + 1


def _month(text: str) -> int:
    return MONTHS[text] if text in MONTHS else number_of(text)


def _quarter(text: str) -> int:
    return 3 * (_ORDINALS[text] if text in _ORDINALS else number_of(text))


def _half(text: str) -> int:
    return 6 if text in ("1", "first", "上", "상") else 12


def _year(_text: str) -> int:
    return 12


_FORMS: tuple[tuple[re.Pattern[str], Callable[[str], int]], ...] = tuple(
    (re.compile(form, re.ASCII), last_month)
    for form, last_month in (
        (rf"(?P<year>\d{{4}})[-/.](?P<part>{_DIGITS})", _month),
        (rf"{_END}(?P<part>{_MONTH})\.?,?(?: (?P<year>\d{{4}}))?", _month),
        (rf"{_ZH_YEAR}(?P<part>{_HAN}) ?月份?{_ZH_END}", _month),
        (rf"{_KO_YEAR}(?P<part>{_DIGITS}) ?월{_KO_END}", _month),
        (rf"{_END}q(?P<part>[1-4])(?:[ ,-]*(?P<year>\d{{4}}))?", _quarter),
        (rf"{_END}(?P<year>\d{{4}})[ -]?q(?P<part>[1-4])", _quarter),
        (rf"{_END}(?P<part>[1-4])q(?:[ ,-]*(?P<year>\d{{4}}))?", _quarter),
        (rf"{_END}(?P<part>{'|'.join(_ORDINALS)}) quarter(?:(?: of)? (?P<year>\d{{4}}))?", _quarter),
        (rf"{_ZH_YEAR}第?(?P<part>[1-4一二三四]) ?(?:季度?|四半期){_ZH_END}", _quarter),
        (rf"{_KO_YEAR}(?P<part>[1-4])(?: ?/ ?4)? ?분기{_KO_END}", _quarter),
        (rf"{_END}h(?P<part>[12])(?:[ ,-]*(?P<year>\d{{4}}))?", _half),
        (rf"{_END}(?P<year>\d{{4}})[ -]?h(?P<part>[12])", _half),
        (rf"{_END}(?P<part>first|second) half(?:(?: of)? (?P<year>\d{{4}}))?", _half),
        (rf"{_ZH_YEAR}(?P<part>[上下])半年{_ZH_END}", _half),
        (rf"{_KO_YEAR}(?P<part>[상하])반기{_KO_END}", _half),
        (r"(?:by )?(?:the )?end of (?P<part>(?P<year>\d{4}))", _year),
        (r"(?P<part>(?P<year>\d{4})) ?年(?:[底末](?:之?前|以前)?|之?内)", _year),
        (r"(?P<part>(?P<year>\d{4})) ?년 ?말(?: ?(?:까지|안에|이전))?", _year),
    )
)

_LENGTHS = {_month: 1, _quarter: 3, _half: 6, _year: 12}

_OF_TODAY = re.compile(
    r"(?:by )?(?:the )?end of (?:the |this )?(?P<unit>week|month|quarter|half-year|year)"
    r"|本?(?P<zh>[月年])(?:[底末](?:之?前|以前)?|之?内)"
    r"|이?번? ?(?P<ko>[월연])말(?: ?까지)?",
    re.ASCII,
)
_NAMES = {"月": "month", "年": "year", "월": "month", "연": "year"}
_MONTHS_OF = {"month": 1, "quarter": 3, "half-year": 6}


def read_period(text: str) -> Period | None:
    """Return the period that a text means, or None if it means none.

    The text must be folded with `typed.folded_date`.
    """
    for form, last_month in _FORMS:
        found = form.fullmatch(text)
        if found:
            year = found["year"]
            return Period(last_month(found["part"]), int(year) if year else None, _LENGTHS[last_month])
    return None


def last_day(period: Period, reference: date) -> date:
    """Return the last day of a period. A period without a year is the next one that is not over on a day.

    Raises ValueError if there is no such day.
    """
    from planner.dates.arithmetic import last_of_month

    if period.year is not None:
        return last_of_month(period.year, period.last_month)
    this_year = last_of_month(reference.year, period.last_month)
    return this_year if this_year >= reference else last_of_month(reference.year + 1, period.last_month)


def end_of_current_period(text: str, today: date, reference: date) -> date | None:
    """Return the last day of the current week, month, quarter, half-year or year, whichever the text names.

    The year is that of the day `reference`, because it can be that of a plan which is over. Return None for any other
    text.
    """
    from planner.dates.arithmetic import last_of_month
    from planner.domain.rules.weeks import Week

    found = _OF_TODAY.fullmatch(text)
    if not found:
        return None
    unit = found["unit"] or _NAMES[found["zh"] or found["ko"]]
    if unit == "week":
        return Week.of(today).sunday
    if unit == "year":
        return date(reference.year, 12, 31)
    months = _MONTHS_OF[unit]
    return last_of_month(today.year, -(-today.month // months) * months)
