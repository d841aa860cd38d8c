"""The dates, weeks and instants of a command line: read by the one reader, and repeated as what they were taken for."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TypeVar
from zoneinfo import ZoneInfo

from planner.base.visible_text import shortened
from planner.cli.output import print_line
from planner.dates.typed import Lean, is_iso, read_day, read_deadline, read_instant, read_week
from planner.domain.rules.weeks import Week

_Meaning = TypeVar("_Meaning", date, datetime, Week)

# So much of what was typed is repeated.
LONGEST_SHOWN = 40


@dataclass(frozen=True)
class TypedDates:
    """Reads what was typed as seen from a day, in a plan's time zone.

    Whatever was not written as ISO is repeated on standard error as what it was taken for. Each method raises
    BadValueError, naming `where`, for what cannot be read.
    """

    today: date
    time_zone: str

    def day(self, text: str, where: str, *, lean: Lean = Lean.BACK) -> date:
        """A day."""
        return self._repeated(text, read_day(text, self.today, where, lean=lean), where)

    def deadline(self, text: str, where: str, *, start: date | None = None, lean: Lean = Lean.AHEAD) -> date:
        """A day by which something is due. A step such as +2w counts from `start`, or else from today."""
        return self._repeated(text, read_deadline(text, self.today, where, start=start, lean=lean), where)

    def week(self, text: str, where: str) -> Week:
        """A week."""
        return self._repeated(text, read_week(text, self.today, where), where)

    def instant(self, text: str, where: str, *, of_day: time = time.max) -> datetime:
        """An instant; a day alone is its end, or the time `of_day`."""
        return self._repeated(text, read_instant(text, self.today, self.time_zone, where, of_day=of_day), where)

    def _repeated(self, text: str, meaning: _Meaning, where: str) -> _Meaning:
        if not is_iso(text, meaning):
            print_line(f"{where}: '{shortened(text, LONGEST_SHOWN)}' is taken as {self._spelled(meaning)}.", err=True)
        return meaning

    def _spelled(self, meaning: date | datetime | Week) -> str:
        if isinstance(meaning, datetime):
            return meaning.astimezone(ZoneInfo(self.time_zone)).isoformat(timespec="seconds")
        if isinstance(meaning, Week):
            return f"{meaning} ({meaning.monday} to {meaning.sunday})"
        return f"{meaning:%A} {meaning}"
