"""The numbers and labels with which the lines of a list begin: "1. Build a bridge", "Lead: Office of Roads"."""

import re
from collections.abc import Collection
from enum import StrEnum

from planner.base.views import value_class
from planner.intake.layout.names import is_listed

_DIGITS = "0-9０-９"
_NUMERALS = "一二三四五六七八九十百零〇"
_BULLET = r"\s{0,9}(?:[-*•·]\s{1,9})?\*{0,3}"


class NumberStyle(StrEnum):
    """How the number of a line is written. All lines of one level of a list have the same style."""

    ARABIC = "1."
    BRACKETED = "(1)"
    CIRCLED = "①"
    ITEM = "第1项"
    CODE = "A-1"
    NUMERAL = "一、"
    BRACKETED_NUMERAL = "（一）"
    ROMAN = "Ⅰ."
    PART = "第一章"
    SYLLABLE = "가."
    HEADING = "#"


# The styles of lines that begin a section if the entries have another style.
SECTION_STYLES = frozenset(
    {
        NumberStyle.NUMERAL,
        NumberStyle.BRACKETED_NUMERAL,
        NumberStyle.ROMAN,
        NumberStyle.PART,
        NumberStyle.SYLLABLE,
        NumberStyle.HEADING,
    }
)

_PATTERNS = {
    NumberStyle.HEADING: r"#{1,6}(?=\s)",
    NumberStyle.PART: rf"第\s{{0,9}}[{_NUMERALS}{_DIGITS}]{{1,9}}\s{{0,9}}(?:部分|章|篇|节|節)",
    NumberStyle.ITEM: rf"第\s{{0,9}}[{_NUMERALS}{_DIGITS}]{{1,9}}\s{{0,9}}[项項条條号號件]"
    rf"|제\s{{0,9}}[{_DIGITS}]{{1,9}}\s{{0,9}}[호항조]",
    NumberStyle.BRACKETED: rf"[（(]\s{{0,9}}[{_DIGITS}]{{1,9}}\s{{0,9}}[）)]",
    NumberStyle.BRACKETED_NUMERAL: rf"[（(]\s{{0,9}}[{_NUMERALS}]{{1,9}}\s{{0,9}}[）)]",
    NumberStyle.CIRCLED: "[\u2460-\u2473\u3251-\u325f\u32b1-\u32bf]",
    NumberStyle.NUMERAL: rf"[{_NUMERALS}]{{1,9}}(?=\s{{0,9}}[、.．])",
    NumberStyle.ROMAN: r"(?:[\u2160-\u216b]{1,9}|[IVX]{1,9})(?=\s{0,9}[.．、)])",
    NumberStyle.SYLLABLE: r"[가나다라마바사아자차카타파하](?=[.．)])",
    NumberStyle.CODE: rf"[A-Z]{{1,5}}-[{_DIGITS}]{{1,9}}(?:[.\-][{_DIGITS}]{{1,9}}){{0,6}}(?=[\s.:：、*])",
    NumberStyle.ARABIC: rf"[{_DIGITS}]{{1,9}}(?:[.．\-][{_DIGITS}]{{1,9}}){{0,6}}"
    r"(?=\s{0,9}(?:\*\*|[.．、)）])|[ 　]{1,9}\S)",
}
_NUMBERED = re.compile(
    _BULLET
    + "(?:"
    + "|".join(f"(?P<{style.name}>{pattern})" for style, pattern in _PATTERNS.items())
    + r")\*{0,3}\s{0,9}[.．、:：)）]?\s{0,9}\*{0,3}\s{0,9}(?P<text>[^\s\d%％年月日.．].*)",
    re.DOTALL,
)

_AFTER_LABEL = r"\s{0,9}\*{0,3}[:：](?!//)\*{0,3}[ 　\t]*"
# A label is short, and has no number and no end of a sentence in it. It stands at the beginning of a line, after a
# part of one that has ended, or after a bracket.
_LABEL = re.compile(
    r"(?P<before>^\s{0,9}(?:[-*•·]\s{1,9})?\*{0,3}|[；;。\t（(【\[]\s{0,9}|[ 　]{2,9})"
    r"(?P<label>[^\s:：，、。；;,()（）【\]\[0-9０-９][^:：，、。；;,()（）【\]\[\n]{0,23}?)"
    rf"{_AFTER_LABEL}"
)
_COLON = re.compile(r"[:：](?!//)")
_LONGEST_LABEL = 24
_WIDE = re.compile(r"[\u3041-\u30ff\u3400-\u9fff]")


@value_class
class NumberedLine:
    """A line that begins with a number: the style of its number, the number as it is written, and the rest."""

    style: NumberStyle
    number: str
    text: str


@value_class
class Labelled:
    """A text with the label in front of it."""

    label: str
    text: str


def numbered_line(line: str) -> NumberedLine | None:
    """Return the parts of a line that begins with a number, or None for any other line."""
    found = _NUMBERED.match(line.strip())
    if found is None or found.lastgroup is None:
        return None
    name = next(name for name, value in found.groupdict().items() if value is not None and name != "text")
    return NumberedLine(NumberStyle[name], found[name].strip(), found["text"].strip())


def labels_of(line: str) -> list[str]:
    """Return the labels in a line.

    A name of a column is a label after one blank too, as in 牵头单位：甲局 责任单位：乙局. Before the first label of a
    line, this holds for Chinese and Japanese only: other writings have blanks between all words.
    """
    line = line.strip()
    found = list(_LABEL.finditer(line))
    first = found[0].end() if found else len(line)
    known = (_known_label(line, colon.start(), first) for colon in _COLON.finditer(line))
    return list(dict.fromkeys([*(one["label"] for one in found), *(label for label in known if label)]))


def _known_label(line: str, end: int, first: int) -> str | None:
    """Return the longest name of a column between a blank and a colon at `end`. `first` is where a label has ended."""
    begin = max(0, end - _LONGEST_LABEL)
    for blank in re.finditer(r"\s(?=\S)", line[begin:end]):
        label = line[begin + blank.end() : end].strip(" *")
        may_begin = _WIDE.match(label) or (begin + blank.start() >= first and not label[:1].islower())
        if may_begin and is_listed(label):
            return label
    return None


def begins_with_label(line: str) -> bool:
    """Return whether a line begins with a label."""
    return _LABEL.match(line.strip()) is not None


def pattern_of(labels: Collection[str]) -> re.Pattern[str] | None:
    """Return a pattern that finds these labels, also after a single blank. None if there are no labels."""
    if not labels:
        return None
    known = "|".join(map(re.escape, sorted(labels, key=len, reverse=True)))
    return re.compile(
        rf"(?P<before>^\s{{0,9}}(?:[-*•·]\s{{1,9}})?\*{{0,3}}|[；;。，,（(【\[]\s{{0,9}}|\s{{1,9}})(?P<label>{known}){_AFTER_LABEL}"
    )


def split_labelled(line: str, pattern: re.Pattern[str] | None) -> tuple[str, list[Labelled]]:
    """Return the text of a line before its first label, and the texts after each of its labels."""
    line = line.strip()
    places = list(pattern.finditer(line)) if pattern else []
    if not places:
        return line, []
    ends = [found.start() for found in places[1:]] + [len(line)]
    parts = [
        Labelled(found["label"], _trimmed(line[found.end() : end], found["before"]))
        for found, end in zip(places, ends, strict=True)
    ]
    return line[: places[0].start()].strip(), parts


def _trimmed(text: str, before: str) -> str:
    """Return the text after a label without the bracket that closes the one before the label."""
    trimmed = text.strip()
    if before.strip()[:1] in ("（", "(", "【", "[") or _unopened(trimmed):
        trimmed = re.sub(r"[）)】\]][。.；;]?$", "", trimmed)
    return trimmed.rstrip("；;*")


def _unopened(text: str) -> bool:
    return sum(map(text.count, "（(【[")) < sum(map(text.count, "）)】]"))
