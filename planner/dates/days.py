"""Reading a day as people type it: 1 April, 2020/4/1, today, friday, -1w, 3 weeks ago, W14.

The text must be folded with `typed.folded_date`.
"""

import re
from datetime import date, timedelta

from planner.base.errors import AmbiguousDateError, BadValueError
from planner.base.language import tr
from planner.dates.lean import Lean
from planner.dates.span import Frame
from planner.dates.weeks import week_named
from planner.dates.words import BARE_WEEK_WORDS, MONTHS, TODAY_WORDS, UNITS, WEEKDAYS, number_of
from planner.domain.rules.weeks import Week

_ISO = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_NUMERIC = re.compile(r"(\d{4})([-/.]) ?(\d{1,2})\2 ?(\d{1,2})\.?", re.ASCII)
_EASTERN = re.compile(
    r"(?:(?P<year>\d{4}) ?[年년] ?)?(?P<month>\d{1,2}|十[一二]?|[一二三四五六七八九]) ?[月월]"
    r" ?(?P<day>\d{1,2}) ?[日号일]",
    re.ASCII,
)
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_DAY_FIRST = re.compile(
    rf"(?:the )?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[ .-]*(?:of )?(?P<month>{_MONTH})\b[ .,-]*(?P<year>\d{{4}})?",
    re.ASCII,
)
_MONTH_FIRST = re.compile(
    rf"(?P<month>{_MONTH})\b[ .-]*(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:(?:, ?| )(?P<year>\d{{4}}))?", re.ASCII
)
_TWO_NUMBERS = re.compile(r"(\d{1,2})([-/.]) ?(\d{1,2})(?:\2 ?(?P<year>\d{4}|\d{2})|\.)?", re.ASCII)
_WEEKDAY = re.compile(rf"(?:on )?(?:(?P<which>last|this|next) )?(?P<weekday>{'|'.join(WEEKDAYS)})", re.ASCII)
_UNIT = "|".join(sorted(UNITS, key=len, reverse=True))
_STEP = re.compile(rf"(?P<sign>[+-]) ?(?P<number>\d{{1,4}}) ?(?P<unit>{_UNIT})", re.ASCII)
_AGO = re.compile(rf"(?P<number>\d{{1,4}}|an?) (?P<unit>{_UNIT}) ago", re.ASCII)
_IN = re.compile(rf"in (?P<number>\d{{1,4}}|an?) (?P<unit>{_UNIT})", re.ASCII)


def day_named(text: str, frame: Frame, start: date) -> date | None:
    """Return the day that a text means, or None if the text does not have the form of a day.

    `frame` says how a day without a year or week is read. A step such as -1w counts from `start`. Raises ValueError,
    OverflowError or BadValueError if the day does not exist.
    """
    if _ISO.fullmatch(text):
        return date.fromisoformat(text)
    if text in TODAY_WORDS:
        return frame.today + timedelta(days=TODAY_WORDS[text])
    for read in (_named, _two_numbers, _weekday):
        day = read(text, frame)
        if day is not None:
            return day
    step = _step(text, frame.today, start)
    return step if step is not None else _week_day(text, frame)


def calendar_day(text: str) -> tuple[int | None, int, int] | None:
    """Return the year, month and day that a text names, or None if it does not name a day. The year may be missing.

    The day may not exist: the caller checks it. Two numbers such as 6/7 are no named day (`two_numbers` reads them).
    """
    found = _NUMERIC.fullmatch(text)
    if found:
        return int(found[1]), int(found[3]), int(found[4])
    found = _EASTERN.fullmatch(text) or _DAY_FIRST.fullmatch(text) or _MONTH_FIRST.fullmatch(text)
    if not found:
        return None
    month = MONTHS[found["month"]] if found["month"] in MONTHS else number_of(found["month"])
    return int(found["year"]) if found["year"] else None, month, int(found["day"])


def two_numbers(text: str) -> tuple[int, int, int | None] | None:
    """Return the numbers of a text such as 6/7 or 6.7.2020: the first, the second, and the year if there is one.

    Return None for any other text, and for a year of two digits.
    """
    found = _TWO_NUMBERS.fullmatch(text)
    if not found or (found["year"] and len(found["year"]) == len("20")):
        return None
    return int(found[1]), int(found[3]), int(found["year"]) if found["year"] else None


def _named(text: str, frame: Frame) -> date | None:
    """Read 1 April, Apr 1, 4月1日 or 4월 1일, with or without a year, and 2020/4/1 or 2020.4.1."""
    found = calendar_day(text)
    if not found:
        return None
    year, month, day = found
    return _without_year(month, day, frame) if year is None else date(year, month, day)


def _without_year(month: int, day: int, frame: Frame) -> date:
    """Return the date of a day typed without its year. Raises ValueError if the chosen year has no such day."""
    near = frame.reference
    here = (near.month, near.day)
    if frame.lean is Lean.BACK:
        return date(near.year - ((month, day) > here), month, day)
    if frame.lean is Lean.AHEAD:
        return date(near.year + ((month, day) < here), month, day)
    years = (near.year, near.year - 1, near.year + 1)
    found = [date(year, month, day) for year in years if _is_day(year, month, day)]
    if not found:
        raise ValueError((month, day))
    return frame.nearest(found)


def _is_day(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _two_numbers(text: str, frame: Frame) -> date | None:
    """Read a day and a month as two numbers: 13/7 is valid in one order only.

    Raises AmbiguousDateError for 6/7, because it can mean two days. The error names both days.
    """
    found = _TWO_NUMBERS.fullmatch(text)
    if not found:
        return None
    if found["year"] and len(found["year"]) == len("20"):
        raise BadValueError(
            tr("the year in '{text}' has only two digits", text=text),
            do=tr("Write the year in full and first: 2020-04-01"),
        )
    readings = {
        _day_of(month, day, found["year"], frame)
        for day, month in ((int(found[1]), int(found[3])), (int(found[3]), int(found[1])))
        if month in MONTHS.values() and _is_day(int(found["year"] or 2000), month, day)
    }
    if len(readings) > 1:
        both = [f"{day.day} {day:%B} ({day})" for day in sorted(readings)]
        raise AmbiguousDateError(
            tr("'{text}' can mean {one} or {other}", text=text, one=both[0], other=both[1]),
            do=tr("Write the date in the form 2020-07-06 or 6 July"),
        )
    return readings.pop() if readings else None


def _day_of(month: int, day: int, year: str | None, frame: Frame) -> date:
    return date(int(year), month, day) if year else _without_year(month, day, frame)


def _weekday(text: str, frame: Frame) -> date | None:
    """Read a weekday: friday, last friday, this friday (of this week), or next friday (the first one after today)."""
    found = _WEEKDAY.fullmatch(text)
    if not found:
        return None
    from planner.dates.arithmetic import next_weekday, previous_weekday

    today = frame.today
    weekday = WEEKDAYS[found["weekday"]]
    if found["which"] == "this":
        return Week.of(today).monday + timedelta(days=weekday)
    if found["which"] == "next":
        return next_weekday(today, weekday)
    if found["which"] == "last":
        return previous_weekday(today, weekday)
    if today.weekday() == weekday:
        return today
    before, after = previous_weekday(today, weekday), next_weekday(today, weekday)
    return {Lean.BACK: before, Lean.AHEAD: after, Lean.NEAREST: min(before, after, key=lambda d: abs(d - today))}[
        frame.lean
    ]


def _step(text: str, today: date, start: date) -> date | None:
    """Read a step: +2w counts from `start`, while "3 weeks ago" and "in 5 days" count from today."""
    found = _STEP.fullmatch(text)
    if found:
        number = int(found["number"])
        return _stepped(start, number if found["sign"] == "+" else -number, found["unit"])
    back, ahead = _AGO.fullmatch(text), _IN.fullmatch(text)
    if back:
        return _stepped(today, -_count(back["number"]), back["unit"])
    return _stepped(today, _count(ahead["number"]), ahead["unit"]) if ahead else None


def _count(text: str) -> int:
    return 1 if text in ("a", "an") else int(text)


def _stepped(day: date, number: int, unit: str) -> date:
    from planner.dates.arithmetic import stepped

    try:
        return stepped(day, number, UNITS[unit])
    except ValueError as error:
        raise OverflowError(number) from error


def _week_day(text: str, frame: Frame) -> date | None:
    """Read a week and return its last day. Looking back, the current week ends today."""
    sunday = None if text in BARE_WEEK_WORDS else week_named(text, frame)
    if sunday is None:
        return None
    current = frame.lean is Lean.BACK and Week.of(sunday) == Week.of(frame.today)
    return min(sunday, frame.today) if current else sunday
