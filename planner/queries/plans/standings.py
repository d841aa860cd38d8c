"""All plans of a register, each with the roll-up of its items on one day and at the end of the period before."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from planner.base.errors import NoDatabaseError, UnknownNameError
from planner.base.views import value_class
from planner.domain.rules.figures import points_between
from planner.domain.rules.periods import day_before_period
from planner.domain.rules.rollup import RollUp, combine_roll_ups, roll_up
from planner.domain.vocabulary import Concern, State
from planner.queries.findings import read_finding_groups
from planner.queries.items.ordering import register_order
from planner.queries.items.register import read_parts
from planner.register.closing import Closing, closing_on
from planner.register.plan_view import PlanView
from planner.register.plans import read_plan, read_plan_keys
from planner.register.point import Point
from planner.register.reading import Reading
from planner.store.models import Item


# docs/decisions/0144: the numbers of each plan are those of its own overview.
@value_class
class PlanStanding:
    """A plan, the roll-ups of all its items as of a day and at the end of its last period, and its open findings.

    `closing` is the act that closed the plan by that day, or None if it is open. `begun` is whether the plan has begun.
    """

    plan: PlanView
    as_of: date
    now: RollUp
    before: RollUp
    findings: int
    closing: Closing | None
    begun: bool = True

    @property
    def moved(self) -> float | None:
        """By how many percentage points the plan moved since its last period, or None if it has no percent."""
        return points_between(self.now.actual, self.before.actual)

    @property
    def ended(self) -> int:
        """How many items have ended: they are completed, cancelled or merged, and this was confirmed."""
        return self.now.states[State.COMPLETED] + self.now.states[State.DROPPED]

    @property
    def overdue(self) -> int:
        """How many items are overdue."""
        return self.now.states[State.OVERDUE]

    @property
    def off_track(self) -> int:
        """How many items are off track."""
        return self.now.states[State.OFF_TRACK]

    @property
    def silent(self) -> int:
        """How many items have a stale report, or no report at all. Nobody is silent before the plan begins."""
        return 0 if not self.begun else self.now.concerns[Concern.SILENT]

    @property
    def contradictions(self) -> int:
        """How many items are rated green although they are overdue or off track."""
        return self.now.concerns[Concern.CONTRADICTION]

    @property
    def awaiting(self) -> int:
        """How many reported endings nobody has confirmed."""
        return self.now.concerns[Concern.AWAITING]


def read_plan_standings(session: Session, point_of: Callable[[PlanView], Point]) -> list[PlanStanding]:
    """Return all plans of the register, those with most overdue items first, then those with most off track or silent.

    Plans that were closed by then come last. `point_of` returns the point in time at which a plan is read, which is
    another one in each time zone if it is today. Plans that were not recorded by its instant are left out. Raises
    TooSoonError if nothing was recorded by then.
    """
    plans = (read_plan(session, key) for key in read_plan_keys(session))
    readings = (_reading(session, plan, point_of) for plan in plans)
    return sorted((_standing(reading) for reading in readings if reading is not None), key=_bad_news_first)


def items_counted_twice(session: Session, plans: Iterable[PlanView]) -> int:
    """Return how many items of these plans continue an item of another one of them, so that both are counted."""
    earlier, later = aliased(Item), aliased(Item)
    ids = [plan.id for plan in plans]
    found = (
        select(func.count(later.id))
        .join(earlier, earlier.id == later.continues_id)
        .where(later.plan_id.in_(ids), earlier.plan_id.in_(ids), ~later.taken_out, ~earlier.taken_out)
    )
    return session.execute(found).scalar_one()


def _bad_news_first(one: PlanStanding) -> tuple[Any, ...]:
    return (one.closing is not None, -one.overdue, -one.off_track, -one.silent, -one.plan.year, one.plan.key)


def _reading(session: Session, plan: PlanView, point_of: Callable[[PlanView], Point]) -> Reading | None:
    """Return the reading of a plan, or None if the plan was not recorded by the instant."""
    try:
        return Reading(session, plan, point_of(plan)).with_known_plan()
    except (NoDatabaseError, UnknownNameError):
        return None


def _standing(reading: Reading) -> PlanStanding:
    rolled_up = [*_roll_ups(reading)]
    now, before = (combine_roll_ups([part[place] for part in rolled_up]) for place in (0, 1))
    findings = sum(len(group.open) for group in read_finding_groups(reading))
    closing = closing_on(reading)
    return PlanStanding(
        reading.plan, reading.as_of, now, before, findings, closing, reading.today >= reading.plan.starts
    )


def _roll_ups(reading: Reading) -> Iterator[tuple[RollUp, RollUp]]:
    """Yield the two roll-ups of each part of the register, so that a large one is never in memory as a whole."""
    for part in read_parts(reading, [reading.as_of, day_before_period(reading.plan.settings, reading.as_of)]):
        now, before = (roll_up(sorted(items, key=register_order)) for items in part.on_days)
        yield now, before
