"""The time scale of a timeline drawn in text. Each character cell covers a day, half a week or a week."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from planner.base.formats import month
from planner.domain.rules.weeks import EARLIEST, LATEST, Week

_WEEK = timedelta(weeks=1)


class Zoom(StrEnum):
    """The zoom of a timeline, from near to far. Each zoom is named after the unit that the ruler emphasises."""

    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"


# The number of cells per week.
CELLS_A_WEEK = {Zoom.WEEK: 7, Zoom.MONTH: 2, Zoom.QUARTER: 1}


@dataclass(frozen=True)
class Tick:
    """A label on the ruler of a timeline, with its cell and the room for it in characters.

    `days` are the first and the last day that the label covers.
    """

    cell: int
    width: int
    label: str
    days: tuple[date, date]


@dataclass(frozen=True)
class Scale:
    """The time scale of a timeline: a row of cells that begins with the Monday of a week.

    Use `from_day` to make one.
    """

    zoom: Zoom
    monday: date
    cells: int

    @classmethod
    def from_day(cls, zoom: Zoom, day: date, cells: int) -> "Scale":
        """Return a scale that begins with the week of a day.

        A day outside the years of a timeline is moved to its nearest end.
        """
        within = min(LATEST, max(EARLIEST, day))
        return cls(zoom, Week.of(within).monday, max(1, cells))

    @property
    def last(self) -> date:
        """The last day that the time scale shows."""
        return self.first_day_of(self.cells) - timedelta(days=1)

    def place(self, day: date) -> int:
        """Return the cell of a day. For a day outside the scale, it is below 0, or `cells` or more."""
        return (day - self.monday).days * CELLS_A_WEEK[self.zoom] // 7

    def first_day_of(self, cell: int) -> date:
        """Return the first day that a cell of the timeline covers."""
        return self.monday + timedelta(days=-(-cell * 7 // CELLS_A_WEEK[self.zoom]))

    def sees(self, day: date) -> bool:
        """Return whether a day has a cell on the time scale."""
        return 0 <= self.place(day) < self.cells

    def until(self, day: date) -> "Scale":
        """Return the same scale, cut off after a day. If the day is before the scale, only the first cell is left."""
        return replace(self, cells=max(1, min(self.cells, self.place(day) + 1)))

    def moved(self, ticks: int) -> "Scale":
        """Return a scale of the same size that begins some ticks later, or earlier if `ticks` is negative."""
        weeks = {Zoom.WEEK: 1, Zoom.MONTH: 2, Zoom.QUARTER: 4}[self.zoom] * ticks
        return replace(self, monday=Scale.from_day(self.zoom, self.monday + weeks * _WEEK, self.cells).monday)

    def around(self, day: date) -> "Scale":
        """Return a scale of the same size on which a day is a third of the way from the left."""
        # Rounded up to whole days, so that the day is never left of the third.
        before = timedelta(days=-(-(self.cells // 3) * 7 // CELLS_A_WEEK[self.zoom]))
        return replace(self, monday=Scale.from_day(self.zoom, day - before, self.cells).monday)

    def zoomed(self, zoom: Zoom, day: date) -> "Scale":
        """Return the scale at another zoom, with a given day in the same cell, as nearly as whole weeks allow.

        A day that was not visible is placed a third of the way from the left.
        """
        if not self.sees(day):
            return replace(self, zoom=zoom).around(day)
        before = timedelta(days=self.place(day) * 7 // CELLS_A_WEEK[zoom])
        found = Scale.from_day(zoom, day - before, self.cells)
        # Because the scale begins with a whole week, a day at the right edge may have become invisible.
        return found if found.sees(day) else Scale.from_day(zoom, found.monday + _WEEK, self.cells)

    def ticks(self) -> list[Tick]:
        """Return the lower line of the timeline's ruler: weeks, every second week, or months."""
        if self.zoom is Zoom.QUARTER:
            return self._labelled(self._months(), month)
        step = 1 if self.zoom is Zoom.WEEK else 2
        weeks = (self.monday + number * _WEEK for number in range(0, self.cells + 1, step))
        return self._labelled(weeks, lambda day: f"W{Week.of(day).number:02d}")

    def heads(self) -> list[Tick]:
        """Return the upper line of the timeline's ruler: months or quarters."""
        if self.zoom is not Zoom.QUARTER:
            return self._labelled(self._months(), lambda day: f"{month(day)} {day.year}")
        quarters = (day for day in self._months() if day == self.monday or day.month % 3 == 1)
        return self._labelled(quarters, _quarter)

    def stretches(self) -> list[Tick]:
        """Return the visible periods of the zoom's unit: weeks, months or quarters."""
        return self.ticks() if self.zoom is Zoom.WEEK else self.heads()

    def _months(self) -> Iterator[date]:
        """Yield the first visible day, and then the first day of each visible month."""
        day = self.monday
        while day <= self.last:
            yield day
            day = next_month(day)

    def _labelled(self, starts: Iterable[date], label: Callable[[date], str]) -> list[Tick]:
        """Return one ruler label for each period. `starts` are the first days of the periods.

        A period without a cell of its own gets no label.
        """
        beginnings = [day for day in starts if self.sees(day)]
        ends = [*beginnings[1:], self.last + timedelta(days=1)]
        ticks = []
        for day, end in zip(beginnings, ends, strict=True):
            width = (self.place(end) if self.sees(end) else self.cells) - self.place(day)
            ticks.append(Tick(self.place(day), width, label(day), (day, end - timedelta(days=1))))
        return ticks


def next_month(day: date) -> date:
    """Return the first day of the next month."""
    return (day.replace(day=1) + timedelta(days=31)).replace(day=1)


def _quarter(day: date) -> str:
    return f"{day.year} Q{(day.month + 2) // 3}"


def period(zoom: Zoom, day: date) -> str:
    """Return the period that contains a day, in a form that sorts: 2020-W38, 2020-09 or 2020-Q3."""
    if zoom is Zoom.WEEK:
        return str(Week.of(day))
    return f"{day:%Y-%m}" if zoom is Zoom.MONTH else _quarter(day).replace(" ", "-")


def fitting_zoom(first: date, last: date, cells: int) -> Zoom:
    """Return the nearest zoom at which all days from `first` to `last` are visible.

    If some day is outside at every zoom, return the farthest zoom.
    """
    for zoom in Zoom:
        if Scale.from_day(zoom, first, cells).sees(last):
            return zoom
    return Zoom.QUARTER
