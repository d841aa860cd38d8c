"""Reading the dates and deadlines that documents and registers write, such as 2020年6月底前, 上半年 or March–June.

Unlike `typed`, which reads what a person types now, nothing here depends on today: a date without a year belongs to the
plan's time. What a text leaves open is not decided here: it gives a choice of days. docs/import.md lists the forms.
"""

import re
from dataclasses import replace
from datetime import date

from planner.base.language import tr
from planner.base.views import view
from planner.dates.business_years import read_business_year
from planner.dates.days import two_numbers
from planner.dates.eastern import in_digits
from planner.dates.european import is_of_europe
from planner.dates.open_ended import is_open_ended
from planner.dates.parts import Part, day_of, is_day, part_of_period, read_part
from planner.dates.periods import read_period
from planner.dates.short_years import days_in_plan, days_of_named_month, with_year_of_part
from planner.dates.span import Span
from planner.dates.typed import folded_date
from planner.domain.rules.weeks import EARLIEST, LATEST

# A longer text is no date. Looking for the ends of a range in it would take long.
_LONGEST = 80
_PREFIX = re.compile(
    r"(?:(?:due|until|till|before|no later than|not later than|on or before|completed? by|by|"
    r"到|至|于|截至|截止到?|确保|力争|计划|拟)"
    r"[ :]*)+"
)
# What may follow a date without changing it. A strict "before" after a bare month is looked at first (`_before`).
_SUFFIX = re.compile(
    r" ?(?:[(（][^()（）]{1,6}[)）]|之?前|以前|前?(?:全部|全面|基本)?(?:完成|完工|竣工|建成)|为止|止|之?内|"
    r"까지|까지 ?(?:완료|추진)|완료|이전|までに?|迄|[。.,，;；])$"
)
_KOREAN = re.compile(r"^(\d{2})\.(?=\d{1,2}\.\d{1,2}\.? ?(?:까지|이전|완료))", re.ASCII)
_REPUBLIC = re.compile(r"(?<!\d)(1[0-4]\d)(?=[年./])", re.ASCII)
_BEFORE_MONTH = re.compile(r"(?:before )?(?P<period>.*?)(?P<before>之?前|以前| ?이전| ?전)?")
_BARE_MONTH = re.compile(r"(?:(?:\d{4}年)?\d{1,2}月份?|(?:\d{4}년 ?)?\d{1,2}월)")
_YEAR_END = re.compile(
    r"(?:the )?(?:end of (?:the |this )?year|year[- ]?end|end[- ]year)|(?:本|今|当|全)?年(?:[底末终終]|内|年末)|"
    r"(?:올해|연|금년)? ?(?:연말|년말|연내|년내|말)|今年",
)
_BUSINESS_YEAR_END = re.compile(r"(?:本|今)?年度(?:[底末内]|内中)|회계연도 ?말|end of the (?:fiscal|financial) year")
_HALF_OF_PLAN = re.compile(r"(?:本年度)?(?:(?P<first>上期|前期|上半期)|(?P<second>下期|後期|后期|下半期))(?:末|中|内)?")
_RANGE = re.compile(r" ?(?:-+|~|至|到|から|부터| to | until | through |—) ?")
# The ends of 2026. 3. ~ 12.
_YEAR_AND_MONTH, _MONTH_ALONE = re.compile(r"\d{4}\.\d{1,2}\.?", re.ASCII), re.compile(r"(\d{1,2})\.?", re.ASCII)
_FROM = re.compile(r"^(?:from|between|自|从|從) ?")


@view
class WrittenDate:
    """What a text says about a date.

    `day` is the date, or the last day of a period. `start` is the first day if the text names a range. `assumed` says
    what the text leaves out. If the text can mean several days, `choices` has them, and `day` is None. `open_ended` is
    true for a text such as "ongoing", for which `day` is the end of the plan. `first` is the first day of a period.
    """

    day: date | None
    start: date | None = None
    assumed: str | None = None
    choices: tuple[date, ...] = ()
    open_ended: bool = False
    first: date | None = None


def read_written(text: str, span: Span, *, day_first: bool | None = None) -> WrittenDate | None:
    """Return what a text says about a date, or None if it has no form of a date.

    `day_first` says how 6/7 is meant, if that is known.
    """
    if len(text) > _LONGEST:
        return None
    folded = with_year_of_part(in_digits(folded_date(text)), span)
    if day_first is None and is_of_europe(text):
        day_first = True
    if is_open_ended(folded):
        assumed = tr("'{text}' names no date, so it is the end of the plan", text=text)
        return WrittenDate(span.ends, assumed=assumed, open_ended=True, first=span.starts)
    found = _korean(folded, span) or _read(folded, span, day_first) or _of_republic(folded, span, day_first)
    if found is None or not all(EARLIEST <= day <= LATEST for day in (found.day, found.start) if day):
        return None
    return found


def _korean(text: str, span: Span) -> WrittenDate | None:
    """Read 27.6.30까지, in which the year is first as in all Korean dates, if it is one of the plan."""
    full = _KOREAN.sub(r"20\1.", text)
    read = _read(full, span, None) if full != text else None
    if read is None or read.day is None or not span.starts.year <= read.day.year <= span.ends.year:
        return None
    return replace(read, assumed=tr("the year {year} is that of the plan", year=read.day.year))


def _of_republic(text: str, span: Span, day_first: bool | None) -> WrittenDate | None:
    """Read a date with a year of the Republic calendar, such as 116年6月30日, if it is in the plan's time."""
    years = [1911 + int(short) for short in _REPUBLIC.findall(text)]
    if not any(span.starts.year <= year <= span.ends.year + 1 for year in years):
        return None
    read = _read(_REPUBLIC.sub(lambda found: str(1911 + int(found[1])), text), span, day_first)
    if read is None:
        return None
    return replace(
        read, assumed=tr("the year {short} of the Republic calendar is {year}", short=years[-1] - 1911, year=years[-1])
    )


def order_of_numbers(text: str) -> bool | None:
    """Return whether a text such as 13/7 can only have the day first, or only the month first. None: it can have both.

    Texts that are no pair of numbers give None as well.
    """
    numbers = two_numbers(folded_date(text))
    if numbers is None:
        return None
    first, second, _ = numbers
    if first > 12 >= second:
        return True
    return False if second > 12 >= first else None


def _read(text: str, span: Span, day_first: bool | None) -> WrittenDate | None:
    for _ in range(4):
        found = _single(text, span, day_first) or _range(text, span)
        if found is not None:
            return found
        shorter = _SUFFIX.sub("", _PREFIX.sub("", text, count=1) if _PREFIX.match(text) else text).strip()
        if shorter == text or not shorter:
            return None
        text = shorter
    return None


def _single(text: str, span: Span, day_first: bool | None) -> WrittenDate | None:
    """Read one day or one period."""
    before = _before(text, span)
    if before is not None:
        return before
    relative = _in_plan(text, span) or _in_named_year(text, span) or _of_business_year(text, span)
    if relative is not None:
        return relative
    numbers = two_numbers(text)
    if numbers is not None:
        return _of_numbers(numbers, span, day_first)
    short = days_in_plan(text, span, day_first)
    if len(short) == 1:
        return WrittenDate(short[0], assumed=tr("the year {year} is that of the plan", year=short[0].year))
    if short:
        return WrittenDate(None, choices=short)
    named = days_of_named_month(text, span)
    if named:
        return WrittenDate(named[0]) if len(named) == 1 else WrittenDate(None, choices=named)
    part = read_part(text)
    return None if part is None else _placed(part, span)


def _in_named_year(text: str, span: Span) -> WrittenDate | None:
    """Read a part of a business year with its year. It begins in the month in which the plan begins."""
    found = read_business_year(text, span.starts.month)
    if found is None:
        return None
    is_calendar_year = (found[0].month, found[1].month) == (1, 12)
    assumed = None if is_calendar_year else tr("the business year begins in the month in which the plan begins")
    return WrittenDate(found[1], assumed=assumed, first=found[0])


def _of_business_year(text: str, span: Span) -> WrittenDate | None:
    """Read a quarter or half without a year in a plan that does not begin in January: it has two meanings."""
    period = read_period(text) if span.starts.month != 1 else None
    if period is None or period.year is not None or period.months not in (3, 6):
        return None
    months = span.starts.year * 12 + span.starts.month - 2 + period.last_month
    business = day_of(months // 12, (months % 12 + 1, 31))
    calendar = _placed(part_of_period(period), span)
    return WrittenDate(None, choices=tuple(dict.fromkeys((business, calendar.day or business))))


def _before(text: str, span: Span) -> WrittenDate | None:
    """Read "before June", which leaves open whether June is included."""
    strict = text.startswith("before ") or text.endswith(("前", "이전", " 전"))
    found = _BEFORE_MONTH.fullmatch(text) if strict else None
    if found is None:
        return None
    period = found["period"].strip()
    month = read_period(period)
    if month is None or month.months != 1 or not (_BARE_MONTH.fullmatch(period) or text.startswith("before ")):
        return None
    if "end" in period:
        return None
    last = _placed(part_of_period(month), span)
    if last.day is None:
        return last
    previous = date.fromordinal(last.day.replace(day=1).toordinal() - 1)
    return WrittenDate(None, choices=(previous, last.day))


def _in_plan(text: str, span: Span) -> WrittenDate | None:
    """Read a period of the plan's own year: the year's end, or a half of the business year."""
    if _BUSINESS_YEAR_END.fullmatch(text):
        return WrittenDate(span.ends, assumed=tr("the business year ends with the plan"))
    if _YEAR_END.fullmatch(text):
        return _placed(Part((1, 1), (12, 31), None), span)
    half = _HALF_OF_PLAN.fullmatch(text)
    if half is None:
        return None
    if half["second"]:
        return WrittenDate(span.ends, assumed=tr("the second half is that of the plan's year"))
    months = span.starts.year * 12 + span.starts.month - 2 + 6
    return WrittenDate(
        day_of(months // 12, (months % 12 + 1, 31)), assumed=tr("the first half is that of the plan's year")
    )


def _of_numbers(numbers: tuple[int, int, int | None], span: Span, day_first: bool | None) -> WrittenDate | None:
    """Read two numbers, one of which is the month."""
    first, second, year = numbers
    orders = {True: (second, first), False: (first, second)}
    chosen = [orders[day_first]] if day_first is not None else list(dict.fromkeys(orders.values()))
    placed = [_placed(Part(pair, pair, year), span) for pair in chosen if is_day(year or 2000, pair)]
    if not placed:
        return None
    if len(placed) == 1:
        return placed[0]
    days = tuple(day for one in placed for day in ((one.day,) if one.day else one.choices))
    return WrittenDate(None, choices=days)


def _range(text: str, span: Span) -> WrittenDate | None:
    """Read a range such as 3-6月, 2020.3~2020.6 or March to June. Each of its ends is a day or a period."""
    bare = _FROM.sub("", text)
    for separator in _RANGE.finditer(bare):
        left, right = _sides(bare[: separator.start()].strip(), bare[separator.end() :].strip())
        if left is None or right is None:
            continue
        if right.year is None and left.year is not None:
            right = replace(right, year=left.year + (right.last < left.first))
        placed = _placed(right, span)
        if placed.day is None:
            return placed
        year = left.year or placed.day.year - (left.first > right.last)
        start = day_of(year, left.first)
        return replace(placed, start=start) if start <= placed.day else None
    return None


def _sides(left: str, right: str) -> tuple[Part | None, Part | None]:
    """Return both ends of a range. A number alone at an end takes the unit of the other end: 3-6月, 3月1-15日."""
    left = left.rstrip(".") if _YEAR_AND_MONTH.fullmatch(left) else left
    if _YEAR_AND_MONTH.fullmatch(left) and (month := _MONTH_ALONE.fullmatch(right)):
        right = f"{left[:4]}.{month[1]}"
    end = read_part(_SUFFIX.sub("", right)) or read_part(right)
    begin = read_part(left)
    if begin is None and end is not None and re.search(r"[\d一二三四]$", left):
        unit = re.search(r"[\d一二三四] ?([月월季])", right)
        begin = read_part(f"{left}{unit[1]}{'度' if unit[1] == '季' else ''}") if unit else None
    month = re.search(r"(.*\d{1,2} ?[月월] ?)\d{1,2}( ?[日号일])?$", left)
    if month and re.fullmatch(r"\d{1,2} ?[日号일]", right):
        begin, end = read_part(left if month[2] else left + right[-1]), read_part(month[1] + right)
    return begin, end


def _placed(part: Part, span: Span) -> WrittenDate:
    """Return the last day of a part. Without a year, it is in the plan's time, if only one year is possible."""
    if part.year is not None:
        return _in_year(part, part.year)
    years = range(span.starts.year, span.ends.year + 1)
    within = [year for year in years if span.starts <= day_of(year, part.last) <= span.ends]
    possible = within or list(years)
    if len(possible) == 1:
        return _in_year(part, possible[0], tr("the year {year} is that of the plan", year=possible[0]))
    return WrittenDate(None, choices=tuple(day_of(year, part.last) for year in possible))


def _in_year(part: Part, year: int, assumed: str | None = None) -> WrittenDate:
    first = day_of(year, part.first) if part.first != part.last else None
    return WrittenDate(day_of(year, part.last), assumed=assumed, first=first)
