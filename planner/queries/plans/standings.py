"""All plans of a register, each with the roll-up of its items on one day."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from planner.base.views import value_class
from planner.domain.rules.rollup import RollUp, combine_roll_ups, roll_up
from planner.domain.vocabulary import Concern, State
from planner.queries.items.ordering import register_order
from planner.queries.items.register import read_parts
from planner.register.closing import Closing, read_closing
from planner.register.plan_view import PlanView
from planner.register.plans import read_plan
from planner.register.point import Point
from planner.register.raw_rows import columns
from planner.register.reading import Reading
from planner.store.models import Plan


@value_class
class PlanStanding:
    """A plan, the roll-up of all its items as of a day, and the act that closed the plan, or None if it is open."""

    plan: PlanView
    as_of: date
    now: RollUp
    closing: Closing | None

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
        """How many items have a stale report, or no report at all."""
        return self.now.concerns[Concern.SILENT]


def read_plan_standings(session: Session, point_of: Callable[[PlanView], Point]) -> list[PlanStanding]:
    """Return all plans of the register, those with most overdue items first, then those with most off track or silent.

    Plans that were closed by then come last. `point_of` returns the point in time at which a plan is read, which is
    another one in each time zone if it is today.
    """
    keys = (
        session.execute(select(columns(Plan).key).where(~columns(Plan).taken_out).order_by(columns(Plan).key))
        .scalars()
        .all()
    )
    found = (_standing(session, read_plan(session, key), point_of) for key in keys)
    return sorted(found, key=_bad_news_first)


def _bad_news_first(one: PlanStanding) -> tuple[Any, ...]:
    return (one.closing is not None, -one.overdue, -one.off_track, -one.silent, -one.plan.year, one.plan.key)


def _standing(session: Session, plan: PlanView, point_of: Callable[[PlanView], Point]) -> PlanStanding:
    reading = Reading(session, plan, point_of(plan)).with_known_plan()
    rolled_up = combine_roll_ups(list(_roll_ups(reading)))
    return PlanStanding(reading.plan, reading.as_of, rolled_up, read_closing(session, plan.id, reading.today))


def _roll_ups(reading: Reading) -> Iterator[RollUp]:
    """Yield the roll-up of each part of the register, so that a large register is never in memory as a whole."""
    for part in read_parts(reading, [reading.as_of]):
        yield roll_up(sorted(part.on_days[0], key=register_order))
