"""The calendar of the demonstration: its span, its working days, and the times of day at which people make entries."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from planner.base.errors import BadValueError
from planner.base.language import tr
from planner.bundle.forms import PlanForm
from planner.dates.typed import Lean, read_day
from planner.demo.chance import Chance
from planner.domain.rules.weeks import Week

FRIDAY = 4
# Times before the first officer writes: the plan is loaded, divisions are added, then the items' due dates are set.
LOADED_AT = time(8, 30)
DIVIDED_AT = time(8, 40)
DATED_AT = time(8, 45)


@dataclass(frozen=True)
class Year:
    """The simulated year: from the day the plan was published, or its first day if that is later, to its last day."""

    first: date
    last: date
    time_zone: str

    def at(self, day: date, clock: time) -> datetime:
        """Return the instant of a wall-clock time in the plan's time zone."""
        return datetime.combine(day, clock, ZoneInfo(self.time_zone)).astimezone(UTC)

    def weeks(self) -> list[Week]:
        """Return the reporting weeks of the year. The first and the last may be incomplete."""
        mondays = range(0, (self.last - Week.of(self.first).monday).days + 1, 7)
        return [Week.of(Week.of(self.first).monday + timedelta(days=days)) for days in mondays]


def span_of(plan: PlanForm) -> Year:
    """Return the year that is simulated for a plan."""
    return Year(max(plan.starts, plan.published or plan.starts), plan.ends, plan.time_zone)


def usual_day(plan: PlanForm) -> date:
    """Return the day that is today in a demonstration by default: the last Friday in the first four fifths of the year.

    For a calendar year, this is a Friday in the middle of October. By then all states occur, and some work is still
    left.
    """
    four_fifths = plan.starts + timedelta(days=(plan.ends - plan.starts).days * 4 // 5)
    friday = four_fifths - timedelta(days=(four_fifths.weekday() - FRIDAY) % 7)
    return max(friday, span_of(plan).first)


def requested_day(plan: PlanForm, as_of: str | None) -> date:
    """Return the day named by `as_of`, or the usual day for None. Words such as today and -1w count from the usual day.

    Raises BadValueError if the text is not a date, or if the date is outside the simulated year.
    """
    usual, span = usual_day(plan), span_of(plan)
    if as_of is None:
        return usual
    day = read_day(as_of, usual, "as of", lean=Lean.NEAREST)
    if not span.first <= day <= span.last:
        raise BadValueError(
            tr("{day} is outside the simulated year", day=day),
            where="as of",
            do=tr("Give a date from {first} to {last}", first=span.first, last=span.last),
        )
    return day


def working_day(day: date) -> date:
    """Return the day itself, or the following Monday if it is on a weekend. Holidays are not simulated."""
    return day + timedelta(days=max(0, 7 - day.weekday())) if day.weekday() > FRIDAY else day


def office_time(chance: Chance) -> time:
    """Return a random time within office hours, more often in the afternoon."""
    minute = (
        chance.whole(13 * 60 + 35, 17 * 60 + 55) if chance.happens(0.65) else chance.whole(9 * 60 + 5, 11 * 60 + 50)
    )
    return time(minute // 60, minute % 60, chance.whole(0, 59))


def end_of_day(chance: Chance) -> time:
    """Return a random time shortly before the office closes, after all reports of the day."""
    return time(17, chance.whole(56, 59), chance.whole(0, 59))


def spoken(day: date) -> str:
    """Return a date as it is written in a sentence, such as 14 April."""
    return f"{day.day} {day:%B}"
