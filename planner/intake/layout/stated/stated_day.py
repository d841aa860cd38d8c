"""The day that a text above a table or a heading names for the state of the items, such as 截至3月底."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from enum import IntEnum
from pathlib import PurePath

from planner.base.language import tr
from planner.dates.span import Span
from planner.dates.within import dates_within, folded_dates
from planner.intake.layout.cells.reading import Doubt
from planner.intake.layout.stated.days_of_names import day_in_name
from planner.intake.layout.stated.other_years import YearsNamed
from planner.intake.layout.stated.short_days import days_in_title
from planner.intake.proposed import DaysByFile, Severity
from planner.intake.sheets import Place


class HowStated(IntEnum):
    """How a text names the day, the surest first: it says so, as a heading does, or as the day of filling it in."""

    SAID = 1
    HEADING = 2
    FILLED_IN = 3


_AS_OF = re.compile(
    r"截[至止]|时点|時点|現在|현재|기준|일자|(?:as (?:of|at)|position (?:at|on))\b|"
    r"\bstand(?:\s+vom)?\W{0,3}(?=\d)|\bstichtag\b|status date|"
    r"\bposi[cç](?:ão|ao|ión|ion) (?:al?|em|de)\b|\bsitua(?:tion au|ci[óo]n al?|[çc][ãa]o (?:a|em))\b|"
    r"\barr[êe]t[ée]e? au\b|\ba fecha de\b",
    re.IGNORECASE,
)
_FILLED_IN = re.compile(
    r"(?:填报|填報|填表|报送|报告|统计|制表|更新)(?:日期|时间|時間)|작성일|보고일|제출일|(?:報告|作成|更新)日|"
    r"report(?:ing)? date|\bupdated\b|\bdate of (?:the )?report|تاريخ (?:التقرير|التحديث)|"
    r"\bdata do relat[óo]rio|\bfecha del informe|\bdate du rapport|\bberichtsdatum",
    re.IGNORECASE,
)
# What stands between such words and their day.
_BETWEEN = " :：(（-"
# Longer texts are notes.
_LONGEST = 120
# A longer text above a table is no title. One that says when something was decided names no day of reports.
_LONGEST_TITLE = 40
_DECIDED = re.compile(
    r"通过|印发|会议|發布|发布|修订|修正|批准|施行|adopted|approved|issued|revised|의결|승인|決定|決裁",
    re.IGNORECASE,
)


class StatedDays:
    """The days that the texts of files name for their reports. Those of the surest kind of text count.

    `years` are those that titles and names have.
    """

    def __init__(self, span: Span) -> None:
        self._span = span
        self._days: dict[str, dict[HowStated, dict[date, Place]]] = {}
        self._named: dict[str, dict[date, Place]] = {}
        self._of_names: dict[str, dict[date, Place]] = {}
        self.years = YearsNamed(span)

    def note(self, text: str, place: Place) -> None:
        """Note the day that a text above a table names if it says that the day is that of the state of the items.

        A title such as 重点任务台账（10月）, or a date alone, only has a day that may be meant.
        """
        if len(text) > _LONGEST:
            return
        mentions = list(_mentions(text))
        if not mentions:
            self.years.note_title(text, place)
        for how, words, nearest in sorted(mentions, key=lambda one: one[0]):
            day = self._day_near(words, nearest) if len(mentions) > 1 else self._day_in(text) or self._day_after(text)
            if day is not None:
                self._keep(how, day, place)
                return
        if not mentions and len(text) <= _LONGEST_TITLE and not _DECIDED.search(text):
            self._note_title(text, place)

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
            self._keep(HowStated.HEADING, day, place)

    def note_names(self, place: Place) -> None:
        """Note the day in the name of a sheet with reports, or else in the name of its file: 10月, November 2026."""
        names = (place.sheet, PurePath(place.file).stem)
        for name in names:
            self.years.note_title(name, Place(place.file, place.sheet))
        for name in names:
            day = day_in_name(name, self._span)
            if day is not None:
                self._named.setdefault(place.file, {}).setdefault(day, Place(place.file, place.sheet))
                return

    def note_file(self, file: str) -> None:
        """Note the day in the name of a file, whether it has reports or not."""
        day = day_in_name(PurePath(file).stem, self._span)
        if day is not None:
            self._of_names.setdefault(file, {}).setdefault(day, Place(file))

    @property
    def surest(self) -> DaysByFile:
        """The days of the surest kind of text of each file, each with the place of the text."""
        return {file: next(days for _, days in sorted(found.items())) for file, found in self._days.items()}

    @property
    def named(self) -> DaysByFile:
        """The days of reports of which nothing says that they are meant: in names of files and sheets, and in titles.

        So are those in headings of columns, if another text of the file says the day: one of the two can be of an
        earlier file.
        """
        headings = {
            file: found.get(HowStated.HEADING, {}) for file, found in self._days.items() if HowStated.SAID in found
        }
        files = dict.fromkeys((*headings, *self._named))
        return {file: {**headings.get(file, {}), **self._named.get(file, {})} for file in files}

    @property
    def of_names(self) -> DaysByFile:
        """The days that can be those of files, with or without reports: in their names, and in titles."""
        files = dict.fromkeys((*self._of_names, *self._named))
        return {file: self._of_names.get(file) or self._named[file] for file in files}

    def _keep(self, how: HowStated, day: date, place: Place) -> None:
        self._days.setdefault(place.file, {}).setdefault(how, {}).setdefault(day, place)

    def _note_title(self, title: str, place: Place) -> None:
        day = self._day_in(title)
        if day is not None:
            self._named.setdefault(place.file, {}).setdefault(day, place)

    def _day_near(self, words: str, nearest: int) -> date | None:
        """Return the first (0) or the last (-1) day in some words."""
        found = dates_within(words, self._span)
        return found[nearest][1].day if found else self._day_in(words)

    def _day_after(self, text: str) -> date | None:
        """Return the day that follows the words for the state of the items, if a text has other days too."""
        folded = folded_dates(text)
        for words, found in dates_within(text, self._span):
            if any(folded[said.end() :].lstrip(_BETWEEN).startswith(words) for said in _AS_OF.finditer(folded)):
                return found.day
        return None

    def _day_in(self, text: str) -> date | None:
        """Return the one day in a text, or None. A period means its last day."""
        days = days_in_title(text, self._span) if len(text) <= _LONGEST else set()
        return days.pop() if len(days) == 1 else None


def _mentions(text: str) -> Iterator[tuple[HowStated, str, int]]:
    """Yield how a text says a day, its words for it, and which of their days is the nearest: the first or the last.

    The words are those up to the next such words, or else those before it.
    """
    found = sorted(
        (said.start(), said.end(), how)
        for how, says in ((HowStated.SAID, _AS_OF), (HowStated.FILLED_IN, _FILLED_IN))
        for said in says.finditer(text)
    )
    for number, (begin, end, how) in enumerate(found):
        before = text[found[number - 1][1] if number else 0 : begin]
        after = text[end : found[number + 1][0] if number + 1 < len(found) else len(text)]
        yield (how, after, 0) if any(map(str.isdigit, after)) else (how, before, -1)


def may_name_day(heading: str) -> Doubt:
    """Return the remark that a heading can name the day of the reports, as long as none was taken from it."""
    what = tr("the heading '{heading}' can name the day for which the reports hold", heading=heading)
    return Doubt(Severity.REMARK, what, tr("Give this day as the as-of date of the import"))
