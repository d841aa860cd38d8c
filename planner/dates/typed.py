"""Reading the dates, weeks and instants that people type. docs/dates.md lists every form.

Every option, question and field uses this module, so the same words have the same meaning everywhere. The functions do
not read the clock: today's date and the plan's time zone are arguments. They return a plain `date`, `datetime` or
`Week`. ISO dates are read without importing pendulum.
"""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from planner.base.errors import BadValueError
from planner.base.language import later, tr, tr_later
from planner.base.texts import as_typed_number
from planner.dates.days import day_named
from planner.dates.lean import Lean as Lean
from planner.dates.span import Frame, Span
from planner.dates.weeks import week_named
from planner.domain.rules.weeks import EARLIEST, LATEST, Week, require_calendar

# What is wrong with a text that is not a date or a week, and with one outside the calendar.
_NOT_A_DATE = (later("'{text}' is not a date"), later("'{text}' is not a date between {first} and {last}"))
_NOT_A_WEEK = (later("'{text}' is not a week"), later("'{text}' is not a week between {first} and {last}"))

A_DATE = later("Give a date such as 2020-04-01, 1 April, friday or -1w")
A_DEADLINE = later("Give a date such as 2020-04-01, 1 April, friday or +2w, or a period such as Q2 or end of June")
A_WEEK = later("Give a week such as 2020-W14, W14, last or this")
AN_INSTANT = later("Give an instant such as 2020-04-06T09:00+08:00 or yesterday 17:30, or a date")

# Only a text with words can be in another language.
_LETTERS = re.compile(r"[a-zà-ÿ]{2}|[tsqh]\d|\dt")
_ISO_INSTANT = re.compile(r"(\d{4}-\d{2}-\d{2})(?P<time>[t ].+)?", re.ASCII)
_TIME = re.compile(
    r"(?P<day>.+?)[ t](?P<time>\d{1,2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?) ?(?P<offset>z|[+-]\d{2}:?\d{2})?", re.ASCII
)


def read_day(
    text: str,
    today: date,
    where: str,
    *,
    start: date | None = None,
    lean: Lean = Lean.BACK,
    span: Span | None = None,
) -> date:
    """Read a day, such as 2020-04-01, 1 April, today, friday or -1w. A week, such as 2020-W14, means its last day.

    A step such as -1w counts from `start`, or from today if it is None. A date without a year is one of the plan whose
    time is `span`. Raises BadValueError about the field `where` for any other text.
    """
    frame = Frame(today, lean, span)
    return _guarded(text, where, A_DATE, lambda folded: day_named(folded, frame, start or today))


def read_deadline(
    text: str,
    today: date,
    where: str,
    *,
    start: date | None = None,
    lean: Lean = Lean.AHEAD,
    span: Span | None = None,
) -> date:
    """Read a due date: a day as `read_day` reads it, or the last day of a period.

    A period is a month, quarter, half-year or year: 2020-04, Q2, end of June, 上半年, 6월 말.

    Raises BadValueError about the field `where` for any other text.
    """
    frame = Frame(today, lean, span)

    def read(folded: str) -> date | None:
        day = day_named(folded, frame, start or today)
        return day if day is not None else _end_of_period(folded, frame)

    return _guarded(text, where, A_DEADLINE, read)


def read_as_of(text: str, *, seen: date, today: date, span: Span) -> date:
    """Read an as-of date of the plan whose time is `span`. An empty text means today.

    A step such as -1w counts from the date shown now (`seen`). Raises BadValueError for any other text, for a day after
    today, and for a day before the plan's first day.
    """
    day = read_day(text, today, "as of", start=seen, span=span) if text.strip() else today
    if day > today:
        raise BadValueError(
            tr("{day} is after today ({today}), so nothing is known about it yet", day=day, today=today),
            where="as of",
            do=tr("Give an earlier day"),
        )
    if day < span.starts:
        raise BadValueError(
            tr("{day} is before the plan's first day ({first})", day=day, first=span.starts),
            where="as of",
            do=tr("Give a later day"),
        )
    return day


def read_week(text: str, today: date, where: str, *, span: Span | None = None) -> Week:
    """Read a week: 2020-W14, W14, last, this or -1w. A day means the week that contains it.

    A week without a year is one of the plan whose time is `span`. Raises BadValueError about the field `where` for any
    other text.
    """
    frame = Frame(today, Lean.BACK, span)

    def read(folded: str) -> date | None:
        sunday = week_named(folded, frame)
        return sunday if sunday is not None else day_named(folded, frame, today)

    return Week.of(_guarded(text, where, A_WEEK, read, wrong=_NOT_A_WEEK))


def read_instant(text: str, today: date, time_zone: str, where: str, *, of_day: time = time.max) -> datetime:
    """Read an instant: a day with or without a time. Without an offset, it is in the plan's time zone.

    A day alone means the end of that day, or the time `of_day`. Return the instant in UTC. Raises BadValueError about
    the field `where` for any other text.
    """
    folded = folded_date(text)
    try:
        instant = _iso_instant(folded, of_day) or _spoken_instant(folded, today, of_day)
        if instant is None:
            raise ValueError(text)
        zoned = instant if instant.tzinfo else instant.replace(tzinfo=ZoneInfo(time_zone))
        return zoned.astimezone(UTC)
    except BadValueError as error:
        raise BadValueError(error.what, where=where, do=error.do) from error
    except (ValueError, OverflowError) as error:
        raise BadValueError(
            tr("'{text}' is not a date and time", text=text), where=where, do=tr_later(AN_INSTANT)
        ) from error


def is_iso(text: str, meaning: date | datetime | Week) -> bool:
    """Return whether a typed text already has the standard form of the value that it means.

    If it has, the value need not be shown to the user again.
    """
    given = text.strip()
    if isinstance(meaning, datetime):
        return _ISO_INSTANT.fullmatch(given.lower()) is not None
    return given == str(meaning)


def folded_date(text: str) -> str:
    """Return a typed date in the form that the patterns expect: plain digits and hyphens, lower case, single spaces."""
    plain = as_typed_number(text)
    if not plain.isascii():
        from planner.dates.arabic import in_english

        plain = in_english(plain)
    folded = " ".join(plain.casefold().split())
    if not _LETTERS.search(folded):
        return folded
    from planner.dates.european import in_english as of_europe

    return of_europe(folded)


def _guarded(
    text: str, where: str, do: str, read: Callable[[str], date | None], *, wrong: tuple[str, str] = _NOT_A_DATE
) -> date:
    """Return the date that `read` finds in a text. Raises BadValueError with `where` and `do` if it finds none."""
    try:
        day = read(folded_date(text))
        if day is None:
            raise ValueError(text)
        require_calendar(day)
    except BadValueError as error:
        # The kind of the error stays, so that a form can tell an ambiguous date from other text.
        raise type(error)(error.what, where=where, do=error.do or tr_later(do)) from error
    except OverflowError as error:
        what = tr_later(wrong[1]).format(text=text, first=EARLIEST.year, last=LATEST.year)
        raise BadValueError(what, where=where, do=tr_later(do)) from error
    except ValueError as error:
        raise BadValueError(tr_later(wrong[0]).format(text=text), where=where, do=tr_later(do)) from error
    return day


def _end_of_period(text: str, frame: Frame) -> date | None:
    from planner.dates.periods import end_of_current_period, last_day, read_period

    period = read_period(text)
    if period:
        return last_day(period, frame.deadlines_from)
    return end_of_current_period(text, frame.today, frame.deadlines_from)


def _iso_instant(text: str, of_day: time) -> datetime | None:
    """Read an instant in ISO 8601, with or without a time."""
    found = _ISO_INSTANT.fullmatch(text)
    if not found:
        return None
    if not found["time"]:
        return datetime.combine(date.fromisoformat(found[1]), of_day)
    try:
        return datetime.fromisoformat(text.upper())
    except ValueError:
        return None


def _spoken_instant(text: str, today: date, of_day: time) -> datetime | None:
    """Read a day in words, with or without a time: yesterday, yesterday 17:30, 6 April 2020 9:00+08:00."""
    frame = Frame(today, Lean.BACK)
    day = day_named(text, frame, today)
    if day is not None:
        return datetime.combine(day, of_day)
    found = _TIME.fullmatch(text)
    day = day_named(found["day"], frame, today) if found else None
    if found is None or day is None:
        return None
    hours, rest = found["time"].split(":", 1)
    return datetime.combine(day, time.fromisoformat(f"{hours:0>2}:{rest}{(found['offset'] or '').upper()}"))
