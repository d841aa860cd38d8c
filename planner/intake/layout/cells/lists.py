"""Reading lists of milestones or targets in one cell, such as 1. … 2. …, ①…②… and 3月底前：…；6月底前：… do."""

import re
from dataclasses import replace
from datetime import date

from planner.base.language import tr
from planner.base.texts import as_typed
from planner.dates.span import Span
from planner.dates.within import begin_of_last_date, dates_within, end_of_first_date, without_dates
from planner.dates.written import read_written
from planner.domain.typed_words import says_nothing
from planner.domain.vocabulary import Direction
from planner.intake.layout.cells.bounds import Bounded, bounded_numbers, sure_number
from planner.intake.layout.cells.period_marks import is_mark
from planner.intake.layout.cells.reading import NOTHING, Entry, Reading, question
from planner.intake.layout.cells.texts import one_line_title, text_of
from planner.intake.proposed import FactValue, Field
from planner.intake.sheets import Value

_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_HAN = "一二三四五六七八九十"
# What makes a point after a number one of decimals or of a date, and not that of an entry: all digits but those of a
# year or a month, as in 1.3月底前立项 2.6月底前开工.
_DECIMALS = r"\d(?!\d?月|\d?월|\d{3}年|\d{3}년)"
# ②号线 and （二）期工程 are names. 号召 and 期初 are other words, with which an entry can begin.
_NO_PHASE = "(?!期(?![初末中间間满滿望待限内內])|[号號](?![召令称稱角码碼])|[级級](?![别別差联聯]))"
_MARKERS = re.compile(
    rf"(?P<circled>[{_CIRCLED}]){_NO_PHASE}\s*|(?:^|(?<=[\s。；;，,、]))(?:(?P<digits>\d{{1,2}})(?:[.．](?!{_DECIMALS})|[、)）])|"
    rf"[(（](?P<bracketed>\d{{1,2}})[)）]|(?P<ordinal>[{_HAN}])是)\s*"
)
_NUMERALS = ("", *_HAN, *(f"十{one}" for one in _HAN[:9]), "二十")
_HAN_NUMBER = "[一二三四五六七八九十]{1,3}"
_BEGINS = r"(?:^|(?<=[\s。；;，,]))"
# Numbers divide a text that begins with the first one, also without a sign between the entries: 1、立项2、开工.
_NUMBERED = tuple(
    re.compile(form)
    for form in (
        rf"[(（]\s*(\d{{1,2}})\s*[)）]{_NO_PHASE}\s*",
        rf"[(（]\s*({_HAN_NUMBER})\s*[)）]{_NO_PHASE}\s*",
        rf"([{_CIRCLED}]){_NO_PHASE}\s*",
        # No digit stands before the number, and none after it but those of a date: 2、3号线 is one text.
        rf"(?<![\d、])(\d{{1,2}})(?:[、)）]|[.．](?=\D))(?!{_DECIMALS})\s*",
        rf"(?<![第{_HAN}])(?:{_BEGINS}|(?={_HAN_NUMBER}、(?![{_HAN}])))({_HAN_NUMBER})、\s*",
        rf"([{_HAN}])是[:：]?\s*",
        r"(?:^|(?<=[\s;,]))[(（]?([a-h])[)）]\s*",
        r"(?:^|(?<=\s))([가나다라마바사아자차카타파하])[.)]\s*",
    )
)
_HANGUL = "가나다라마바사아자차카타파하"
_PARTS = re.compile(r"[；;\n]+|(?<=。)(?=.)")
_CLAUSES = re.compile(r"[，,；;。\n]+")
# Digits after the point are decimals, as in 1.5万吨, if they are not those of a date.
_POINT_AFTER_NUMBER = re.compile(r"(\d{1,2})[.．](?=\D|\d{1,4}\s*[年月])")
_AFTER_DATE = re.compile(r"[\s:：,，、–—-]*(?:前|之前|以前|까지|に|までに)?[\s:：,，、–—-]*")
_ONLY_NUMBER = re.compile(r"[<>≥≤=]{0,2}\s?-?\d+(?:[.,\s]\d+)*\s?[%％‰]?", re.ASCII)
# What stands between a date and the rest of a text.
_AROUND_DATE = re.compile(
    r"^[\s:：,，、–—-]*(?:(?:之|以)?前|까지|までに?)?[\s:：,，、–—-]*|"
    r"[\s,，(（]*(?:\b(?:by|before|until|till|bis|avant(?: le)?|until the end of|by the end of))?[\s)）.。]*$"
)
# The same for a date at the end of a text, with the words that belong to the date.
_AFTER_LAST_DATE = re.compile(r"(?:(?:之|以)?前|까지|までに?)?[\s)）\].。]*$")
_BEFORE_LAST_DATE = re.compile(
    r"[\s:：,，、(（\[–—-]*(?:(?<![^\W\d_])(?:by|before|until|till|on|at|in|due|bis|am|im|avant|le|el|em)\b)?"
    r"(?: the)?(?: end of)?[\s:：,，、(（\[–—-]*$",
    re.IGNORECASE,
)
_NUMBERS = re.compile(r"\d+(?:[.,]\d+)*", re.ASCII)


class ListReader:
    """Reads the lists of one column: milestones, or indicators. `heading` is a date that the column's heading names."""

    def __init__(self, field: Field, span: Span, heading: date | None = None) -> None:
        self._field = field
        self._span = span
        self._heading = heading

    def __call__(self, value: Value, _answered: bool = False) -> Reading:
        """Read a list. The reading has its entries, and the text as its value."""
        text = text_of(value)
        if text is None or says_nothing(text):
            return NOTHING
        if is_mark(text):
            what = tr("'{value}' is a mark, not the text of an entry", value=text)
            return question(what, tr("Give the text, or - for none"))
        if self._field is Field.INDICATORS and _ONLY_NUMBER.fullmatch(as_typed(text)):
            what = tr("'{value}' is a number, not the name of an indicator", value=text)
            return question(
                what, tr("Give the name with its target, such as 'Quays mended: at least 12 km', or - for none")
            )
        read = self._milestone if self._field is Field.MILESTONES else self._indicator
        texts = self._dated_clauses(text) or entries_of(text)
        inferred = tr("listed in one cell") if len(texts) > 1 else None
        entries = tuple(read(one, number) for number, one in enumerate(texts, 1))
        return Reading(text, inferred, entries=entries)

    def _milestone(self, text: str, number: int) -> Entry:
        """Return a milestone, with its date if the text names exactly one."""
        entry: dict[Field, FactValue] = {Field.NUMBER: float(number), Field.TITLE: one_line_title(text)}
        begin, day = self._dated(text)
        rest = self._before_date(text) if day is None else text[begin:].strip(" 。.；;")
        if rest:
            entry[Field.TITLE] = one_line_title(rest)
        day = day or self._only_day(text) or self._heading
        return {**entry, Field.DATE: day} if day is not None else entry

    def _dated_clauses(self, text: str) -> list[str]:
        """Return the clauses of a text if each of several begins with a date: 6月底前完成初稿，年底前完成终稿."""
        clauses = [clause.strip() for clause in _CLAUSES.split(text) if clause.strip()]
        dated = len(clauses) > 1 and all(":" not in one and "：" not in one and self._dated(one)[1] for one in clauses)
        return clauses if dated else []

    def _dated(self, text: str) -> tuple[int, date | None]:
        """Return where the text of an entry begins after its date (3月底前：… or By June: …), and the date."""
        colon = re.match(r"([^：:]{1,24})[：:]\s*", text)
        if colon:
            read = read_written(colon[1], self._span)
            if read is not None and read.day is not None:
                return colon.end(), read.day
        found = dates_within(text, self._span)
        end = end_of_first_date(text, found[0][0]) if len(found) == 1 else None
        if end is None:
            return 0, None
        after = _AFTER_DATE.match(text, end)
        return after.end() if after else end, found[0][1].day

    def _before_date(self, text: str) -> str:
        """Return the text of an entry without the date at its end (完成验收（12月底前） or Contract by June), or ''."""
        dated = _AFTER_LAST_DATE.sub("", text)
        found = dates_within(dated, self._span)
        begin = begin_of_last_date(dated, found[0][0]) if len(found) == 1 and found[0][1].day else None
        return "" if begin is None else _BEFORE_LAST_DATE.sub("", dated[:begin])

    def _only_day(self, text: str) -> date | None:
        days = {found.day for _, found in dates_within(text, self._span)}
        return days.pop() if len(days) == 1 else None

    def _indicator(self, text: str, number: int) -> Entry:
        """Return an indicator, with its target only where one number and its sense are sure."""
        entry: dict[Field, FactValue] = {Field.NUMBER: float(number), Field.NAME: one_line_title(text)}
        day = self._only_day(text) or self._heading
        if day is not None:
            entry[Field.DUE] = day
        target = self._target(as_typed(text), is_dated=day is not None)
        if target is None:
            return entry
        entry[Field.TARGET] = target.value
        if target.unit:
            entry[Field.UNIT] = target.unit
        if target.is_most:
            entry[Field.DIRECTION] = Direction.DECREASE.value
        return entry

    def _target(self, plain: str, *, is_dated: bool) -> Bounded | None:
        """Return the one number of an indicator in plain characters, if it is surely its target."""
        rest = without_dates(plain, dates_within(plain, self._span))
        if len(_NUMBERS.findall(rest)) != 1:
            return None
        targets = bounded_numbers(plain)
        if targets:
            return targets[0] if len(targets) == 1 else None
        found = sure_number(_AROUND_DATE.sub("", rest), is_dated=is_dated)
        if found is None or found.unit is None:
            return None
        # Dates are looked for in small letters.
        typed = re.search(re.escape(found.unit), plain, re.IGNORECASE)
        return replace(found, unit=typed[0]) if typed else None


def entries_of(text: str) -> list[str]:
    """Return the entries of a list without their numbers. A text that is no list is one entry."""
    numbered = _numbered(text.strip())
    if numbered:
        return numbered
    markers = list(_MARKERS.finditer(text))
    if len(markers) > 1 and [_number(one) for one in markers] == list(range(1, len(markers) + 1)):
        begins = [text[: markers[0].start()], *(text[one.end() : until] for one, until in _spans(markers, len(text)))]
        entries = [entry.strip(" \n；;，,、") for entry in begins]
    else:
        parts = [part.strip(" \n；;") for part in _PARTS.split(text)]
        entries = _without_points([part for part in parts if part])
    return [entry for entry in entries if entry] or [text]


def _numbered(text: str) -> list[str]:
    """Return the entries of a text that has a number before each, all of one form, or none if it is no such text."""
    for form in _NUMBERED:
        before, *rest = form.split(text)
        entries = [entry.strip(" \n；;，,、") for entry in rest[1::2]]
        in_order = [_number_of(number) for number in rest[::2]] == list(range(1, len(entries) + 1))
        if not before and len(entries) > 1 and in_order and all(entries):
            return entries
    return []


def _number_of(written: str) -> int:
    """Return the number that 3, c, ③, 三 or 다 is in a list, or 0 if it is none."""
    if written.isascii():
        return int(written) if written.isdigit() else ord(written) - ord("a") + 1
    if written in _CIRCLED:
        return _CIRCLED.index(written) + 1
    return _NUMERALS.index(written) if written in _NUMERALS else _HANGUL.find(written) + 1


def _without_points(parts: list[str]) -> list[str]:
    """Return parts without their numbers if these count from 1, as in 1.3月立项；2.6月开工."""
    found = [_POINT_AFTER_NUMBER.match(part) for part in parts]
    numbers = [int(one[1]) for one in found if one]
    if len(parts) < 2 or numbers != list(range(1, len(parts) + 1)):
        return parts
    return [part[one.end() :].strip() for part, one in zip(parts, found, strict=True) if one]


def _spans(markers: list[re.Match[str]], end: int) -> list[tuple[re.Match[str], int]]:
    return list(zip(markers, [*(one.start() for one in markers[1:]), end], strict=True))


def _number(marker: re.Match[str]) -> int:
    return _number_of(marker["circled"] or marker["ordinal"] or marker["digits"] or marker["bracketed"])
