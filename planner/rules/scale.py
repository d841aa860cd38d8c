"""Days across the cells of a line of text, for drawing a timeline: a cell is a day, half a week or a week."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from planner.rules.weeks import EARLIEST, LATEST, Week

_WEEK = timedelta(weeks=1)


class Zoom(StrEnum):
    """What stretch of time stands out on a timeline, from near to far."""

    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"


# How many cells a week takes.
CELLS_A_WEEK = {Zoom.WEEK: 7, Zoom.MONTH: 2, Zoom.QUARTER: 1}


@dataclass(frozen=True)
class Tick:
    """A label of the ruler at a cell, with `width` cells of room; `days` is what it stands over, both ends included."""

    cell: int
    width: int
    label: str
    days: tuple[date, date]


@dataclass(frozen=True)
class Scale:
    """As many cells as there is room for, the first of them at the beginning of a week. Made by `from_day`."""

    zoom: Zoom
    monday: date
    cells: int

    @classmethod
    def from_day(cls, zoom: Zoom, day: date, cells: int) -> "Scale":
        """A scale that begins with the week a day is in, as far as a timeline goes."""
        within = min(LATEST, max(EARLIEST, day))
        return cls(zoom, Week.of(within).monday, max(1, cells))

    @property
    def last(self) -> date:
        """The last day that is seen."""
        return self.first_day_of(self.cells) - timedelta(days=1)

    def place(self, day: date) -> int:
        """The cell a day stands in; below 0 or from `cells` on where it is not seen."""
        return (day - self.monday).days * CELLS_A_WEEK[self.zoom] // 7

    def first_day_of(self, cell: int) -> date:
        """The first day that stands in a cell."""
        return self.monday + timedelta(days=-(-cell * 7 // CELLS_A_WEEK[self.zoom]))

    def sees(self, day: date) -> bool:
        """Whether a day has a cell."""
        return 0 <= self.place(day) < self.cells

    def until(self, day: date) -> "Scale":
        """The same scale, ended with a day that it sees, and with its first cell where the day is before that."""
        return replace(self, cells=max(1, min(self.cells, self.place(day) + 1)))

    def moved(self, ticks: int) -> "Scale":
        """The same room, begun some ticks later (negative: earlier)."""
        weeks = {Zoom.WEEK: 1, Zoom.MONTH: 2, Zoom.QUARTER: 4}[self.zoom] * ticks
        return replace(self, monday=Scale.from_day(self.zoom, self.monday + weeks * _WEEK, self.cells).monday)

    def around(self, day: date) -> "Scale":
        """The same room, begun so that a day stands at its third."""
        # Rounded up to whole days: the day stands at the third or behind it, never before.
        before = timedelta(days=-(-(self.cells // 3) * 7 // CELLS_A_WEEK[self.zoom]))
        return replace(self, monday=Scale.from_day(self.zoom, day - before, self.cells).monday)

    def zoomed(self, zoom: Zoom, day: date) -> "Scale":
        """Another zoom; a day that is seen stays in its cell as nearly as weeks allow, else it comes to the third."""
        if not self.sees(day):
            return replace(self, zoom=zoom).around(day)
        before = timedelta(days=self.place(day) * 7 // CELLS_A_WEEK[zoom])
        found = Scale.from_day(zoom, day - before, self.cells)
        # Beginning with a whole week may have pushed a day at the right edge over it.
        return found if found.sees(day) else Scale.from_day(zoom, found.monday + _WEEK, self.cells)

    def ticks(self) -> list[Tick]:
        """The lower line of the ruler: weeks, every second week, or months."""
        if self.zoom is Zoom.QUARTER:
            return self._labelled(self._months(), "%b")
        step = 1 if self.zoom is Zoom.WEEK else 2
        weeks = (self.monday + number * _WEEK for number in range(0, self.cells + 1, step))
        return [replace(tick, label=f"W{Week.of(tick.days[0]).number:02d}") for tick in self._labelled(weeks, "")]

    def heads(self) -> list[Tick]:
        """The upper line of the ruler: months, or quarters."""
        if self.zoom is not Zoom.QUARTER:
            return self._labelled(self._months(), "%b %Y")
        quarters = (day for day in self._months() if day == self.monday or day.month % 3 == 1)
        return [replace(tick, label=_quarter(tick.days[0])) for tick in self._labelled(quarters, "")]

    def stretches(self) -> list[Tick]:
        """The stretches of time the zoom is named after: weeks, months or quarters."""
        return self.ticks() if self.zoom is Zoom.WEEK else self.heads()

    def _months(self) -> Iterator[date]:
        """Where months begin, after the first day seen itself."""
        day = self.monday
        while day <= self.last:
            yield day
            day = next_month(day)

    def _labelled(self, starts: Iterator[date], form: str) -> list[Tick]:
        """Ticks from where each begins to where the next does; what has no cell of its own is left out."""
        beginnings = [day for day in starts if self.sees(day)]
        ends = [*beginnings[1:], self.last + timedelta(days=1)]
        ticks = []
        for day, end in zip(beginnings, ends, strict=True):
            width = (self.place(end) if self.sees(end) else self.cells) - self.place(day)
            ticks.append(Tick(self.place(day), width, f"{day:{form}}" if form else "", (day, end - timedelta(days=1))))
        return ticks


def next_month(day: date) -> date:
    """The first day of the month after."""
    return (day.replace(day=1) + timedelta(days=31)).replace(day=1)


def _quarter(day: date) -> str:
    return f"{day.year} Q{(day.month + 2) // 3}"


def period(zoom: Zoom, day: date) -> str:
    """The stretch of time a day is in, as programs sort it: 2020-W38, 2020-09 or 2020-Q3."""
    if zoom is Zoom.WEEK:
        return str(Week.of(day))
    return f"{day:%Y-%m}" if zoom is Zoom.MONTH else _quarter(day).replace(" ", "-")


def fitting_zoom(first: date, last: date, cells: int) -> Zoom:
    """The nearest zoom at which all days from one to another are seen; the farthest where none fits."""
    for zoom in Zoom:
        if Scale.from_day(zoom, first, cells).sees(last):
            return zoom
    return Zoom.QUARTER
