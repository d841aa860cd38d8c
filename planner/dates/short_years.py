"""Reading dates with a year of two digits, such as 30.6.26 and 26.11.30, and Dec-26, which may have no day."""

import re
from collections.abc import Iterator
from datetime import date

from planner.dates.span import Span
from planner.dates.typed import folded_date
from planner.dates.words import MONTHS

_NUMBERS = re.compile(r"(\d{1,2})([-/.]) ?(\d{1,2})\2 ?(\d{1,2})\.?", re.ASCII)
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
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
    for short, month, day in orders:
        year = 2000 + short
        try:
            if span.starts.year <= year <= span.ends.year:
                yield date(year, month, day)
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


def year_of(text: str) -> int | None:
    """Return 2026 for Dec-26, and None for a text of another form."""
    found = _MONTH_AND_NUMBER.fullmatch(folded_date(text))
    return 2000 + int(found["number"]) if found else None
