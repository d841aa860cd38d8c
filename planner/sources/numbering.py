"""Finding the numbered clauses of a text, in every style in which documents print their numbers."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from planner.base.texts import invisible
from planner.domain.vocabulary import Numbering

# With fewer numbers than this, a text does not count as numbered.
FEWEST = 2


@dataclass(frozen=True)
class NumberedSpan:
    """A clause as printed: its number (`3`, or `20.2` for a part of clause 20) and the span of its text.

    `printed` is the number in the style of the text, such as `（三）`.
    """

    number: str
    start: int
    end: int
    printed: str


@dataclass(frozen=True)
class _Mark:
    """The number of a clause, found in the text.

    `line` is the point at which the line begins, or at which the number begins if it is within a line. `start` is the
    point at which the text after the number begins.
    """

    value: int
    line: int
    start: int
    printed: str


@dataclass(frozen=True)
class _Form:
    """A style of printing clause numbers: how to recognise one at the beginning of a line, and how to write one.

    An `inline` number may also follow the end of a sentence or of a list item within a line.
    """

    pattern: re.Pattern[str]
    write: Callable[[int], str]
    inline: bool = False


@dataclass(frozen=True)
class _Section:
    """A part of a text in which the clause numbers begin with 1: the numbers, and the point at which the part ends."""

    marks: Sequence[_Mark]
    end: int


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


_ROMAN = {_roman(number): number for number in range(1, 400)}
_HAN = {_han(number): number for number in range(1, 400)}
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"

_HAN_NUMBER = "[一二三四五六七八九十百零]{1,7}"
_ARABIC_DOT = _Form(re.compile(r"(\d{1,3})[.．、](?!\d)"), "{}.".format)
_ARABIC_PAREN = _Form(re.compile(r"[(（](\d{1,3})[)）]"), "({})".format)
_ROMAN_DOT = _Form(re.compile(r"([IVXLC]{1,9})\."), lambda number: f"{_roman(number)}.")
_CIRCLED_FORM = _Form(re.compile(f"([{_CIRCLED}])"), lambda number: _CIRCLED[number - 1 : number])
_HAN_COMMA = _Form(re.compile(f"({_HAN_NUMBER})[、．.]"), lambda number: f"{_han(number)}、", inline=True)
_HAN_PAREN = _Form(re.compile(f"[(（]({_HAN_NUMBER})[)）]"), lambda number: f"（{_han(number)}）", inline=True)
_ARTICLE = _Form(re.compile(rf"第({_HAN_NUMBER}|\d{{1,3}})[条條](?!第|の)"), lambda number: f"第{_han(number)}条")

# The style of the numbers of clauses, with the style of the numbers of their parts, if they have any. A style may have
# several variants. The first is the one in most documents; when parsing, the variant that finds the most clauses is
# used.
_FORMS: dict[Numbering, tuple[tuple[_Form, _Form | None], ...]] = {
    Numbering.ARABIC_DOT: ((_ARABIC_DOT, None), (_HAN_COMMA, None), (_ARTICLE, None)),
    Numbering.ROMAN_DOT: ((_ROMAN_DOT, _ARABIC_DOT), (_HAN_COMMA, _ARABIC_DOT)),
    Numbering.ARABIC_DOT_PAREN: ((_ARABIC_DOT, _ARABIC_PAREN), (_HAN_COMMA, _HAN_PAREN), (_ARTICLE, _HAN_PAREN)),
    Numbering.PAREN_DOT: ((_ARABIC_PAREN, _ARABIC_DOT), (_HAN_PAREN, _ARABIC_DOT)),
    Numbering.CIRCLED_THEMES: ((_CIRCLED_FORM, None),),
}

# Characters that a converter to plain text leaves before a number in a heading, in bold or in a quotation.
_LEFTOVERS = "#*_>"
# The characters that an inline number may follow.
_BREAKS = "。；;：:！？"
# A chapter heading, which ends the clause before it.
_CHAPTER = re.compile(rf"^\s*第(?:{_HAN_NUMBER}|\d{{1,3}})[章节節編编]", re.MULTILINE)
# A line that ends with one of these characters is not a heading.
_SENTENCE_ENDS = ".;:,!?…。；：，、！？"
_LONGEST_HEADING = 80
# The characters that end a paragraph in a text with paragraphs but no numbers.
_PARAGRAPH_ENDS = "。；！？"


@dataclass(frozen=True)
class Series:
    """A series of clauses numbered from 1: the number of clauses, and the first line of the first clause."""

    clauses: int
    begins: str
    is_longest: bool


def parse(text: str, numbering: Numbering, series: int | None = None) -> tuple[NumberedSpan, ...]:
    """Return the numbered clauses of a text, each followed by its numbered parts. Empty if there are no numbers.

    A clause begins after a number at the beginning of a line, and ends before the line of the next number. The numbers
    must count up from 1, so that a number in a sentence, a list or a page header is not taken for a clause. A Chinese
    or Japanese text without numbers is divided into its paragraphs.

    If a text has several series of clauses, `series` chooses one by its position in the result of `all_series`, counted
    from 1. Without it, the longest series is returned.
    """
    if series is not None:
        runs, forms = _clause_runs(text, numbering)
        return _with_parts(text, *runs[series - 1], forms)
    found = max((_parsed(text, forms) for forms in _FORMS[numbering]), key=len)
    if len(found) < FEWEST and numbering is Numbering.ARABIC_DOT and not _is_numbered(text):
        return _paragraphs(text) or found
    return found


def _is_numbered(text: str) -> bool:
    """Return whether a text has numbered clauses in any style."""
    return any(len(_parsed(text, forms)) >= FEWEST for styles in _FORMS.values() for forms in styles)


def all_series(text: str, numbering: Numbering) -> tuple[Series, ...]:
    """Return the series of clauses in a text, in the order of the text. Each begins at 1 below a heading of its own."""
    runs, _ = _clause_runs(text, numbering)
    longest = max(runs, key=_length, default=None)
    return tuple(Series(len(run[0]), _line_at(text, run[0][0].line), run is longest) for run in runs)


# The numbers of a series of clauses, and the point at which its section ends.
_Run = tuple[list[_Mark], int]
# The form of the clause numbers, and of the numbers of their parts.
_Forms = tuple[_Form, _Form | None]


def _clause_runs(text: str, numbering: Numbering) -> tuple[list[_Run], _Forms]:
    """Return the series of clauses in a text, and the styles of its numbers.

    These are the styles with which the most clauses and parts are found.
    """
    best = max(_FORMS[numbering], key=lambda forms: len(_parsed(text, forms)))
    return [run for run in _runs(text, best[0]) if len(run[0]) >= FEWEST], best


def _runs(text: str, form: _Form) -> list[_Run]:
    """Return the series of clause numbers in each section of a text, with the end of the section."""
    sections = _sections(text, _marks(text, form, 0, len(text)), len(text))
    return [(_sequence(section.marks, section.end), section.end) for section in sections]


def _length(run: _Run) -> tuple[int, int]:
    """Return a sort key for the length of a series: its number of clauses, then the length of its shortest clause."""
    return len(run[0]), _shortest(*run)


def _parsed(text: str, forms: _Forms) -> tuple[NumberedSpan, ...]:
    return _with_parts(text, *max(_runs(text, forms[0]), key=_length), forms)


def _with_parts(text: str, clauses: Sequence[_Mark], last: int, forms: _Forms) -> tuple[NumberedSpan, ...]:
    """Return the clauses of a series, each followed by its parts.

    The last clause ends at the point `last` or earlier.
    """
    form, part_form = forms
    spans: list[NumberedSpan] = []
    for position, clause in enumerate(clauses):
        end = clauses[position + 1].line if position + 1 < len(clauses) else last
        chapter = _CHAPTER.search(text, clause.start, end) if form is _ARTICLE else None
        end = chapter.start() if chapter else end
        parts = _sequence(_marks(text, part_form, clause.start, end), end) if part_form else []
        spans += _spans(text, [clause], parts[0].line if parts else end)
        spans += _spans(text, parts, end, f"{clause.value}.")
    return tuple(spans)


def _paragraphs(text: str) -> tuple[NumberedSpan, ...]:
    """Return the paragraphs, without headings, of a text that consists mostly of Chinese or Japanese characters."""
    letters = [letter for letter in text if letter.isalpha()]
    if 2 * sum(_is_east_asian(letter) for letter in letters) <= len(letters):
        return ()
    spans: list[NumberedSpan] = []
    line = 0
    for content in text.splitlines(keepends=True):
        words = content.strip()
        if words and words[-1] in _PARAGRAPH_ENDS:
            start = line + content.index(words)
            number = str(len(spans) + 1)
            spans.append(NumberedSpan(number, start, start + len(words), f"¶{number}"))
        line += len(content)
    return tuple(spans) if len(spans) >= FEWEST else ()


def _is_east_asian(letter: str) -> bool:
    return unicodedata.name(letter, "").startswith(("CJK", "HIRAGANA", "KATAKANA"))


def printed(number: str, numbering: Numbering) -> str:
    """Return the number of a clause (`3`) or of a part of a clause (`20.2`) in the style that a document prints."""
    form, part_form = _FORMS[numbering][0]
    clause, _, part = number.partition(".")
    return part_form.write(int(part)) if part and part_form else form.write(int(clause))


def _marks(text: str, form: _Form, start: int, end: int) -> list[_Mark]:
    """Return the clause numbers between two points. Numbers within a line are included only if the style is inline."""
    marks = []
    line = start
    for content in text[start:end].splitlines(keepends=True):
        after = line + len(content)
        head = _visible(text, line, after, _LEFTOVERS)
        found = form.pattern.match(text, head, after)
        if found:
            marks += _mark(text, found, line, end)
        if form.inline:
            for found in _inline(text, form, head + 1, after):
                marks += _mark(text, found, found.start(), end)
        line = after
    return marks


def _mark(text: str, found: re.Match[str], line: int, end: int) -> list[_Mark]:
    value = _value(found[1])
    return [] if value is None else [_Mark(value, line, _visible(text, found.end(), end), found[0])]


def _inline(text: str, form: _Form, start: int, end: int) -> Iterator[re.Match[str]]:
    """Yield the clause numbers between two points of a line that follow the end of a sentence or of a list item."""
    for found in form.pattern.finditer(text, start, end):
        before = found.start() - 1
        while before > start and invisible(text[before]):
            before -= 1
        if text[before] in _BREAKS:
            yield found


def _visible(text: str, point: int, end: int, also_skipped: str = "") -> int:
    """Return the position of the first visible character from `point` on, or `end` if there is none."""
    while point < end and (invisible(text[point]) or text[point] in also_skipped):
        point += 1
    return point


def _value(printed_number: str) -> int | None:
    """Return the value of a printed number, or None if the characters are not a number."""
    if printed_number.isdecimal():
        return int(printed_number)
    return _ROMAN.get(printed_number) or _HAN.get(printed_number) or _CIRCLED.find(printed_number) + 1 or None


def _sections(text: str, marks: Sequence[_Mark], end: int) -> list[_Section]:
    """Divide the clause numbers of a text into sections.

    A new section begins when the numbers restart at 1 below a heading.
    """
    sections: list[_Section] = []
    begun: list[_Mark] = []
    is_run = False
    for mark in marks:
        heading = _heading(text, begun[-1], mark) if mark.value == 1 and is_run else None
        if heading is not None:
            sections.append(_Section(begun, heading))
            begun, is_run = [], False
        begun.append(mark)
        is_run = is_run or mark.value == FEWEST
    return [*sections, _Section(begun, end)]


def _heading(text: str, before: _Mark, mark: _Mark) -> int | None:
    """Return the point at which the heading above a clause number begins, or None if there is no heading."""
    line = before.start
    heading = None
    for content in text[before.start : mark.line].splitlines(keepends=True):
        if content.strip():
            heading = line
        line += len(content)
    if heading is None or heading == before.start:
        return None
    words = _line_at(text, heading)
    is_heading = len(words) <= _LONGEST_HEADING and words[-1] not in _SENTENCE_ENDS and not words[0].islower()
    return heading if is_heading else None


def _line_at(text: str, point: int) -> str:
    """Return the line that begins at a point, without white space around it.

    Only the beginning of a long line is returned.
    """
    return text[point : point + 4 * _LONGEST_HEADING].lstrip().splitlines()[0].strip()


def _shortest(run: Sequence[_Mark], end: int) -> int:
    ends = [*(mark.line for mark in run[1:]), end]
    return min((last - mark.start for mark, last in zip(run, ends, strict=False)), default=0)


def _sequence(marks: Sequence[_Mark], end: int) -> list[_Mark]:
    """Return the longest series of clause numbers that count 1, 2, 3 …, in the order of the text.

    Of equally long series, the one whose shortest clause is longest is returned, because a table of contents has short
    entries. If several numbers 1 lead to the same number 2, the last of them is used, because the others belong to page
    headers and the like.
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
    """Return the span of the text after each number, without white space around it.

    A number without text is left out.
    """
    ends = [*(mark.line for mark in marks[1:]), end]
    spans = []
    for mark, last in zip(marks, ends, strict=False):
        while last > mark.start and invisible(text[last - 1]):
            last -= 1
        if last > mark.start:
            spans.append(NumberedSpan(f"{prefix}{mark.value}", mark.start, last, mark.printed))
    return spans
