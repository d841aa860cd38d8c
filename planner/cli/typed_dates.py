"""Reading the dates, weeks and instants of a command line, and printing how they were understood."""

from datetime import date, datetime, time
from typing import TypeVar
from zoneinfo import ZoneInfo

from planner.base.formats import weekday
from planner.base.language import tr
from planner.base.views import value_class
from planner.base.visible_text import shortened
from planner.cli.output import print_line
from planner.dates.span import Span
from planner.dates.typed import Lean, is_iso, read_day, read_deadline, read_instant, read_week
from planner.domain.rules.weeks import Week

_Meaning = TypeVar("_Meaning", date, datetime, Week)

# The number of typed characters that are repeated in a message.
LONGEST_SHOWN = 40


@value_class
class TypedDates:
    """Reads typed dates relative to a day, in the time zone of a plan.

    A date without a year is one of the plan whose time is `span`. If a date is not in ISO form, a line with its meaning
    is printed on standard error. Each method raises BadValueError about the option `where` if the text cannot be read.
    """

    today: date
    time_zone: str
    span: Span | None = None

    def day(self, text: str, where: str, *, lean: Lean = Lean.BACK) -> date:
        """Return a day."""
        return self._repeated(text, read_day(text, self.today, where, lean=lean, span=self.span), where)

    def deadline(self, text: str, where: str, *, start: date | None = None, lean: Lean = Lean.AHEAD) -> date:
        """Return a deadline. A step such as +2w counts from `start`, or from today if `start` is None."""
        meaning = read_deadline(text, self.today, where, start=start, lean=lean, span=self.span)
        return self._repeated(text, meaning, where)

    def week(self, text: str, where: str) -> Week:
        """Return a week."""
        return self._repeated(text, read_week(text, self.today, where, span=self.span), where)

    def instant(self, text: str, where: str, *, of_day: time = time.max) -> datetime:
        """Return an instant. A day without a time means the time `of_day`, by default the end of the day."""
        return self._repeated(text, read_instant(text, self.today, self.time_zone, where, of_day=of_day), where)

    def _repeated(self, text: str, meaning: _Meaning, where: str) -> _Meaning:
        if not is_iso(text, meaning):
            typed, spelled = shortened(text, LONGEST_SHOWN), self._spelled(meaning)
            print_line(tr("{option}: '{typed}' means {meaning}.", option=where, typed=typed, meaning=spelled), err=True)
        return meaning

    def _spelled(self, meaning: date | datetime | Week) -> str:
        if isinstance(meaning, datetime):
            return meaning.astimezone(ZoneInfo(self.time_zone)).isoformat(timespec="seconds")
        if isinstance(meaning, Week):
            return tr("{week} ({first} to {last})", week=meaning, first=meaning.monday, last=meaning.sunday)
        return f"{weekday(meaning)} {meaning}"
