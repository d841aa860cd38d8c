"""Parses the numbered clauses of a text, in each of the ways in which documents print their numbers."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from planner.texts import invisible
from planner.vocabulary import Numbering


@dataclass(frozen=True)
class NumberedSpan:
    """A clause as printed: its number (`3`, or `20.2` for a part of clause 20) and where its text stands."""

    number: str
    start: int
    end: int


@dataclass(frozen=True)
class _Mark:
    """A number at the head of a line: the line's first point, and the point at which the text after it begins."""

    value: int
    line: int
    start: int


@dataclass(frozen=True)
class _Form:
    """A way of printing numbers: what to look for at the head of a line, and how a number is written."""

    pattern: re.Pattern[str]
    write: Callable[[int], str]


def _roman(number: int) -> str:
    written = ""
    for value, letters in ((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV")):
        count, number = divmod(number, value)
        written += letters * count
    return written + "I" * number


_ROMAN = {_roman(number): number for number in range(1, 400)}
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"

_ARABIC_DOT = _Form(re.compile(r"(\d{1,3})\.(?!\d)"), "{}.".format)
_ARABIC_PAREN = _Form(re.compile(r"\((\d{1,3})\)"), "({})".format)
_ROMAN_DOT = _Form(re.compile(r"([IVXLC]{1,9})\."), lambda number: f"{_roman(number)}.")
_CIRCLED_FORM = _Form(re.compile(f"([{_CIRCLED}])"), lambda number: _CIRCLED[number - 1 : number])

# How the numbers of the clauses are printed, and those of their parts where they have numbered parts.
_FORMS: dict[Numbering, tuple[_Form, _Form | None]] = {
    Numbering.ARABIC_DOT: (_ARABIC_DOT, None),
    Numbering.ROMAN_DOT: (_ROMAN_DOT, _ARABIC_DOT),
    Numbering.ARABIC_DOT_PAREN: (_ARABIC_DOT, _ARABIC_PAREN),
    Numbering.PAREN_DOT: (_ARABIC_PAREN, _ARABIC_DOT),
    Numbering.CIRCLED_THEMES: (_CIRCLED_FORM, None),
}

# What a converter to plain text leaves before a number that was a heading, bold or quoted.
_LEFTOVERS = "#*_>"


def parse(text: str, numbering: Numbering) -> tuple[NumberedSpan, ...]:
    """The numbered clauses of a text, each followed by its numbered parts; nothing where no number is found.

    A clause begins at the head of a line, after its number, and goes up to the line of the next. The numbers must
    follow one another from 1, so that a number inside a sentence, a list or the chrome of a page is not taken for one.
    """
    form, part_form = _FORMS[numbering]
    clauses = _sequence(_marks(text, form, 0, len(text)), len(text))
    spans: list[NumberedSpan] = []
    for position, clause in enumerate(clauses):
        end = clauses[position + 1].line if position + 1 < len(clauses) else len(text)
        parts = _sequence(_marks(text, part_form, clause.start, end), end) if part_form else []
        spans += _spans(text, [clause], parts[0].line if parts else end)
        spans += _spans(text, parts, end, f"{clause.value}.")
    return tuple(spans)


def printed(number: str, numbering: Numbering) -> str:
    """How a document prints the number of a clause, such as `3`, or of a part of one, such as `20.2`."""
    form, part_form = _FORMS[numbering]
    clause, _, part = number.partition(".")
    return part_form.write(int(part)) if part and part_form else form.write(int(clause))


def _marks(text: str, form: _Form, start: int, end: int) -> list[_Mark]:
    """The numbers at the heads of the lines between two points."""
    marks = []
    line = start
    for content in text[start:end].splitlines(keepends=True):
        after = line + len(content)
        found = form.pattern.match(text, _visible(text, line, after, _LEFTOVERS), after)
        value = _value(found[1]) if found else None
        if found and value is not None:
            marks.append(_Mark(value, line, _visible(text, found.end(), end)))
        line = after
    return marks


def _visible(text: str, point: int, end: int, also_skipped: str = "") -> int:
    """The first point from here on that holds more than spacing."""
    while point < end and (invisible(text[point]) or text[point] in also_skipped):
        point += 1
    return point


def _value(printed_number: str) -> int | None:
    """What a printed number counts; None for letters that are no Roman number."""
    if printed_number.isdecimal():
        return int(printed_number)
    return _ROMAN.get(printed_number) or _CIRCLED.find(printed_number) + 1 or None


def _sequence(marks: Sequence[_Mark], end: int) -> list[_Mark]:
    """The longest run of marks that count 1, 2, 3 …, each the next one after the one before.

    Of runs of equal length the one whose shortest clause is longest: a table of contents has short entries. Where
    several ones lead to the same two, the last of them begins the run: those before are chrome.
    """
    following: dict[int, int] = {}
    runs: list[tuple[int, int, int | None]] = [(0, 0, None)] * len(marks)
    for position in range(len(marks) - 1, -1, -1):
        mark = marks[position]
        following[mark.value] = position
        later = following.get(mark.value + 1)
        if later is None:
            runs[position] = (1, end - mark.start, None)
        else:
            count, shortest, _ = runs[later]
            runs[position] = (count + 1, min(shortest, marks[later].line - mark.start), later)
    heads = {runs[position][2]: position for position, mark in enumerate(marks) if mark.value == 1}
    here = max(heads.values(), key=lambda position: runs[position][:2], default=None)
    run = []
    while here is not None:
        run.append(marks[here])
        here = runs[here][2]
    return run


def _spans(text: str, marks: Sequence[_Mark], end: int, prefix: str = "") -> list[NumberedSpan]:
    """What stands under each mark, without the spacing around it; a number with nothing under it has no span."""
    ends = [*(mark.line for mark in marks[1:]), end]
    spans = []
    for mark, last in zip(marks, ends, strict=False):
        while last > mark.start and invisible(text[last - 1]):
            last -= 1
        if last > mark.start:
            spans.append(NumberedSpan(f"{prefix}{mark.value}", mark.start, last))
    return spans
