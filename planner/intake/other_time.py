"""The time that files name for themselves, if it is outside the plan: they can be those of another year."""

from collections.abc import Iterator
from datetime import date

from planner.base.views import view
from planner.dates.parts import day_of
from planner.dates.span import Span
from planner.intake.proposed import ProposedRegister, days_of_all
from planner.intake.sheets import Place


@view
class OtherTime:
    """A day or a year outside the plan that a file names for itself: its `words` and where it stands."""

    words: str
    place: Place
    day: date | None = None

    def in_plan(self, starts: date, ends: date, today: date) -> Iterator[date]:
        """Yield the same day in the years of the plan: people forget to change the year in January."""
        if self.day is None:
            return
        for year in range(starts.year, ends.year + 1):
            day = day_of(year, (self.day.month, self.day.day))
            if starts <= day <= min(ends, today):
                yield day


def other_time(proposed: ProposedRegister, span: Span) -> OtherTime | None:
    """Return the time outside the plan that files name, or None. Days after the end are those of late reports."""
    stated = days_of_all(proposed.stated_days)
    days = [day for day in stated if day < span.starts or span.long_over(day)]
    if days:
        return OtherTime(str(min(days)), stated[min(days)], min(days))
    year = min(proposed.other_years, default=None)
    return None if year is None else OtherTime(str(year), proposed.other_years[year])
