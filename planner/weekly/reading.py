"""A reporting week while it is read: which week, as of which day, as known when; each of its facts is read once."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from planner.errors import BadValueError, TooSoonError
from planner.queries.clauses import read_clause_references
from planner.queries.plans import PlanView, last_recorded, read_plan, require_known
from planner.queries.point import Point
from planner.queries.register import read_register_on
from planner.queries.views import ItemView
from planner.rules.weeks import Week
from planner.weekly.table import Frame


@dataclass(frozen=True)
class WeeklyRow:
    """An item in a weekly file: as it stands on the file's day, and as it stood on the last day of the week before.

    Both are seen with the same knowledge. `clauses` are those of its measure, as mandate:key.
    """

    item: ItemView
    before: ItemView
    clauses: tuple[str, ...]
    simulated: bool


@dataclass(frozen=True)
class Instance:
    """Which weekly file: the same `week` and `known_at` always give the same rows. The plan is as it was known then."""

    plan: PlanView
    week: Week
    as_of: date
    known_at: datetime

    @property
    def frame(self) -> Frame:
        """What is the same in every row."""
        return Frame(self.week, self.as_of, self.plan.simulated)

    @property
    def days(self) -> tuple[date, date]:
        """The day it is as of, and the last day of the week before."""
        return self.as_of, self.week.previous.sunday

    @property
    def point(self) -> Point:
        """The point in time it looks from."""
        return Point(self.as_of, self.known_at)

    @property
    def known_at_local(self) -> str:
        """The instant of its knowledge in the plan's time zone, in the form that commands read."""
        return self.known_at.astimezone(ZoneInfo(self.plan.time_zone)).isoformat()

    @property
    def options(self) -> str:
        """The options of `planner weekly` that make the same file again."""
        return f"--week {self.week} --known-at {self.known_at_local}"


@dataclass
class WeekReading:
    """A week and the session it is read with. Sections ask it for facts; what several of them need is read once."""

    session: Session = field(repr=False)
    instance: Instance

    @property
    def plan(self) -> PlanView:
        """The plan as it was known."""
        return self.instance.plan

    @cached_property
    def rows(self) -> tuple[WeeklyRow, ...]:
        """All items, in code order."""
        return tuple(self._rows())

    def rows_of(self, codes: Sequence[str]) -> tuple[WeeklyRow, ...]:
        """The items of some codes, in code order; nothing of an item that was not known then."""
        return tuple(self._rows(codes))

    def as_known(self, instant: datetime) -> "WeekReading":
        """The same week as of the same day, as known at another instant; the plan's settings too are those of then.

        Raises TooSoonError for an instant at which nothing was known, NoDatabaseError or UnknownNameError for one at
        which the plan was not.
        """
        require_known(self.session, instant)
        then = read_plan(self.session, self.plan.key, instant)
        return WeekReading(self.session, replace(self.instance, plan=then, known_at=instant))

    def _rows(self, codes: Sequence[str] | None = None) -> Iterator[WeeklyRow]:
        plan, known_at = self.plan, self.instance.known_at
        items, earlier = read_register_on(self.session, plan, self.instance.days, known_at, codes)
        clauses = read_clause_references(self.session, plan, known_at)
        for item, before in zip(items, earlier, strict=True):
            yield WeeklyRow(item, before, clauses.get(item.measure, ()), plan.simulated)

    @property
    def items(self) -> list[ItemView]:
        """All items as they stand on the file's day, in code order."""
        return [row.item for row in self.rows]

    @property
    def earlier(self) -> list[ItemView]:
        """The same as they stood on the last day of the week before."""
        return [row.before for row in self.rows]


def open_week(
    session: Session, plan: PlanView, *, now: datetime, week: Week | None = None, known_at: datetime | None = None
) -> WeekReading:
    """A reporting week as known at an instant that has passed (now, where none is given).

    It is as of the week's Sunday, or of the instant's own day where the week was not over then. Without a week it is
    the week of that day. A demonstration's days end with the day it lives on.

    Raises TooSoonError for an instant that has not come or of which nothing is known, and for a week that begins after
    it; BadValueError for a week that ends before the plan begins.
    """
    instant = _instant(session, now, known_at)
    then = read_plan(session, plan.key, instant)
    today = then.day_at(instant)
    chosen = _checked(week or Week.of(today), then, today)
    return WeekReading(session, Instance(then, chosen, min(chosen.sunday, today), instant))


def _instant(session: Session, now: datetime, known_at: datetime | None) -> datetime:
    """The instant of the file's knowledge.

    Another machine's clock may be ahead of this one's: what is recorded already is known, whatever its instant.
    """
    newest = max(now, last_recorded(session) or now).astimezone(UTC)
    if known_at is None:
        return newest
    if known_at > newest:
        raise TooSoonError(
            "that instant has not come yet, and more may be recorded until it does",
            where="known at",
            do="Give one that has passed, or leave it out",
        )
    require_known(session, known_at)
    return known_at


def _checked(week: Week, plan: PlanView, today: date) -> Week:
    if week.monday > today:
        raise TooSoonError(
            f"{week} begins on {week.monday}, after the day it is seen from ({today})",
            where="week",
            do=f"Give {Week.of(today)} or an earlier week",
        )
    if week.sunday < plan.starts:
        raise BadValueError(
            f"{week} ends before the plan begins ({plan.starts})",
            where="week",
            do=f"Give {Week.of(plan.starts)} or a later week",
        )
    return week
