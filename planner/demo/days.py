"""The demonstration's calendar: the days it covers, working days, and the minute at which an officer sits down."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from planner.bundle.forms import PlanForm
from planner.dates.typed import Lean, read_day
from planner.demo.chance import Chance
from planner.errors import BadValueError
from planner.rules.weeks import Week

FRIDAY = 4
# Before the first officer of the day: the plan is loaded, its divisions are put, then each item's due date is set.
LOADED_AT = time(8, 30)
DIVIDED_AT = time(8, 40)
DATED_AT = time(8, 45)


@dataclass(frozen=True)
class Span:
    """The simulated year: from the day the plan is out (no earlier than its first day) to its last day."""

    first: date
    last: date
    time_zone: str

    def at(self, day: date, clock: time) -> datetime:
        """The instant of a wall-clock time in the plan's zone."""
        return datetime.combine(day, clock, ZoneInfo(self.time_zone)).astimezone(UTC)

    def weeks(self) -> list[Week]:
        """The reporting weeks of the year, the first and the last possibly cut."""
        mondays = range(0, (self.last - Week.of(self.first).monday).days + 1, 7)
        return [Week.of(Week.of(self.first).monday + timedelta(days=days)) for days in mondays]


def span_of(plan: PlanForm) -> Span:
    """The year that is simulated for a plan."""
    return Span(max(plan.starts, plan.published or plan.starts), plan.ends, plan.time_zone)


def usual_day(plan: PlanForm) -> date:
    """The day a demonstration lives on unless another is asked for: the last Friday within four fifths of the year.

    For a calendar year that is a Friday in the middle of October: late enough for all states to have come about, early
    enough for work to be left.
    """
    fifths = plan.starts + timedelta(days=(plan.ends - plan.starts).days * 4 // 5)
    friday = fifths - timedelta(days=(fifths.weekday() - FRIDAY) % 7)
    return max(friday, span_of(plan).first)


def day_asked_for(plan: PlanForm, as_of: str | None) -> date:
    """The day that is meant; words such as today and -1w count from the usual day.

    Raises BadValueError for what is no date or lies outside the simulated year.
    """
    usual, span = usual_day(plan), span_of(plan)
    if as_of is None:
        return usual
    day = read_day(as_of, usual, "as of", lean=Lean.NEAREST)
    if not span.first <= day <= span.last:
        raise BadValueError(
            f"{day} is outside the simulated year", where="as of", do=f"Give a date from {span.first} to {span.last}"
        )
    return day


def working_day(day: date) -> date:
    """The day itself, or the Monday after it on a weekend. Holidays are not simulated."""
    return day + timedelta(days=max(0, 7 - day.weekday())) if day.weekday() > FRIDAY else day


def office_time(chance: Chance) -> time:
    """A time at which somebody is at the desk, more often in the afternoon."""
    minute = (
        chance.whole(13 * 60 + 35, 17 * 60 + 55) if chance.happens(0.65) else chance.whole(9 * 60 + 5, 11 * 60 + 50)
    )
    return time(minute // 60, minute % 60, chance.whole(0, 59))


def end_of_day(chance: Chance) -> time:
    """A time after all reports of the day, before the office closes."""
    return time(17, chance.whole(56, 59), chance.whole(0, 59))


def spoken(day: date) -> str:
    """A date as it stands in a sentence: 14 April."""
    return f"{day.day} {day:%B}"
