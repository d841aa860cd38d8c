"""Reporting weeks: ISO weeks from Monday to Sunday, in the time zone of the plan."""

import re
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache, total_ordering
from typing import TYPE_CHECKING

from planner.base.errors import BadValueError
from planner.base.language import tr
from planner.base.views import value_class

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

# No plan has dates outside these years. An earlier or later date is a typing error (0202 for 2020). Adding or
# subtracting some years within this range can never exceed the calendar of `datetime`.
EARLIEST = date(1900, 1, 1)
LATEST = date(2199, 12, 31)

_WEEK_FORM = re.compile(r"(\d{4})-?W(\d{1,2})", re.IGNORECASE | re.ASCII)


@total_ordering
@value_class
class Week:
    """An ISO week. `str()` gives 2020-W14."""

    year: int
    number: int

    def __lt__(self, other: "Week") -> bool:
        """Return whether this week is earlier than the other."""
        return (self.year, self.number) < (other.year, other.number)

    @classmethod
    def of(cls, day: date) -> "Week":
        """Return the week that contains a day."""
        year, number, _ = day.isocalendar()
        return cls(year, number)

    @classmethod
    def parse(cls, text: str) -> "Week":
        """Read a week in the stored form, 2020-W14. `planner.dates.typed` reads the forms that people type.

        Raises BadValueError for any other text, and for week 53 of a year that has 52 weeks.
        """
        match = _WEEK_FORM.fullmatch(text.strip())
        try:
            if match is None:
                raise ValueError(text)
            week = cls(int(match[1]), int(match[2]))
            require_calendar(week.monday)
        except (ValueError, OverflowError) as error:
            raise BadValueError(
                tr("'{text}' is not a week", text=text), where="week", do=tr("Give an ISO week such as 2020-W14")
            ) from error
        return week

    @property
    def monday(self) -> date:
        """The first day of the week."""
        return date.fromisocalendar(self.year, self.number, 1)

    @property
    def sunday(self) -> date:
        """The last day of the week."""
        return date.fromisocalendar(self.year, self.number, 7)

    @property
    def previous(self) -> "Week":
        """The week before this one."""
        return Week.of(self.monday - timedelta(days=7))

    @property
    def next(self) -> "Week":
        """The week after this one."""
        return Week.of(self.monday + timedelta(days=7))

    def span(self, time_zone: str) -> tuple[datetime, datetime]:
        """Return the instants at which the week begins and ends in a time zone."""
        return day_begins(self.monday, time_zone), day_begins(self.next.monday, time_zone)

    def last_instant(self, time_zone: str) -> datetime:
        """Return the end of Sunday in a time zone, converted to UTC. What was recorded by then is part of the week."""
        return datetime.combine(self.sunday, time.max, _zone(time_zone)).astimezone(UTC)

    def __str__(self) -> str:
        return f"{self.year:04d}-W{self.number:02d}"


def require_calendar(day: date) -> None:
    """Raise OverflowError for a day before 1900 or after 2199."""
    if not EARLIEST <= day <= LATEST:
        raise OverflowError(f"{day} is not between {EARLIEST} and {LATEST}")


# A list of items asks for the Mondays of few days, each many times.
@lru_cache(maxsize=1_000)
def monday_of(day: date) -> date:
    """Return the Monday of the week that contains a day."""
    return day - timedelta(days=day.weekday())


def weeks_between(since: date, as_of: date) -> int:
    """Return the number of whole reporting weeks between the weeks of two days."""
    return (monday_of(as_of) - monday_of(since)) // timedelta(weeks=1)


def day_begins(day: date, time_zone: str) -> datetime:
    """Return the instant at which a day begins in a time zone."""
    return datetime.combine(day, time.min, _zone(time_zone))


def local_day(instant: datetime, time_zone: str) -> date:
    """Return the calendar day of an instant in the time zone of a plan."""
    return instant.astimezone(_zone(time_zone)).date()


@lru_cache
def _zone(name: str) -> "ZoneInfo":
    # The app's first screen is drawn before anything needs a time zone.
    from zoneinfo import ZoneInfo

    return ZoneInfo(name)
