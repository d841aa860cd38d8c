"""Reporting weeks: ISO weeks, Monday to Sunday, in the plan's time zone."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from planner.errors import BadValueError

# No plan has dates beyond these. One that does is a slip of typing (0202 for 2020), and who reckons some years back or
# ahead from a day within them never leaves the calendar.
EARLIEST = date(1900, 1, 1)
LATEST = date(2199, 12, 31)

_WEEK_FORM = re.compile(r"(\d{4})-?W(\d{1,2})", re.IGNORECASE | re.ASCII)


@dataclass(frozen=True, order=True)
class Week:
    """An ISO week. `str()` gives 2020-W14."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> "Week":
        """The week a day falls in."""
        year, number, _ = day.isocalendar()
        return cls(year, number)

    @classmethod
    def parse(cls, text: str) -> "Week":
        """Read a week in the form in which it is stored, 2020-W14. `planner.dates.typed` reads what people type.

        Raises BadValueError for anything else, also for a week 53 of a year that has 52.
        """
        found = _WEEK_FORM.fullmatch(text.strip())
        try:
            if found is None:
                raise ValueError(text)
            week = cls(int(found[1]), int(found[2]))
            require_calendar(week.monday)
        except (ValueError, OverflowError) as error:
            raise BadValueError(
                f"'{text}' is not a week", where="week", do="Give an ISO week such as 2020-W14"
            ) from error
        return week

    @property
    def monday(self) -> date:
        """The first day."""
        return date.fromisocalendar(self.year, self.number, 1)

    @property
    def sunday(self) -> date:
        """The last day."""
        return date.fromisocalendar(self.year, self.number, 7)

    @property
    def previous(self) -> "Week":
        """The week before."""
        return Week.of(self.monday - timedelta(days=7))

    @property
    def next(self) -> "Week":
        """The week after."""
        return Week.of(self.monday + timedelta(days=7))

    def last_instant(self, time_zone: str) -> datetime:
        """The end of its Sunday in a time zone, as an instant in UTC: what was recorded by then was in time."""
        return datetime.combine(self.sunday, time.max, ZoneInfo(time_zone)).astimezone(UTC)

    def __str__(self) -> str:
        return f"{self.year:04d}-W{self.number:02d}"


def require_calendar(day: date) -> None:
    """Raise OverflowError for a day before 1900 or after 2199."""
    if not EARLIEST <= day <= LATEST:
        raise OverflowError(f"{day} is not between {EARLIEST} and {LATEST}")


def monday_of(day: date) -> date:
    """The first day of the week a day falls in."""
    return day - timedelta(days=day.weekday())


def local_day(instant: datetime, time_zone: str) -> date:
    """The calendar day of an instant in a plan's time zone."""
    return instant.astimezone(ZoneInfo(time_zone)).date()
