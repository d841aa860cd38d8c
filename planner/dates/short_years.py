"""Reading dates with a year of two digits, such as 30.6.26 and 26.11.30, and Dec-26, which may have no day."""

import re
from collections.abc import Iterator
from datetime import date

from planner.dates.span import Span
from planner.dates.typed import folded_date
from planner.dates.words import MONTHS

_NUMBERS = re.compile(r"(\d{1,2})([-/.]) ?(\d{1,2})\2 ?(\d{1,2})\.?", re.ASCII)
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_PART_OF_MONTH = re.compile(
    rf"(?P<part>\b(?:end|beginning|start|middle|early|mid|late)[- ](?:of |in )?(?:{_MONTH})\b\.?)"
    r"[-, ]*['’]?(?P<year>\d\d)",
    re.ASCII,
)
_DAY_OF_MONTH = re.compile(
    rf"(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\.?[- /]?(?:of )?(?P<month>{_MONTH})\b\.?[-, /]{{1,2}}['’]?(?P<year>\d\d)|"
    rf"(?P<named>{_MONTH})\b\.?[- ](?P<its_day>\d{{1,2}})(?:st|nd|rd|th)?(?:, ?|[- ])['’]?(?P<its_year>\d\d)",
    re.ASCII,
)
_MONTH_AND_NUMBER = re.compile(rf"(?P<month>{_MONTH})\.?[- ](?P<number>\d\d)", re.ASCII)


def days_in_plan(text: str, span: Span, day_first: bool | None = None) -> tuple[date, ...]:
    """Return the days that three short numbers can mean if the year, first or last, is one of the plan.

    The text is folded. `day_first` says how 6/7 is meant, if that is known.
    """
    found = _NUMBERS.fullmatch(text)
    if found is None:
        return ()
    one, two, three = int(found[1]), int(found[3]), int(found[4])
    orders = [(one, two, three)]
    orders += [(three, two, one)] if day_first is not False else []
    orders += [(three, one, two)] if day_first is not True else []
    return tuple(sorted(set(_days(orders, span))))


def orders_in_plan(text: str, span: Span) -> frozenset[bool]:
    """Return the orders that 10/12/26 can have if its year is one of the plan: True for the day first, as in 30/9/26.

    There is none if the year can be the first number, or if the day and the month are equal.
    """
    found = _NUMBERS.fullmatch(folded_date(text))
    if found is None:
        return frozenset()
    one, two, three = int(found[1]), int(found[3]), int(found[4])
    if one == two or any(_days([(one, two, three)], span)):
        return frozenset()
    orders = {True: (three, two, one), False: (three, one, two)}
    return frozenset(order for order, numbers in orders.items() if any(_days([numbers], span)))


def _days(orders: list[tuple[int, int, int]], span: Span) -> Iterator[date]:
    return (day for day in _valid(orders) if span.starts.year <= day.year <= span.ends.year)


def _valid(orders: list[tuple[int, int, int]]) -> Iterator[date]:
    """Yield the days of years of this century, months and days of the month, without those that do not exist."""
    for short, month, day in orders:
        try:
            yield date(2000 + short, month, day)
        except ValueError:
            continue


def may_name_a_year(text: str, span: Span) -> bool:
    """Return whether a text such as Dec-26, in the form of spreadsheet programs, or Dec 26 can mean a month and a year.

    It can if the year is in or next to the plan's time. Without the year it is a day of the month.
    """
    return year_of(text) in range(span.starts.year - 1, span.ends.year + 2)


def with_full_year(text: str) -> str:
    """Return Dec-26 as Dec 2026, and any other text as it is."""
    found = _MONTH_AND_NUMBER.fullmatch(folded_date(text))
    return f"{found['month']} 20{found['number']}" if found else text


def days_of_named_month(text: str, span: Span) -> tuple[date, ...]:
    """Return the days that a folded text such as 30-sep-26 or sept 30, 26 can mean.

    The year is the last number. It can also be the first one, as in 26-sep-30, if only then, or then too, the day is in
    the years of the plan.
    """
    found = _DAY_OF_MONTH.fullmatch(text)
    if found is None:
        return ()
    day, year = int(found["day"] or found["its_day"]), int(found["year"] or found["its_year"])
    month = MONTHS[found["month"] or found["named"]]
    orders = [(year, month, day)] + ([(day, month, year)] if found["day"] else [])
    in_plan = tuple(sorted(set(_days(orders, span))))
    return in_plan or tuple(_valid(orders[:1]))


def with_year_of_part(text: str, span: Span) -> str:
    """Return a folded text such as end dec 26 as end dec 2026, if this year is in or next to the plan's time.

    The end of a month has no day of its own, so the number can only be the year. Any other text stays as it is.
    """
    found = _PART_OF_MONTH.search(text)
    if found is None or found.end() != len(text):
        return text
    year = 2000 + int(found["year"])
    if year not in range(span.starts.year - 1, span.ends.year + 2):
        return text
    return f"{text[: found.start()]}{found['part']} {year}"


def year_of(text: str) -> int | None:
    """Return 2026 for Dec-26, and None for a text of another form."""
    found = _MONTH_AND_NUMBER.fullmatch(folded_date(text))
    return 2000 + int(found["number"]) if found else None
