"""The time of a plan, to which a date that was typed without its year belongs."""

from collections.abc import Sequence
from datetime import date, timedelta

from planner.base.views import view
from planner.dates.lean import Lean

# docs/decisions/0134: final reports and late deadlines of a plan that is just over are about the days after it.
_STILL_RUNNING = timedelta(weeks=13)
_YEAR = timedelta(days=365)


@view
class Span:
    """The time to which a date without a year belongs: the first and the last day of a plan."""

    starts: date
    ends: date

    def reference(self, today: date, lean: Lean) -> date:
        """Return the day from which a date without a year is looked for.

        That is today while the plan runs and in the first three months after it. Later, dates are those of the plan's
        last year. Before the plan begins, the next dates are those of its first year.
        """
        if self.long_over(today):
            back = {
                Lean.BACK: self.ends,
                Lean.NEAREST: self.ends - _YEAR / 2,
                Lean.AHEAD: _first_of_last_year(self.ends),
            }
            return max(self.starts, back[lean])
        if today < self.starts and lean is not Lean.BACK:
            return self.starts if lean is Lean.AHEAD else self.starts + _YEAR / 2
        return today

    def long_over(self, today: date) -> bool:
        """Whether the plan has been over for more than three months, in which final reports are made."""
        return today > self.ends + _STILL_RUNNING

    def __contains__(self, day: date) -> bool:
        """Whether a day is one of the plan."""
        return self.starts <= day <= self.ends

    def distance(self, day: date) -> timedelta:
        """Return how far a day is from the plan's time. It is nothing for a day of the plan."""
        return max(self.starts - day, day - self.ends, timedelta())


def _first_of_last_year(ends: date) -> date:
    """Return the first day of the year that ends on a day."""
    is_leap_day = (ends.month, ends.day) == (2, 29)
    before = ends.replace(year=ends.year - 1, day=28 if is_leap_day else ends.day)
    return before + timedelta(days=1)


@view
class Frame:
    """How a date without a year or week is read: as of which day, in which direction, and in the time of which plan.

    Words such as "yesterday" count from `today`. Without a `span`, dates without a year do too.
    """

    today: date
    lean: Lean
    span: Span | None = None

    @property
    def reference(self) -> date:
        """The day from which a date without a year is looked for."""
        return self._reference(self.lean)

    @property
    def deadlines_from(self) -> date:
        """The day from which the end of a period without a year is looked for."""
        return self._reference(Lean.AHEAD)

    def nearest(self, days: Sequence[date]) -> date:
        """Return the day that is in the plan's time, or nearest to it, and of those the nearest to today."""
        return min(days, key=lambda day: (self.span.distance(day) if self.span else timedelta(), abs(day - self.today)))

    def _reference(self, lean: Lean) -> date:
        return self.today if self.span is None else self.span.reference(self.today, lean)
