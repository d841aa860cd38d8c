"""Writing percentages in words with figures and a sign: 百分之四十, 四成, 4割, 40퍼센트 and 五分之二 are 40%."""

import re

from planner.intake.layout.cells.percents.spelled import ONES, SPELLED, spelled_number

_DIGITS = {character: number for number, character in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "兩": 2}
_NUMERALS = "零〇一二两兩三四五六七八九十百"
_NUMBER = rf"(?:[{_NUMERALS}]+(?:[点點][{_NUMERALS}]+)?|\d+(?:\.\d+)?)"
_TO = r"(?: ?(?:至|到|~|-|から) ?)"
_OF_HUNDRED = rf"百分之 ?(?P<hundred>{_NUMBER})(?:{_TO}(?:百分之)?(?P<hundred_to>{_NUMBER}))?"
# 成 also ends and begins other words, so little may stand before the numeral and after it.
_TENTH = r"[一二两兩三四五六七八九十]|\d(?:\.\d)?"
_BEFORE_TENTHS = r"(?:(?<=[约約近超逾过過达達至到成度资資量了为為是有余餘剩还還差])|(?<!\w))"
# 一成不变 and 三五成群 are sayings, and 九成宫 is a place.
_AFTER_TENTHS = r"(?![果员員功本份就立熟套为為都语語品长長交型分宫宮]|不[变變]|群(?![众眾]))"
_HALF = r"(?P<half>[一二三四五六七八九半])(?=左右|以上|多|$|\W)"
_TENTHS = (
    rf"{_BEFORE_TENTHS}(?P<tenths>{_TENTH})(?:{_TO}?(?P<tenths_to>[一二两兩三四五六七八九]|(?<!\d)\d))?"
    rf"成(?:{_HALF})?{_AFTER_TENTHS}"
)
_WARI = rf"(?<![\d.])(?P<wari>{_TENTH})割(?:(?P<bu>[一二三四五六七八九\d])分)?(?![引増合当り])"
_SIGN = (
    r"(?<=\d) ?(?:퍼센트|프로(?=$|\W|로|가|를|의|까지|정도|완료|진행)|パーセント|per ?cent\b|prozent\b|pour cent\b|"
    r"por ciento\b|بالمئة|في المئة|بالمائة|في المائة)(?! ?(?:points?\b|포인트|ポイント))"
)
_PERCENT = r"(?=%|퍼센트|パーセント| ?per ?cent\b)"
# 五分之二, 5分之2 and 五分の二. 千分之五 is no percentage that anybody reports.
_FRACTION = rf"(?<![第千万萬亿億.\d])(?P<of>{_NUMBER})分[之の] ?(?P<part>{_NUMBER})"
_SPELLED = (
    rf"(?:\bbetween (?P<from>{SPELLED}) and |(?<!point )(?<!-)\b(?:(?P<least>{SPELLED}) (?:to|or) )?)"
    rf"(?P<spelled>{SPELLED})(?= ?%| ?per ?cent\b)"
)
_NUMERALS_BEFORE_SIGN = rf"(?P<numerals>[{_NUMERALS}]+(?:[点點][{_NUMERALS}]+)?){_PERCENT}"
_IN_WORDS = re.compile(
    rf"{_OF_HUNDRED}|{_FRACTION}|{_TENTHS}|{_WARI}|{_NUMERALS_BEFORE_SIGN}|{_SPELLED}|(?P<sign>{_SIGN})", re.IGNORECASE
)
# What a whole cell can be: two thirds, half, 一半 and 八十. 2/5 can be a date, too.
_FIGURES = re.compile(r"(?P<part>\d{1,4}) ?/ ?(?P<of>\d{1,4})", re.ASCII)
_MONTH_OF_YEAR = re.compile(r"(?:0?[1-9]|1[0-2]) ?/ ?(?:19|20)\d\d", re.ASCII)
_PARTS = {"half": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "eighth": 8, "tenth": 10}
_IN_ENGLISH = re.compile(rf"(?:(?P<number>an?|{'|'.join(ONES)})[- ])?(?P<part>{'|'.join(_PARTS)})s?", re.IGNORECASE)
_HUNDRED = 100
_HALVES = frozenset(("一半", "半数", "半數", "절반", "半分", "metade", "نصف"))
_TWO_THIRDS = frozenset(("ثلثان", "ثلثين", "dois terços", "dos tercios", "deux tiers", "zwei drittel"))
_ONLY_NUMERALS = re.compile(rf"[{_NUMERALS}]+(?:[点點][{_NUMERALS}]+)?")


def with_percent_signs(text: str) -> str:
    """Return a text of plain characters in which each percentage has figures and a sign."""
    signed = _IN_WORDS.sub(_in_figures, text)
    # The word behind numerals is only a sign once these are figures.
    return signed if signed == text else _IN_WORDS.sub(_in_figures, signed)


def whole_percent(text: str) -> float | None:
    """Return the percentage of a cell that is only a fraction or a number in words: two thirds, 一半 or 八十.

    In a sentence, such words can mean something else.
    """
    plain = text.strip()
    if plain in _HALVES:
        return 50.0
    if plain.casefold() in _TWO_THIRDS:
        return _share(2, 3)
    if _ONLY_NUMERALS.fullmatch(plain):
        return _number(plain)
    found = _IN_ENGLISH.fullmatch(plain)
    if found is None:
        return None
    number = ONES.get((found["number"] or "a").casefold(), 1)
    return _share(number, _PARTS[found["part"].casefold()])


def percent_of_figures(text: str) -> float | None:
    """Return the percentage of a cell such as 2/5, which can also be a date or a number of things, or None.

    3/2026 is a month, and no fraction.
    """
    plain = text.strip()
    found = _FIGURES.fullmatch(plain)
    if found is None or _MONTH_OF_YEAR.fullmatch(plain):
        return None
    return _share(float(found["part"]), float(found["of"]))


def is_sure_share(text: str) -> bool:
    """Return whether a cell such as 85/100 or 0/5 can be nothing else than a percentage."""
    part, _, of = text.partition("/")
    return float(of) == _HUNDRED or float(part) == 0


def _share(part: float, of: float) -> float | None:
    """Return a fraction as a percentage, or None if it is more than all or of nothing."""
    return 100 * part / of if 0 <= part <= of and of >= 1 else None


def _in_figures(found: re.Match[str]) -> str:
    if found["sign"]:
        return "%"
    if found["of"]:
        share = _share(_number(found["part"]), _number(found["of"]))
        return found[0] if share is None else _range(share, None)
    if found["numerals"]:
        return f"{_number(found['numerals']):g}"
    if found["spelled"]:
        least, number = found["from"] or found["least"], f"{spelled_number(found['spelled']):g}"
        return f"{spelled_number(least):g}%-{number}" if least else number
    if found["hundred"]:
        return _range(_number(found["hundred"]), _number(found["hundred_to"]) if found["hundred_to"] else None)
    if found["wari"]:
        return _range(10 * _number(found["wari"]) + (_number(found["bu"]) if found["bu"] else 0), None)
    half = 0.0 if not found["half"] else 5 if found["half"] == "半" else _number(found["half"])
    to = 10 * _number(found["tenths_to"]) + half if found["tenths_to"] else None
    return _range(10 * _number(found["tenths"]) + (0 if to else half), to)


def _range(number: float, to: float | None) -> str:
    return f"{number:g}%" if to is None else f"{number:g}%-{to:g}%"


def _number(written: str) -> float:
    """Return the number of figures, or of numerals up to 一百: 八十五点五 is 85.5."""
    if written[0].isascii():
        return float(written)
    whole, _, after = written.replace("點", "点").partition("点")
    return _whole(whole) + (float("0." + "".join(str(_DIGITS.get(one, 0)) for one in after)) if after else 0)


def _whole(numerals: str) -> int:
    if "百" in numerals:
        before, _, after = numerals.partition("百")
        return 100 * _DIGITS.get(before, 1) + (_whole(after) if after else 0)
    tens, ten, ones = numerals.partition("十")
    if ten:
        return 10 * _DIGITS.get(tens, 1) + _DIGITS.get(ones, 0)
    return int("".join(str(_DIGITS[numeral]) for numeral in numerals))
