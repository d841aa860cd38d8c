"""The argument of every write: an open register, its plan, who writes, on which day and at which instant."""

from contextlib import AbstractContextManager
from datetime import date, datetime

from sqlalchemy.orm import Session

from planner.base.views import value_class
from planner.register.plan_view import PlanView
from planner.register.point import Point
from planner.register.reading import Reading
from planner.store import journal
from planner.store.journal import Actor, Journal


@value_class
class Writing:
    """An open write to the register: one transaction, made by one person at one instant.

    `today` is the current day in the plan's time zone, or the fixed day of a demonstration. `at` is the instant in UTC
    that is recorded with the write.
    """

    session: Session
    plan: PlanView
    actor: Actor
    today: date
    at: datetime

    def journal(self, *, clock_checked: bool = True) -> AbstractContextManager[Journal]:
        """Return a block that makes the write. Its rows and events are committed together at the end of the block."""
        return journal.writing(self.session, self.actor, self.at, clock_checked=clock_checked)

    def reading(self, as_of: date | None = None) -> Reading:
        """Return a `Reading` for reads inside this write. `as_of` is today unless it is given."""
        return Reading(self.session, self.plan, Point(as_of or self.today))
