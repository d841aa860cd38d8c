"""Marks such as ● or √ in columns of months, which say when an item runs."""

from datetime import date

from planner.base.language import tr
from planner.intake.layout.cells.reading import NOTHING, Reading
from planner.intake.proposed import Field
from planner.intake.sheets import Value

# A cross or a dash can mean that there is nothing, so that they are no marks.
_MARKS = frozenset("●○◎■□◆◇★☆▲△▼▽▶►▸√✓✔☑*＊•→⇒➔━─＞>")


def is_mark(value: Value) -> bool:
    """Return whether a cell has only marks, such as ● or ━━."""
    return isinstance(value, str) and 0 < len(value) <= 6 and set("".join(value.split())) <= _MARKS


class PeriodMarkReader:
    """Reads the marks of a column with a period as its heading, from its first to its last day."""

    def __init__(self, field: Field, heading: str, first: date, last: date) -> None:
        self._field = field
        self._heading = " ".join(heading.split())
        self._first = first
        self._last = last

    def __call__(self, value: Value, _answered: bool = False) -> Reading:
        """Read a mark as the last day of the period, and as its first day for the start."""
        if value is None or not is_mark(value):
            return NOTHING
        reason = tr("marked in the column '{heading}'", heading=self._heading)
        if self._field is Field.START:
            return Reading(self._first, reason)
        return Reading(self._last, reason, also=((Field.START, self._first, reason),))
