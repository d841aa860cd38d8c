"""Finding the percentages in a text, such as 62,5% or 完成85%左右, and the words that give them another meaning."""

import re
from typing import NamedTuple

from planner.base.numbers import meant_numbers

# A whole number with its signs between the digits: to read only the last digits of 62,5% would be wrong.
_NUMBER = r"\d+(?:[.,'’/]\d+)*"
_SPACED = r"\d{1,3}(?:[ '’]\d{3})+(?:[.,]\d+)?"
# In Arabic, Persian and Turkish, the sign also stands before the number.
_WITH_SIGN = re.compile(
    rf"(?<!\d)(?<!\de)(?<!\de[+-])(?P<after>[+-]?(?:{_SPACED}|{_NUMBER}|(?:(?<=\s)|(?<![\s\S]))[.,]\d+)) ?%|"
    rf"% ?(?P<before>{_NUMBER})",
    re.ASCII,
)
BETWEEN = re.compile(
    rf"({_NUMBER}) ?%? ?(?:-|~|至|到|to|bis|or|oder|或|から|에서) ?({_NUMBER}) ?%", re.ASCII | re.IGNORECASE
)
_PLAIN = re.compile(r"[+-]?(?:\d+(?:\.\d+)?|\.\d+)", re.ASCII)
_SHARE = re.compile(r"[+-]?\d*,(?:\d{1,2}|\d{4,})", re.ASCII)

_LEFT = (
    r"remain\w*|outstanding|still open|to go|\bnoch\b|verbleib\w*|übrig\w*|ausstehend\w*|\bfehl(?:t|en)\b|\breste\b|"
    r"restant\w*|剩|尚余|余下|还有|还差|还需|尚差|尚有|未完成|残り|남은|남음|남았|잔여|미완료"
)
# 三分之二尚未开工 is 67% that has not begun. After 完成60%， a part that begins with such a word is another one.
_NOT_YET = r"[尚仍][未无無]|[还還]未|[没沒]|未(?=[开開动動完启啟落实實])|미착[공수]|まだ"
# 三分之二待建 is still to be built.
_TO_DO = r"(?<![期接招对對优優])待(?!遇)|在建|대기|\bto be \w+|\b(?:yet|still) to\b|\bawait\w*|\bsteh(?:t|en) aus\b"
_LEFT_AFTER = rf"{_LEFT}|{_NOT_YET}|{_TO_DO}|\bleft\b|pending|\boffen\b|not (?:yet )?(?:done|complete\w*|finished)"
_OTHER = (
    r"\bnot\b|\bless than\b|\bunder\b|\bbelow\b|\bnicht\b|\bkein\w*|\bunter\b|\bweniger als\b|不到|不足|未|没|低于|"
    r"\btarget\b|\bplanned\b|\bgoal\b|\bziel\b|\bgeplant\b|\bsoll\b|目标|目標|(?<!按)(?<!按照)(?<!根据)计划|应完成|预计|"
    r"목표|계획|예정|\bincreas\w*|\bup by\b|增长|增加|同比|环比|증가|"
    # A rate such as 覆盖率 is the value of an indicator. 完成率 is how far the work is.
    r"(?<!完成|完工|竣工|推进|进展|进度|達成|达成|完了|進捗|進度|建设|建設)率|满意度|滿意度|占比|覆盖面|覆蓋面"
)
_OTHER_AFTER = (
    r"\bnot\b|or less|\bnicht\b|oder weniger|以下|未満|미만|이하|に満たない|予定|[拟擬]建|\bplanned\b|\bgeplant\b|예정"
)
# Words mean the percentage that they stand beside in the same clause, with no word for what is done between them.
_BETWEEN_WORDS = r"(?:(?!done|complet|finish|erledigt|fertig|已完成|완료)[^\d%,;:。\n])"


def _before(words: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{words})[^\d%,;。\n]{{0,14}}$", re.IGNORECASE)


def _after(words: str) -> re.Pattern[str]:
    return re.compile(rf"{_BETWEEN_WORDS}{{0,14}}?(?:{words})", re.IGNORECASE)


_IS_LEFT = (_before(_LEFT), _after(_LEFT_AFTER))
_IS_OTHER = (_before(_OTHER), _after(_OTHER_AFTER))


class Within(NamedTuple):
    """A percentage in a text: its number, or None if it is not sure, and where it begins and ends."""

    number: float | None
    begin: int
    end: int


def percents_within(text: str) -> list[Within]:
    """Return the numbers with a percent sign in a text of plain characters, without those of a range."""
    if BETWEEN.search(text):
        return []
    found = _WITH_SIGN.finditer(text)
    return [Within(number_with_sign(one["after"] or one["before"]), one.start(), one.end()) for one in found]


def only_percent(text: str) -> float | None:
    """Return the number of a text that is only a number with a percent sign, or None."""
    found = _WITH_SIGN.fullmatch(text)
    return number_with_sign(found["after"] or found["before"]) if found else None


def number_with_sign(written: str) -> float | None:
    """Return the number that stands before a percent sign: 62,5 is 62.5. Return None if it can be one of two."""
    if _PLAIN.fullmatch(written):
        return float(written)
    if _SHARE.fullmatch(written):
        return float(written.replace(",", "."))
    meant = meant_numbers(written)
    # 2 100% can be 100% of a part 2.
    return float(meant[0]) if len(meant) == 1 and " " not in written.partition(",")[0].partition(".")[0] else None


def is_left(text: str, one: Within) -> bool:
    """Return whether the words beside a percentage say that it is what is left, as in noch 20% offen or 剩余30%."""
    return _stands_beside(_IS_LEFT, text, one)


def is_other(text: str, one: Within) -> bool:
    """Return whether words beside a percentage say that it was not reached, or that it is planned or an increase."""
    return _stands_beside(_IS_OTHER, text, one)


def _stands_beside(words: tuple[re.Pattern[str], re.Pattern[str]], text: str, one: Within) -> bool:
    before, after = words
    # Only a few words count, so that long texts take no longer.
    return bool(before.search(text[max(0, one.begin - 40) : one.begin]) or after.match(text[one.end : one.end + 40]))
