"""The argument of every write: an open register, its plan, who writes, on which day and at which instant."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime

from sqlalchemy.orm import Session

from planner.base.views import value_class
from planner.register.closing import require_open
from planner.register.plan_view import PlanView
from planner.register.point import Point
from planner.register.reading import Reading
from planner.store import journal
from planner.store.journal import Actor, Journal


@value_class
class Writing:
    """An open write to the register: one transaction, made by one person at one instant.

    `today` is the current day in the plan's time zone, or the fixed day of a demonstration. `at` is the instant in UTC
    that is recorded with the write. `recording_day` is the day as of which something is recorded if the person names
    no other, or None for today. `recorded` is called with the plan after something about it was committed.
    """

    session: Session
    plan: PlanView
    actor: Actor
    today: date
    at: datetime
    recording_day: date | None = None
    recorded: Callable[[PlanView], None] | None = None

    @property
    def day(self) -> date:
        """The day as of which something is recorded if the person names no other."""
        return self.recording_day or self.today

    @contextmanager
    def journal(self, *, of_plan: bool = True, clock_checked: bool = True) -> Iterator[Journal]:
        """Make the write in a block. Its rows and events are committed together at the end of the block.

        `of_plan` is False for what all plans share, such as people and documents. Raises NotAllowedError if the write
        is about a plan that is closed.
        """
        with journal.writing(self.session, self.actor, self.at, clock_checked=clock_checked) as opened:
            if of_plan:
                require_open(self.session, self.plan)
            yield opened
        if of_plan and self.recorded is not None and opened.recorded_anything:
            self.recorded(self.plan)

    def reading(self, as_of: date | None = None) -> Reading:
        """Return a `Reading` for reads inside this write. `as_of` is the day of the write unless it is given."""
        return Reading(self.session, self.plan, Point(as_of or self.day, None, self.today))
