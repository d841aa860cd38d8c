"""The one reader of dates, weeks and instants that people type. docs/dates.md lists every form.

Every option, question and field reads through here, so the same words mean the same everywhere. Nothing here reads the
clock: the day it is, and the plan's time zone, are passed in. What comes back is a plain `date`, `datetime` or `Week`.
ISO dates are read without importing pendulum.
"""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from planner.dates.days import day_named
from planner.dates.lean import Lean as Lean
from planner.dates.weeks import week_named
from planner.errors import BadValueError
from planner.rules.weeks import EARLIEST, LATEST, Week, require_calendar
from planner.texts import as_typed

A_DATE = "Give a date such as 2020-04-01, 1 April, friday or -1w"
A_DEADLINE = "Give a date such as 2020-04-01, 1 April, friday or +2w, or a period such as Q2 or end of June"
A_WEEK = "Give a week such as 2020-W14, W14, last or this"
AN_INSTANT = "Give an instant such as 2020-04-06T09:00+08:00 or yesterday 17:30, or a date"

_ISO_INSTANT = re.compile(r"(\d{4}-\d{2}-\d{2})(?P<time>[t ].+)?", re.ASCII)
_TIME = re.compile(
    r"(?P<day>.+?)[ t](?P<time>\d{1,2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?) ?(?P<offset>z|[+-]\d{2}:?\d{2})?", re.ASCII
)


def read_day(text: str, today: date, where: str, *, start: date | None = None, lean: Lean = Lean.BACK) -> date:
    """Read a day, such as 2020-04-01, 1 April, today, friday, -1w, or 2020-W14, which means the week's last day.

    A step such as -1w counts from `start`, or else from today. Raises BadValueError, naming `where`, for anything else.
    """
    return _guarded(text, where, A_DATE, lambda folded: day_named(folded, today, start or today, lean))


def read_deadline(text: str, today: date, where: str, *, start: date | None = None, lean: Lean = Lean.AHEAD) -> date:
    """Read a day by which something is due: a day as `read_day` reads it, or the last day of a period.

    A period is a month, quarter, half-year or year: 2020-04, Q2, end of June, 上半年, 6월 말.
    Raises BadValueError, naming `where`, for anything else.
    """

    def read(folded: str) -> date | None:
        day = day_named(folded, today, start or today, lean)
        return day if day is not None else _end_of_period(folded, today)

    return _guarded(text, where, A_DEADLINE, read)


def read_as_of(text: str, *, seen: date, today: date, first: date) -> date:
    """Read the day from which a person wants to look; empty is today. A step such as -1w counts from the day seen now.

    Raises BadValueError for anything else, for a day after today, and for one before the plan's first.
    """
    day = read_day(text, today, "as of", start=seen) if text.strip() else today
    if day > today:
        raise BadValueError(
            f"{day} is after today, {today}, and nothing is known of it yet", where="as of", do="Give an earlier day"
        )
    if day < first:
        raise BadValueError(f"{day} is before the plan's first day, {first}", where="as of", do="Give a later day")
    return day


def read_week(text: str, today: date, where: str) -> Week:
    """Read a week: 2020-W14, W14, last, this, -1w; or a day, which means the week it is in.

    Raises BadValueError, naming `where`, for anything else.
    """

    def read(folded: str) -> date | None:
        sunday = week_named(folded, today, Lean.BACK)
        return sunday if sunday is not None else day_named(folded, today, today, Lean.BACK)

    return Week.of(_guarded(text, where, A_WEEK, read, noun="week"))


def read_instant(text: str, today: date, time_zone: str, where: str, *, of_day: time = time.max) -> datetime:
    """Read an instant: a day, with or without a time; without an offset it is in the plan's time zone.

    A day alone is the end of that day, or the time `of_day`. Gives the instant in UTC. Raises BadValueError, naming
    `where`, for anything else.
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
        raise BadValueError(f"'{text}' is not an instant", where=where, do=AN_INSTANT) from error


def is_iso(text: str, meaning: date | datetime | Week) -> bool:
    """Whether a text says just what it was taken for, so that nobody needs to be told."""
    given = text.strip()
    if isinstance(meaning, datetime):
        return _ISO_INSTANT.fullmatch(given.lower()) is not None
    return given == str(meaning)


def folded_date(text: str) -> str:
    """A typed date in the one form that patterns look at: NFKC, lower case, plain hyphens, single spaces."""
    return " ".join(as_typed(text).casefold().split())


def _guarded(text: str, where: str, do: str, read: Callable[[str], date | None], *, noun: str = "date") -> date:
    """What a reader makes of a text. Raises BadValueError in one form for whatever it cannot read."""
    try:
        day = read(folded_date(text))
        if day is None:
            raise ValueError(text)
        require_calendar(day)
    except BadValueError as error:
        raise BadValueError(error.what, where=where, do=error.do or do) from error
    except OverflowError as error:
        years = f"{EARLIEST.year} to {LATEST.year}"
        raise BadValueError(f"'{text}' is not a {noun} of the years {years}", where=where, do=do) from error
    except ValueError as error:
        raise BadValueError(f"'{text}' is not a {noun}", where=where, do=do) from error
    return day


def _end_of_period(text: str, today: date) -> date | None:
    from planner.dates.periods import end_of_present, last_day, read_period

    period = read_period(text)
    return last_day(period, today) if period else end_of_present(text, today)


def _iso_instant(text: str, of_day: time) -> datetime | None:
    """An instant in ISO 8601, of which the time may be left out."""
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
    """A day as people say it, with or without a time: yesterday, yesterday 17:30, 6 April 2020 9:00+08:00."""
    day = day_named(text, today, today, Lean.BACK)
    if day is not None:
        return datetime.combine(day, of_day)
    found = _TIME.fullmatch(text)
    day = day_named(found["day"], today, today, Lean.BACK) if found else None
    if found is None or day is None:
        return None
    hours, rest = found["time"].split(":", 1)
    return datetime.combine(day, time.fromisoformat(f"{hours:0>2}:{rest}{(found['offset'] or '').upper()}"))
