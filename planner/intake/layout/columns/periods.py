"""Headings of times and periods: 开工 and 竣工 below 时间, months and quarters with marks, and reports of a period."""

import re
from datetime import date

from planner.base.language import tr
from planner.dates.span import Span
from planner.dates.within import dates_within, without_dates
from planner.dates.written import read_written
from planner.intake.layout.columns import contents
from planner.intake.layout.columns.column import Column, taken
from planner.intake.layout.headers import PERIOD, Headed, is_period, names_times, time_named
from planner.intake.layout.names import meanings_of
from planner.intake.proposed import Field

# The fields of headings below which words such as 开工 and 竣工 say which time a column has.
_TIMES = {Field.START, Field.DUE}
# Below a heading of times, these are a quarter and a month.
_QUARTER, _MONTH = re.compile(r"[1-4] ?/ ?4", re.ASCII), re.compile(r"0?[1-9]|1[0-2]", re.ASCII)
# What stands around the words of a heading, and the words beside a day in it: 截至3月底进展情况, Progress as of May 3.
_AROUND = " :：-的()（）"
_OF_DAY = re.compile(
    r"截[至止]到?|\b(?:as (?:of|at)|on|by|up to|until|to|stand(?: vom)?|au|a)\b|^\d{1,2} ?[-—–~至到] ?(?=\D)|"
    r"기준|현재|現在|时点|時点"
)
_LONGEST_WITH_DAY = 40


def time_of(headed: Headed) -> Field | None:
    """Return whether a heading below one of times, as 开工 and 竣工 are below 时间, is that of a start or of an end."""
    return time_named(headed.parts[-1]) if _is_below_times(headed) else None


def _is_below_times(headed: Headed) -> bool:
    """Return whether a heading stands below one of times, such as 时间安排 or Schedule."""
    above = headed.parts[-2] if len(headed.parts) > 1 else ""
    return names_times(above) or not _TIMES.isdisjoint(meanings_of(above))


def names_period(headed: Headed) -> bool:
    """Return whether a heading below one of times is a month or a quarter: 1분기, 3月, 1/4 and 12."""
    return _is_below_times(headed) and is_period(_period_words(headed))


def _period_words(headed: Headed) -> str:
    """Return the words of the period that a heading can name. Below one of times, 1/4 is a quarter, and 12 a month."""
    text = headed.parts[-1].strip()
    if not _is_below_times(headed):
        return text
    if _QUARTER.fullmatch(text):
        return f"Q{text[0]}"
    return f"{text}月" if _MONTH.fullmatch(text) else text


def period_of(headed: Headed, span: Span) -> tuple[date, date] | None:
    """Return the first and the last day of the month, quarter or half-year that a heading names."""
    text = _period_words(headed)
    read = read_written(text, span) if len(text) < 20 and not text.isdigit() else None
    if read is None or read.day is None or read.open_ended:
        return None
    return read.start or read.first or read.day, read.day


def by_marks(columns: list[Column]) -> None:
    """Take columns of months that have only marks for the time in which an item runs."""
    months = [one for one in columns if one.period and not one.decided]
    marked = [one for one in months if any(value is not None for value in one.values)]
    if not marked or not all(contents.are_marks(one.values) for one in marked):
        for one in months:
            one.period = None
        return
    free = next((field for field in (Field.DUE, Field.START) if not taken(columns, field)), None)
    for one in months:
        one.field, one.names, one.day = free, (), None
        one.inferred = tr("its marks say when an item runs") if free else None


def report_of_period(heading: str, span: Span) -> tuple[Field, ...]:
    """Return the field of a heading of words in a report with a period or a day: 1月进展, 截至3月底进展情况."""
    found = PERIOD.match(heading)
    names = meanings_of(heading[found.end() :].strip(_AROUND)) if found else ()
    if not names:
        names = meanings_of(_without_day(heading, span))
    return (Field.DONE,) if Field.DONE in names else (Field.NEXT,) if Field.NEXT in names else ()


def _without_day(heading: str, span: Span) -> str:
    """Return a heading without its day and the words that say so. Without a day, return an empty text."""
    dates = dates_within(heading, span) if len(heading) <= _LONGEST_WITH_DAY else []
    if not dates:
        return ""
    return " ".join(_OF_DAY.sub(" ", without_dates(heading, dates)).split()).strip(_AROUND)
