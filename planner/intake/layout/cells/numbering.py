"""The numbers that registers print before titles: 一、 （一） 1. 1.2 Ⅰ. (a) 第一章 Part 1."""

import re
from functools import lru_cache
from typing import NamedTuple

_LONGEST = 400
_HAN = "一二三四五六七八九十百"
_STYLES: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (style, re.compile(form, re.IGNORECASE))
    for style, form in (
        ("chapter", rf"(第 ?[{_HAN}\d]{{1,4}} ?[章编編篇部장부편](?:分)?)[、.:： \u3000]*(?P<rest>.*)"),
        ("chapter", r"((?:part|chapter|pillar|goal|theme) (?:\d{1,3}|[ivx]{1,5}))[.:,： –—-]*(?P<rest>.*)"),
        ("section", rf"(第 ?[{_HAN}\d]{{1,4}} ?[节節절])[、.:： \u3000]*(?P<rest>.*)"),
        ("item", rf"(第 ?[{_HAN}\d]{{1,4}} ?[条條项項件号號조항])[、.:： \u3000]*(?P<rest>.*)"),
        ("han in brackets", rf"([(（] ?[{_HAN}]{{1,4}} ?[)）])[、.:： \u3000]*(?P<rest>.*)"),
        ("han", rf"([{_HAN}]{{1,4}}) ?(?:[、.．:：]|[ \u3000]+)[ \u3000]*(?P<rest>.*)"),
        ("roman", r"([Ⅰ-Ⅻ])[、.．:： \u3000]*(?P<rest>.*)"),
        ("roman", r"([IVX]{1,6})[、.．:)][ \u3000]*(?P<rest>.*)"),
        ("digits in brackets", r"([(（] ?\d{1,3} ?[)）])[、.:： \u3000]*(?P<rest>.*)"),
        ("circled", r"([①-⑳㉑-㉟❶-❿])[、.:： \u3000]*(?P<rest>.*)"),
        ("letter in brackets", r"([(（] ?[a-z가-하] ?[)）])[ \u3000]*(?P<rest>.*)"),
        ("ordinal", rf"([{_HAN}]是)[:：]?(?P<rest>.*)"),
        ("letter", r"([A-Z가나다라마바사아자차카타파하])[、.．)][ \u3000]*(?P<rest>.*)"),
    )
)
_DIGITS = re.compile(r"(\d{1,3}(?:[.．-]\d{1,3}){0,4})(?:[、)]|[.．](?!\d)|[ \u3000]+(?=\D)|$)[ \u3000]*(?P<rest>.*)")


class Numbered(NamedTuple):
    """A text with the number before it: the style of the number, the number as printed, and the rest of the text."""

    style: str
    label: str
    rest: str


def numbered(text: str) -> Numbered | None:
    """Return a text divided into its number and its title, or None if no number is before it.

    The style of a number with points, such as 1.2.3, has its depth, so that numbers of one level have one style. A very
    long text is no title.
    """
    return _numbered(text) if len(text) <= _LONGEST else None


@lru_cache(maxsize=20_000)
def _numbered(text: str) -> Numbered | None:
    line = " ".join(text.split())
    for style, form in _STYLES:
        found = form.fullmatch(line)
        if found and (style != "roman" or found["rest"]):
            return Numbered(style, found[1].strip(), found["rest"].strip())
    found = _DIGITS.fullmatch(line)
    if found is None:
        return None
    depth = len(re.split(r"[.．-]", found[1]))
    return Numbered(f"digits {depth}", found[1], found["rest"].strip())
