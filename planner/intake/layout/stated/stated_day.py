"""The day that a text above a table or a heading names for the state of the items, such as 截至3月底."""

import re
from collections.abc import Iterable
from datetime import date
from enum import IntEnum
from pathlib import PurePath

from planner.base.language import tr
from planner.dates.span import Span
from planner.dates.within import dates_within
from planner.intake.layout.cells.reading import Doubt
from planner.intake.proposed import Severity
from planner.intake.sheets import Place


class HowStated(IntEnum):
    """How a text names the day, the surest first: it says so, as a heading does, or as the day of filling it in."""

    SAID = 1
    HEADING = 2
    FILLED_IN = 3


_AS_OF = re.compile(
    r"截[至止]|时点|時点|現在|기준|(?:as (?:of|at)|position (?:at|on))\b|"
    r"\bstand(?:\s+vom)?\W{0,3}(?=\d)|\bstichtag\b|status date",
    re.IGNORECASE,
)
_FILLED_IN = re.compile(
    r"(?:填报|填報|填表|报送|报告|统计|制表|更新)(?:日期|时间|時間)|작성일|보고일|제출일|(?:報告|作成|更新)日|"
    r"report(?:ing)? date|\bupdated\b|\bdate of (?:the )?report",
    re.IGNORECASE,
)
# Names such as T1 number files. In a cell, T1 is a French quarter.
_ONLY_NUMBERED = re.compile(r"[ts]\d|\dt", re.IGNORECASE)
# Longer texts are notes.
_LONGEST = 120


class StatedDays:
    """The days that the texts of files name for their reports. Those of the surest kind of text count."""

    def __init__(self, span: Span) -> None:
        self._span = span
        self._days: dict[HowStated, dict[date, Place]] = {}
        # The days that names of files and sheets with reports have. Nothing says that they are meant.
        self.named: dict[date, Place] = {}

    def note(self, text: str, place: Place) -> None:
        """Note the day that a text names if it says that the day is that of the state of the items."""
        for how, says in ((HowStated.SAID, _AS_OF), (HowStated.FILLED_IN, _FILLED_IN)):
            if len(text) <= _LONGEST and says.search(text):
                self._note(how, text, place)
                return

    def note_headings(self, headings: Iterable[tuple[str, Place]]) -> None:
        """Note the day of the columns of a table that have reports: the end of the last period that a heading names."""
        periods = []
        for heading, place in headings:
            if _AS_OF.search(heading):
                self.note(heading, place)
            elif (day := self._day_in(heading)) is not None:
                periods.append((day, heading, place))
        if periods:
            day, _, place = max(periods, key=lambda one: one[0])
            self._days.setdefault(HowStated.HEADING, {}).setdefault(day, place)

    def note_names(self, place: Place) -> None:
        """Note the day in the name of a sheet with reports, or else in the name of its file: 10月, November 2026."""
        for name in (place.sheet, PurePath(place.file).stem):
            day = None if _ONLY_NUMBERED.fullmatch(name) else self._day_in(name.replace("_", " "))
            if day is not None:
                self.named.setdefault(day, Place(place.file, place.sheet))
                return

    @property
    def surest(self) -> dict[date, Place]:
        """The days in the plan of the surest kind of text, each with the place of the text."""
        return next((days for _, days in sorted(self._days.items()) if days), {})

    def _note(self, how: HowStated, text: str, place: Place) -> None:
        day = self._day_in(text)
        if day is not None:
            self._days.setdefault(how, {}).setdefault(day, place)

    def _day_in(self, text: str) -> date | None:
        """Return the one day in a text, or None. A period means its last day."""
        days = {one.day for _, one in dates_within(text, self._span)} if len(text) <= _LONGEST else set()
        return days.pop() if len(days) == 1 else None


def may_name_day(heading: str) -> Doubt:
    """Return the remark that a heading can name the day of the reports, as long as none was taken from it."""
    what = tr("the heading '{heading}' can name the day for which the reports hold", heading=heading)
    return Doubt(Severity.REMARK, what, tr("Give this day as the as-of date of the import"))
