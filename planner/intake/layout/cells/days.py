"""Reading days: texts in the forms of `planner.dates.written`, typed days, and Excel's serial numbers."""

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta

from planner.base.language import tr
from planner.base.texts import as_typed_number
from planner.dates.days import two_numbers
from planner.dates.short_years import orders_in_plan, with_full_year, year_of
from planner.dates.span import Span
from planner.dates.typed import folded_date
from planner.dates.within import dates_within, without_dates
from planner.dates.written import WrittenDate, order_of_numbers, read_written
from planner.domain.rules.weeks import EARLIEST, LATEST
from planner.domain.typed_words import says_nothing
from planner.intake.layout.cells.reading import NOTHING, Reading, question, remark
from planner.intake.layout.cells.texts import is_undecided, shown, text_of
from planner.intake.proposed import Field
from planner.intake.sheets import Value

# Serial numbers from 1954 to 2119. Smaller and larger numbers are no days of a plan.
_SERIALS = range(20_000, 80_000)
_LARGEST = 1e8
_EPOCH, _EPOCH_1904 = date(1899, 12, 30), date(1904, 1, 1)
_YEAR_AND_MONTH = re.compile(r"\d{4}\.\d{1,2}", re.ASCII)
# Longer texts are no dates, and searching them takes long.
_LONGEST = 400
_PARTS = re.compile(r"[，,،；;؛。\n]+|(?<!\d)/(?!\d)")
# Words by which an earlier date no longer counts.
_CHANGED = re.compile(
    r"原|调整|調整|变更|變更|変更|改为|改為|延[至期长長]|推迟|推遲|변경|연장|당초|revised|original|postponed|extended|moved|instead",
    re.IGNORECASE,
)
_LONGEST_NUMBERS = len("13 / 07 / 2020")
# Words by which a period in a text is not the one that its name says: early Q2, Q4 FY26, w/c 7 December.
_WEEK = re.compile(r"\bw/?c\b|\bweek (?:commencing|beginning|starting|of)\b", re.IGNORECASE)
_VAGUE = re.compile(
    r"\b(?:early|beginning|start|mid|middle)\b|\b(?:fy|fiscal|financial)(?![a-z])|财年|会计年度|會計年度|회계연도",
    re.IGNORECASE,
)


class DayReader:
    """Reads the days of one column.

    `day_first` says how 6/7 is meant; None means that the column does not say it. `asked` says that a person is asked
    about the whole column, so that no single cell is a question. So does None as `from_1904`, of serial numbers. With
    `starts`, a period means its first day. With `month_and_year`, Dec-26 is December 2026.
    """

    def __init__(
        self,
        span: Span,
        *,
        from_1904: bool | None = False,
        day_first: bool | None = None,
        asked: bool = False,
        starts: bool = False,
        month_and_year: bool = False,
    ) -> None:
        self._starts = starts
        self._month_and_year = month_and_year
        self._asked = asked
        self._span = span
        self._from_1904 = from_1904
        self._day_first = day_first

    def __call__(self, value: Value, _answered: bool = False) -> Reading:
        """Read a day. A range gives the start as well."""
        if isinstance(value, date):
            day = value.date() if isinstance(value, datetime) else value
            return Reading(day) if EARLIEST <= day <= LATEST else _no_date(value)
        if isinstance(value, bool):
            return _no_date(value)
        if isinstance(value, int | float):
            return self._number(value)
        return NOTHING if value is None else self._text(value)

    def _number(self, number: float) -> Reading:
        """Read a number: a serial number, a year, a year and month such as 2020.6 or 202006, or 20200630."""
        if not abs(number) < _LARGEST:
            return _no_date(number)
        if int(number) in _SERIALS:
            return self._serial(int(number))
        text = text_of(number) or ""
        if _YEAR_AND_MONTH.fullmatch(text) and text.endswith(".1"):
            return _unclear(number, self._read(text, f"{text}0"))
        if len(text) in (4, 6, 8) or _YEAR_AND_MONTH.fullmatch(text):
            return self._text(text)
        return _no_date(number)

    def _serial(self, number: int) -> Reading:
        """Read a serial number, which a cell without the format of a date has."""
        if self._from_1904 is None:
            return NOTHING
        inferred = tr("{value} is the number by which spreadsheet programs count this day", value=number)
        return Reading(_day_of(number, from_1904=self._from_1904), inferred)

    def _text(self, text: str) -> Reading:
        if says_nothing(text) or (self._asked and (is_unordered(text, self._span) or year_of(text))):
            return NOTHING
        if (serial := _serial_in(text)) is not None:
            return self._serial(serial)
        if is_undecided(text):
            return remark(
                None,
                tr("'{value}' means that there is no date yet", value=shown(text)),
                tr("'{value}' is no date, so the date is left empty", value=shown(text)),
                tr("Give the date when it is known"),
            )
        written = with_full_year(text) if self._month_and_year else text
        found = read_written(written, self._span, day_first=self._day_first)
        return self._found(text, found) if found is not None else self._within(text)

    def _found(self, text: str, found: WrittenDate) -> Reading:
        if found.day is None:
            return _unclear(text, found.choices)
        if self._starts and found.open_ended:
            what = tr("'{value}' names no date, so the start is that of the plan", value=shown(text))
            return Reading(self._span.starts, what)
        if self._starts:
            return Reading(found.start or found.first or found.day, found.assumed)
        also: tuple[tuple[Field, date, str], ...] = ()
        if found.start is not None:
            also = ((Field.START, found.start, tr("'{value}' begins on this day", value=shown(text))),)
        if found.open_ended:
            do = tr("Give a date if the task ends earlier")
            return remark(found.day, found.assumed or "", found.assumed or "", do)
        return Reading(found.day, found.assumed, also=also)

    def _within(self, text: str) -> Reading:
        """Read a longer text that contains a date."""
        found = dates_within(text, self._span) if len(text) <= _LONGEST else []
        days = {one.day for _, one in found}
        if found and _is_vague(text, found):
            return _unclear(text, tuple(_ends_of(text, [one for _, one in found])))
        if len(days) == 1 and None not in days:
            return Reading(days.pop(), tr("read from '{value}'", value=shown(text)))
        if len(days) > 1 and None not in days:
            return self._several(text, sorted(day for day in days if day is not None))
        choices = (day for _, one in found for day in ((one.day,) if one.day else one.choices))
        return _unclear(text, tuple(choices)) if found else _no_date(text)

    def _several(self, text: str, days: list[date]) -> Reading:
        """Read a text with several sure dates. If it says what is due at each, all of it is due at the last one."""
        if self._starts or not _says_what_is_due(text, self._span):
            return question(
                tr("'{value}' has several dates", value=shown(text)),
                tr("Choose the date that counts for this column, and put the others into a column of milestones"),
                tuple(map(str, days)),
            )
        why = tr("the last date in '{value}', which says what is due at each", value=shown(text))
        what = tr("'{value}' says what is due at several dates; the last one is the due date", value=shown(text))
        return remark(days[-1], why, what, tr("Put what is due earlier into a column of milestones"))

    def _read(self, *texts: str) -> tuple[date, ...]:
        read = (read_written(text, self._span) for text in texts)
        return tuple(one.day for one in read if one is not None and one.day is not None)


def orders_in(values: Iterable[Value], span: Span) -> set[bool]:
    """Return the orders that a column surely has: True for the day first, as in 13/7, and False for the month first.

    A year of two digits, as in 30/09/26, says it too if it is one of the plan.
    """
    texts = (value for value in values if isinstance(value, str) and len(value) <= _LONGEST_NUMBERS)
    found = (orders for orders in (_orders_of(text, span) for text in texts) if len(orders) == 1)
    return {order for orders in found for order in orders}


def _orders_of(text: str, span: Span) -> frozenset[bool]:
    order = order_of_numbers(text)
    return orders_in_plan(text, span) if order is None else frozenset((order,))


def is_unordered(value: Value, span: Span) -> bool:
    """Return whether a text such as 6/7 or 6/7/26 can have the day or the month first."""
    if not isinstance(value, str) or len(value) > _LONGEST_NUMBERS or order_of_numbers(value) is not None:
        return False
    if len(orders_in_plan(value, span)) > 1:
        return True
    numbers = two_numbers(folded_date(value))
    return numbers is not None and numbers[0] != numbers[1] and max(numbers[:2]) <= 12


def serial_from_1904(values: Iterable[Value], span: Span) -> int | None:
    """Return the first serial number of a column that seems to count from 1904, as files of old Macintosh programs do.

    All its cells are serial numbers, whose days are those of the plan from 1904, and none of them is from 1900.
    """
    filled = (value for value in values if value is not None and not (isinstance(value, str) and says_nothing(value)))
    serials = [_serial_in(value) for value in filled]
    known = [serial for serial in serials if serial is not None]
    if not known or len(known) < len(serials):
        return None
    fits = all(
        _day_of(serial, from_1904=True) in span and _day_of(serial, from_1904=False) not in span for serial in known
    )
    return known[0] if fits else None


def _serial_in(value: Value) -> int | None:
    """Return the serial number that a number or a text of five digits is, or None."""
    number = 0
    if isinstance(value, str):
        plain = as_typed_number(value)
        number = int(plain) if plain.isdigit() and plain.isascii() and len(plain) == 5 else 0
    elif isinstance(value, int | float) and abs(value) < _LARGEST:
        number = int(value)
    return number if number in _SERIALS else None


def _day_of(serial: int, *, from_1904: bool) -> date:
    return (_EPOCH_1904 if from_1904 else _EPOCH) + timedelta(days=serial)


def _says_what_is_due(text: str, span: Span) -> bool:
    """Return whether each part of a text has one date and says what is due then, without speaking of a change."""
    parts = [part for part in _PARTS.split(text) if part.strip()]
    return len(parts) > 1 and not _CHANGED.search(text) and all(_has_date_and_words(part, span) for part in parts)


def _has_date_and_words(part: str, span: Span) -> bool:
    found = dates_within(part, span)
    return len(found) == 1 and sum(map(str.isalpha, without_dates(part, found))) > 1


def _is_vague(text: str, dates: Iterable[tuple[str, WrittenDate]]) -> bool:
    """Return whether words beside the dates of a text say that another day or another year is meant."""
    rest = without_dates(text, dates)
    return _WEEK.search(rest) is not None or _VAGUE.search(rest) is not None


def _ends_of(text: str, dates: Iterable[WrittenDate]) -> Iterator[date]:
    """Yield the days that the dates of a text can mean: the first and the last day of the week or the period."""
    for one in dates:
        yield from (day for day in (one.first, one.day, *one.choices) if day is not None)
        if one.day is not None and _WEEK.search(text):
            yield one.day + timedelta(days=6)


def _unclear(value: Value, choices: tuple[date, ...]) -> Reading:
    return question(
        tr("'{value}' can mean several days", value=shown(value)),
        tr("Choose the day, or write the date in the form 2020-06-30"),
        tuple(str(day) for day in sorted(set(choices))),
    )


def _no_date(value: Value) -> Reading:
    return question(
        tr("'{value}' is not a date", value=shown(value)),
        tr("Give a date such as 2020-06-30, or - for no date"),
    )
