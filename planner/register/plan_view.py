"""A plan with its settings, totals and themes, and whether its database is a demonstration.

This module imports no SQLAlchemy, because the app's first screen is drawn before SQLAlchemy is imported.
"""

from datetime import date, datetime

from planner.base.language import tr
from planner.base.views import value_class
from planner.dates.span import Span
from planner.domain.first_kinds import FIRST_KINDS
from planner.domain.rules.settings import Settings
from planner.domain.rules.weeks import local_day
from planner.domain.vocabulary import NO_MANDATE, Cadence


@value_class
class ThemeView:
    """A theme of the plan.

    `parent` is the id of the theme that it is part of, and `label` its number as the plan prints it. `depth` is 0 for a
    theme that is part of no other.
    """

    id: int
    number: int
    title: str
    restatement: str
    basis: str
    parent: int | None = None
    label: str | None = None
    depth: int = 0

    @property
    def printed_title(self) -> str:
        """The title, with the printed number before it if the theme is part of another one."""
        return f"{self.label} {self.title}" if self.label and self.depth else self.title


@value_class
class KindView:
    """A kind of items. `place` is its place among the kinds of the plan."""

    key: str
    title: str
    place: int


# The place of a kind that was merged into another one: the plan does not list it any more.
NO_PLACE = 0
# The kinds of a plan that has no kinds of its own.
KINDS_OF_OLD = tuple(KindView(kind.key, kind.title, place) for place, kind in enumerate(FIRST_KINDS, 1))


@value_class
class PlanView:
    """A plan. `simulated_today` is the fixed current day of a demonstration. It is None in an office's register.

    `of_several` is whether the register has other plans beside it today. `waiting` is the key of the last open
    proposal of a first mandate version, if the plan has no mandate.
    """

    id: int
    key: str
    title: str
    year: int
    starts: date
    ends: date
    published: date | None
    time_zone: str
    issuer: str
    mandate: str
    settings: Settings
    totals: dict[str, int]
    themes: tuple[ThemeView, ...]
    simulated_today: date | None
    kinds: tuple[KindView, ...] = KINDS_OF_OLD
    cadence: Cadence = Cadence.WEEKLY
    language: str | None = None
    of_several: bool = False
    waiting: str | None = None

    @property
    def span(self) -> Span:
        """The time to which a date without a year belongs."""
        return Span(self.starts, self.ends)

    @property
    def has_mandate(self) -> bool:
        """Whether the plan is based on a mandate. If so, `mandate` is the key of the mandate version in force."""
        return self.mandate != NO_MANDATE

    def within(self, theme: int) -> frozenset[int]:
        """Return the numbers of a theme and of all themes that are parts of it."""
        ids = {one.id for one in self.themes if one.number == theme}
        for _ in self.themes:
            ids |= {one.id for one in self.themes if one.parent in ids}
        return frozenset(one.number for one in self.themes if one.id in ids)

    @property
    def simulated(self) -> bool:
        """Whether the reports in this database are made up for a demonstration."""
        return self.simulated_today is not None

    def today(self, now: datetime) -> date:
        """Return the current day in the plan's time zone. In a demonstration, the current day is fixed."""
        return self.simulated_today or local_day(now, self.time_zone)

    def time_at(self, instant: datetime) -> str:
        """Return an instant in the plan's time zone as people read it, to the minute, with the distance from UTC."""
        # The app's first screen is drawn before anything needs a time zone.
        from zoneinfo import ZoneInfo

        return f"{instant.astimezone(ZoneInfo(self.time_zone)):%Y-%m-%d %H:%M%z}"

    def second_at(self, instant: datetime) -> str:
        """Return an instant in the plan's time zone to the second, in the form that commands accept."""
        from zoneinfo import ZoneInfo

        return instant.astimezone(ZoneInfo(self.time_zone)).isoformat(timespec="seconds")

    def day_at(self, instant: datetime) -> date:
        """Return the day at an instant in the plan's time zone.

        In a demonstration, it is at most the fixed current day.
        """
        day = local_day(instant, self.time_zone)
        return day if self.simulated_today is None else min(day, self.simulated_today)


def why_not_today(plan: PlanView, day: date) -> str:
    """Return a sentence that says why a plan opens on a day that is not today."""
    if day <= plan.starts:
        return tr("The plan begins on {day}, and is shown as of that day.", day=day)
    if day == plan.ends:
        return tr("The plan ended on {day}, and is shown as of that day.", day=day)
    return tr("The plan ended on {ends}, and is shown as of the last report, {day}.", ends=plan.ends, day=day)
