"""Reading a number with the words that say whether it is the most or the least of a target: at least 12 km, 5件以下.

A target in a cell of its own and one in the text of an indicator are read here, so that both are read in the same way.
"""

import re

from planner.base.views import view
from planner.intake.layout.cells.numbers import read_number

_MOST_BEFORE = (
    r"≤|≦|<=|=<|<|不超[过過]|不得超[过過]|不高[于於]|不大[于於]|不多[于於]|控制在|(?:降|[减減]|[压壓][减減])(?:低|少)?[至到]|"
    r"下降[至到]|\b(?:at most|(?:no|not) more than|(?:not|to) exceed(?:ing)?|höchstens|maximal)\b|최대"
)
_LEAST_BEFORE = (
    r"≥|≧|>=|=>|>|不低[于於]|不少[于於]|不小[于於]|至少|(?:提高|提升|增加|增长|增長|增)[至到]|力[争爭]|"
    r"\b(?:at least|(?:no|not) (?:less|fewer) than|mindestens)\b|최소"
)
_REACH_BEFORE = r"达到|達到|达|\breach(?:es)?\b|달성"
# Elsewhere in a sentence these words also say which ones are meant, as in: help firms with more than 50 people.
_AT_BEGIN = r"(?:^|(?<=[:：,，])|(?<=[:：,，-]\s))"
_MOST_AT_BEGIN = r"低[于於]|少[于於]|小[于於]|(?:up to|less than|fewer than|below|under)\b"
_LEAST_AT_BEGIN = r"超[过過]|多[于於]|高[于於]|大[于於]|(?:more than|above|over)\b"
_BEFORE = (
    rf"(?:(?P<most>{_MOST_BEFORE}|{_AT_BEGIN}(?:{_MOST_AT_BEGIN}))|"
    rf"(?P<least>{_LEAST_BEFORE}|{_AT_BEGIN}(?:{_LEAST_AT_BEGIN}))|{_REACH_BEFORE})\s*"
)
_MOST_BEHIND = r"(?:[及或]?以[下内內]|之[内內]|이하|이내|미만|未[満满滿]|(?:or (?:less|fewer)|at most|oder weniger)\b)"
_LEAST_BEHIND = r"(?:[及或]?以上|이상|(?:or more|at least|oder mehr)\b)"
_BEHIND = rf"\s*(?:(?P<most_behind>{_MOST_BEHIND})|(?P<least_behind>{_LEAST_BEHIND}))"
# A word behind the number is never a part of the unit: the unit of 3件以下 is 件.
_NO_BEHIND = rf"(?!\s*(?:{_MOST_BEHIND}|{_LEAST_BEHIND}))"
_NUMBER = r"(?P<number>(?:(?<!\d)-)?\d+(?:[.,]\d+)*\s?[万萬亿億만억]?)"


def _with_unit(letter: str, longest: int) -> str:
    """Return the form of a number with a unit of letters of a kind."""
    return rf"{_NUMBER}\s*(?P<unit>%|‰|(?:{_NO_BEHIND}(?!\s){letter}(?:{_NO_BEHIND}{letter}){{0,{longest - 1}}})?)"


_WHOLE = re.compile(rf"(?:{_BEFORE})?{_with_unit(r'[^%‰0-9]', 20)}(?:{_BEHIND})?", re.IGNORECASE)
_IN_TEXT = _with_unit(r"[^\d\s%‰，,。；;、（()）以之及和]", 8)
_WITH_WORD_BEFORE = re.compile(rf"{_BEFORE}{_IN_TEXT}(?:{_BEHIND})?", re.IGNORECASE)
# Within a sentence, a word behind says which ones are meant, as in 100人以上企业. At its end, so does 60岁以上.
_WITH_WORD_BEHIND = re.compile(
    rf"(?<![\d.,/-])(?!\d+\s*(?:周?[岁歲歳]|세)){_IN_TEXT}{_BEHIND}(?=\s*(?:$|[，,。；;、)）]))", re.IGNORECASE
)

# Among indicators, a text is surely a target that is only a number with its unit, such as 200家 or 建成10个. What
# counts years or names something by a number is no such unit: 3年, 2号, 1st. Neither is a long text without blanks.
_EASTERN = r"\u3040-\u9fff\uac00-\ud7af"
_DONE = r"(?:(?:[计計][划劃])?(?:建成|[新扩擴改]建|新增|完成|[开開]工|培育|引[进進]|[实實][现現]))?"
_NO_UNIT = r"(?:[年月日号號期级級届屆次条條%‰]|(?:st|nd|rd|th|am|pm|of|in|to|by|on|at|complete|completed|done|open)\b)"
_ALONE = re.compile(
    rf"{_DONE}\s*{_NUMBER}(?:\s*(?P<sign>[%‰])|\s*(?!{_NO_UNIT})(?P<unit>[{_EASTERN}]{{1,3}}|[^\W\d_{_EASTERN}]{{1,12}}))",
    re.IGNORECASE,
)
# In other words, only a measure before the day is sure: Length 5 km by 2020-12-01, and not Phase 2 open by 2020-12-01.
_MEASURED = re.compile(
    rf".*(?<![\d.,/-]){_NUMBER}\s*(?:(?P<sign>[%‰])|(?P<unit>k?m[²³23]?|ha|hectares?|kilomet(?:er|re)s?|met(?:er|re)s?|k?g|t|"
    r"tons?|tonnes?|[kmg]wh?|平方米|立方米|公里|千米|米|公[顷頃]|[亩畝]|[吨噸]|[万亿萬億]元))",
    re.IGNORECASE | re.DOTALL,
)
_YEARS = range(1900, 2101)


@view
class Bounded:
    """The number of a target with its unit, and whether words say that it is the most."""

    value: float
    unit: str | None
    is_most: bool


def bounded_number(text: str) -> Bounded | None:
    """Return the number that a whole text in plain characters is, with or without words and a unit, or None."""
    found = _WHOLE.fullmatch(text)
    return _bounded(found) if found is not None else None


def bounded_numbers(text: str) -> list[Bounded | None]:
    """Return the numbers of a sentence in plain characters that have such words, with None for one that is not sure."""
    found = list(_WITH_WORD_BEFORE.finditer(text)) or _WITH_WORD_BEHIND.finditer(text)
    return list(map(_bounded, found))


def sure_number(text: str, *, is_dated: bool) -> Bounded | None:
    """Return the number with its unit that the text of an indicator without its dates surely is, or None.

    `is_dated` says that the text names its day.
    """
    found = _ALONE.fullmatch(text) or (_MEASURED.fullmatch(text) if is_dated else None)
    value = read_number(found["number"].strip()).value if found is not None else None
    if found is None or not isinstance(value, float) or (value in _YEARS and not found["sign"]):
        return None
    return Bounded(value, found["sign"] or found["unit"], False)


def _bounded(found: re.Match[str]) -> Bounded | None:
    value = read_number(found["number"].strip()).value
    words = {name.removesuffix("_behind") for name, word in found.groupdict().items() if word}
    if not isinstance(value, float) or words >= {"most", "least"}:
        return None
    return Bounded(value, found["unit"].strip(" .") or None, "most" in words)
