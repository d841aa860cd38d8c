"""How documents print the numbers of clauses and articles: how each form is recognised and written, and its values."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from planner.domain.vocabulary import Numbering


@dataclass(frozen=True)
class Form:
    """A style of printing clause numbers: how to recognise one at the beginning of a line, and how to write one.

    Within a line, a number may also follow one of the characters `inline`, which end a sentence or a list item.
    """

    pattern: re.Pattern[str]
    write: Callable[[int], str]
    inline: str = ""


# The form of the clause numbers, and the forms that the numbers of their parts can have.
Forms = tuple[Form, tuple[Form, ...]]


def _roman(number: int) -> str:
    written = ""
    for value, letters in ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV")):
        count, number = divmod(number, value)
        written += letters * count
    return written + "I" * number


_HAN_DIGITS = "〇一二三四五六七八九"


def _han(number: int) -> str:
    """Return a number below 400 in Chinese characters."""
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    written = f"{_HAN_DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        written += "十" if tens == 1 and not hundreds else f"{_HAN_DIGITS[tens]}十"
    elif hundreds and ones:
        written += "零"
    return written + (_HAN_DIGITS[ones] if ones else "")


def _arabic_ordinals() -> Iterator[tuple[str, int]]:
    """Yield the ordinal numbers from 1 to 19 in Arabic words, as they follow the word for article."""
    words = (
        "الأولى",
        "الثانية",
        "الثالثة",
        "الرابعة",
        "الخامسة",
        "السادسة",
        "السابعة",
        "الثامنة",
        "التاسعة",
        "العاشرة",
    )
    for number, word in enumerate(words, 1):
        yield word, number
        if number < 10:
            yield f"{'الحادية' if number == 1 else word} عشرة", number + 10
    yield "الاولى", 1


_ORDINALS = dict(_arabic_ordinals())
_ROMAN = {_roman(number): number for number in range(1, 400)}
_HAN = {_han(number): number for number in range(1, 400)}
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"

_HAN_NUMBER = "[一二三四五六七八九十百零]{1,7}"
_ARABIC_DOT = Form(re.compile(r"(\d{1,3})[.．、](?!\d)"), "{}.".format)
_ARABIC_PAREN = Form(re.compile(r"[(（](\d{1,3})[)）]"), "({})".format)
_ROMAN_DOT = Form(re.compile(r"([IVXLC]{1,9})\."), lambda number: f"{_roman(number)}.")
_CIRCLED_FORM = Form(re.compile(f"([{_CIRCLED}])"), lambda number: _CIRCLED[number - 1 : number])
# The characters that an inline number may follow. In an article, it may also follow the title in parentheses.
_BREAKS = "。；;：:！？"
_HAN_COMMA = Form(re.compile(f"({_HAN_NUMBER})[、．.]"), lambda number: f"{_han(number)}、", _BREAKS)
_HAN_PAREN = Form(re.compile(f"[(（]({_HAN_NUMBER})[)）]"), lambda number: f"（{_han(number)}）", _BREAKS)
_ARTICLE = Form(re.compile(rf"第({_HAN_NUMBER}|\d{{1,3}})[条條](?!第|の)"), lambda number: f"第{_han(number)}条")
# In a sentence, another character follows the number of an article: 제2조에 따라.
_TITLE = r"(?=[\s(（\[【:：.\-–—]|$)"
_GAP = "[ \u00a0\u3000]?"
_ARTICLE_KO = Form(re.compile(rf"제{_GAP}(\d{{1,3}}){_GAP}조{_TITLE}"), "제{}조".format)
_AR_NUMBER = "|".join((r"\d{1,3}", *sorted(_ORDINALS, reverse=True)))
_ARTICLE_AR = Form(
    re.compile(rf"(?:ال)?مادة{_GAP}[(（]?{_GAP}({_AR_NUMBER})(?:{_GAP}[)）])?{_TITLE}[.:：]?"), "المادة {}".format
)
_LATIN = r"(?:(?i:article|artículo|articolo|artigo|artikel|art\.|section|sec\.)|§)"
_ARTICLE_LATIN = Form(
    re.compile(rf"{_LATIN}{_GAP}(\d{{1,3}}|[IVXLC]{{1,9}})(?:er|re|º|°|ª)?{_TITLE}(?!\.\d)[.:：]?"), "Article {}".format
)
_CIRCLED_PARAGRAPH = Form(_CIRCLED_FORM.pattern, _CIRCLED_FORM.write, _BREAKS + ".)）")
_PARAGRAPH = Form(re.compile(rf"第({_HAN_NUMBER}|\d{{1,3}})[項项款](?!第|の)"), lambda number: f"第{_han(number)}项")

ARTICLES = (_ARTICLE, _ARTICLE_KO, _ARTICLE_AR, _ARTICLE_LATIN)
# The numbers of the parts of an article. The one that comes first in an article counts, because the others are within.
_IN_ARTICLES = (_CIRCLED_PARAGRAPH, _ARABIC_DOT, _ARABIC_PAREN, _HAN_PAREN)
# An article that was put in later, such as 제3조의2 or § 3a, which no series counts.
INSERTED = re.compile(
    rf"제{_GAP}\d{{1,3}}{_GAP}조의{_GAP}\d{{1,2}}{_TITLE}|{_LATIN}{_GAP}\d{{1,3}}{_GAP}[a-z]{_TITLE}"
    rf"|第(?:{_HAN_NUMBER}|\d{{1,3}})[条條][の之](?:{_HAN_NUMBER}|\d{{1,2}})"
)

# The style of the numbers of clauses, with the style of the numbers of their parts, if they have any. A style may have
# several variants. The first is the one in most documents; when parsing, the variant that finds the most clauses is
# used.
FORMS: dict[Numbering, tuple[Forms, ...]] = {
    Numbering.ARABIC_DOT: ((_ARABIC_DOT, ()), (_HAN_COMMA, ()), *((article, ()) for article in ARTICLES)),
    Numbering.ROMAN_DOT: ((_ROMAN_DOT, (_ARABIC_DOT,)), (_HAN_COMMA, (_ARABIC_DOT,))),
    Numbering.ARABIC_DOT_PAREN: (
        (_ARABIC_DOT, (_ARABIC_PAREN,)),
        (_HAN_COMMA, (_HAN_PAREN,)),
        (_ARTICLE, (_HAN_PAREN,)),
        (_ARTICLE, (_PARAGRAPH,)),
        *((article, _IN_ARTICLES) for article in ARTICLES[1:]),
    ),
    Numbering.PAREN_DOT: ((_ARABIC_PAREN, (_ARABIC_DOT,)), (_HAN_PAREN, (_ARABIC_DOT,))),
    Numbering.CIRCLED_THEMES: ((_CIRCLED_FORM, ()),),
}

# A chapter heading, which ends the article before it. The words of a sentence can also begin with 제2장.
CHAPTER = re.compile(
    rf"^\s*(?:第(?:{_HAN_NUMBER}|\d{{1,3}})[章节節編编]|제\s?\d{{1,3}}\s?[장절편](?:\s[^.\n]{{0,40}})?$)", re.MULTILINE
)


def number_of(printed_number: str) -> int | None:
    """Return the value of a printed number, or None if the characters are not a number."""
    if printed_number.isdecimal():
        return int(printed_number)
    words = (_ROMAN, _HAN, _ORDINALS)
    found = next((known[printed_number] for known in words if printed_number in known), None)
    return found or _CIRCLED.find(printed_number) + 1 or None
