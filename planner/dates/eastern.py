"""Bringing dates as East Asian documents write them into the form that the readers of typed dates expect.

Chinese numerals become digits, years of an era become years of the calendar, and shortened years become full ones.
"""

import re

_DIGITS = {character: str(number) for number, character in enumerate("〇一二三四五六七八九")} | {"零": "0", "两": "2"}
_NUMERALS = re.compile(r"[〇零一二两三四五六七八九十]+(?= ?[年月日号])")
# The year before the first year of each era.
_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "民国": 1911, "民國": 1911}
_ERA = re.compile(rf"({'|'.join(_ERAS)}) ?(元|\d{{1,3}})(?= ?年)", re.ASCII)
_REIWA = re.compile(r"r(\d{1,2})(?=[./年-] ?\d)", re.ASCII)
_SHORT_YEAR = re.compile(r"['`‘’´](\d{2})(?=[./년年 -])", re.ASCII)
# 2020. 6월 and 2020.6月, where a point stands for the word for year.
_POINT = re.compile(r"(\d{4})[./-] ?(?=\d{1,2} ?([月월]))", re.ASCII)
# 2020. 6
_AFTER_POINT = re.compile(r"(?<=\d\.) (?=\d)", re.ASCII)
_TRADITIONAL = str.maketrans(
    {"號": "号", "內": "内", "間": "间", "〜": "~", "～": "~", "〔": "(", "【": "(", "】": ")"}
)


def in_digits(text: str) -> str:
    """Return a folded date with digits for Chinese numerals, and with full years of the calendar."""
    text = _AFTER_POINT.sub("", text)
    if text.isascii() and "'" not in text and "`" not in text and not text.startswith("r"):
        return text
    plain = text.translate(_TRADITIONAL)
    plain = _ERA.sub(lambda found: str(_ERAS[found[1]] + (1 if found[2] == "元" else int(found[2]))), plain)
    plain = _REIWA.sub(lambda found: str(_ERAS["令和"] + int(found[1])), plain)
    plain = _SHORT_YEAR.sub(lambda found: f"20{found[1]}", plain)
    plain = _NUMERALS.sub(lambda found: _number(found[0]), plain)
    return _POINT.sub(lambda found: f"{found[1]}{'年' if found[2] == '月' else '년 '}", plain).replace("年 ", "年")


def _number(numerals: str) -> str:
    """Return the digits for numerals: 二〇二〇 is 2020, and 三十一 is 31."""
    tens, ten, ones = numerals.partition("十")
    if not ten:
        return "".join(_DIGITS[numeral] for numeral in numerals)
    return str(10 * int(_DIGITS.get(tens, "1")) + int(_DIGITS.get(ones, "0")))
