"""The rows of a weekly progress file: every item at the end of a reporting week, beside the end of the week before."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from planner.errors import BadValueError, TooSoonError
from planner.queries.clauses import read_clause_references
from planner.queries.plans import PlanView, last_recorded, read_plan, require_known
from planner.queries.register import read_register_on
from planner.queries.views import ItemView
from planner.rules.weeks import Week, local_day


@dataclass(frozen=True)
class WeeklyRow:
    """An item in a weekly file: as it stands on the file's day, and as it stood on the last day of the week before.

    Both are seen with the same knowledge. `clauses` are those of its measure, as mandate:key.
    """

    item: ItemView
    before: ItemView
    clauses: tuple[str, ...]
    week: Week
    as_of: date
    simulated: bool


@dataclass(frozen=True)
class Weekly:
    """A weekly file before it is written. The same `week` and `known_at` always give the same rows."""

    plan: PlanView
    week: Week
    as_of: date
    known_at: datetime
    rows: tuple[WeeklyRow, ...]

    @property
    def known_at_local(self) -> str:
        """The instant of its knowledge in the plan's time zone, in the form that --known-at reads."""
        return self.known_at.astimezone(ZoneInfo(self.plan.time_zone)).isoformat()

    @property
    def options(self) -> str:
        """The options of `planner weekly` that make the same file again."""
        return f"--week {self.week} --known-at {self.known_at_local}"


def read_weekly(
    session: Session, plan: PlanView, *, now: datetime, week: Week | None = None, known_at: datetime | None = None
) -> Weekly:
    """The weekly file of a reporting week, as known at an instant that has passed (now, where none is given).

    It is as of the week's Sunday, or of the instant's own day where the week was not over then. Without a week it is
    the week of that day. A demonstration's days end with the day it lives on.

    Raises TooSoonError for an instant that has not come or of which nothing is known, and for a week that begins after
    it; BadValueError for a week that ends before the plan begins.
    """
    instant = _instant(session, now, known_at)
    then = read_plan(session, plan.key, instant)
    today = local_day(instant, then.time_zone)
    if then.simulated_today is not None:
        today = min(today, then.simulated_today)
    chosen = _checked(week or Week.of(today), then, today)
    as_of = min(chosen.sunday, today)
    items, earlier = read_register_on(session, then, [as_of, chosen.previous.sunday], instant)
    before = {item.id: item for item in earlier}
    clauses = read_clause_references(session, then, instant)
    rows = (
        WeeklyRow(
            item=item,
            before=before[item.id],
            clauses=clauses.get(item.measure, ()),
            week=chosen,
            as_of=as_of,
            simulated=then.simulated,
        )
        for item in items
    )
    return Weekly(then, chosen, as_of, instant, tuple(rows))


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
            where="--known-at",
            do="Give one that has passed, or leave it out",
        )
    require_known(session, known_at)
    return known_at


def _checked(week: Week, plan: PlanView, today: date) -> Week:
    if week.monday > today:
        raise TooSoonError(
            f"{week} begins on {week.monday}, after the day it is seen from ({today})",
            where="--week",
            do=f"Give {Week.of(today)} or an earlier week",
        )
    if week.sunday < plan.starts:
        raise BadValueError(
            f"{week} ends before the plan begins ({plan.starts})",
            where="--week",
            do=f"Give {Week.of(plan.starts)} or a later week",
        )
    return week
