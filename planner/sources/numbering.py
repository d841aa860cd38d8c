"""Finding the numbered clauses of a text, in every style in which documents print their numbers (number_forms.py)."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from planner.base.texts import invisible
from planner.domain.vocabulary import Numbering
from planner.sources.number_forms import ARTICLES, CHAPTER, FORMS, INSERTED, Form, Forms, number_of

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
class _Section:
    """A part of a text in which the clause numbers begin with 1: the numbers, and the point at which the part ends."""

    marks: Sequence[_Mark]
    end: int


# Characters that a converter to plain text leaves before a number in a heading, in bold or in a quotation.
_LEFTOVERS = "#*_>"
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
    found = max((_parsed(text, forms) for forms in FORMS[numbering]), key=len)
    if len(found) < FEWEST and numbering is Numbering.ARABIC_DOT and not _is_numbered(text):
        return _paragraphs(text) or found
    return found


def _is_numbered(text: str) -> bool:
    """Return whether a text has numbered clauses in any style."""
    return any(len(_parsed(text, forms)) >= FEWEST for styles in FORMS.values() for forms in styles)


def all_series(text: str, numbering: Numbering) -> tuple[Series, ...]:
    """Return the series of clauses in a text, in the order of the text. Each begins at 1 below a heading of its own."""
    runs, _ = _clause_runs(text, numbering)
    longest = max(runs, key=_length, default=None)
    return tuple(Series(len(run[0]), _line_at(text, run[0][0].line), run is longest) for run in runs)


# The numbers of a series of clauses, and the point at which its section ends.
_Run = tuple[list[_Mark], int]


def _clause_runs(text: str, numbering: Numbering) -> tuple[list[_Run], Forms]:
    """Return the series of clauses in a text, and the styles of its numbers.

    These are the styles with which the most clauses and parts are found.
    """
    best = max(FORMS[numbering], key=lambda forms: len(_parsed(text, forms)))
    return [run for run in _runs(text, best[0]) if len(run[0]) >= FEWEST], best


def _runs(text: str, form: Form) -> list[_Run]:
    """Return the series of clause numbers in each section of a text, with the end of the section."""
    sections = _sections(text, _marks(text, form, 0, len(text)), len(text))
    return [(_sequence(section.marks, section.end), section.end) for section in sections]


def _length(run: _Run) -> tuple[int, int]:
    """Return a sort key for the length of a series: its number of clauses, then the length of its shortest clause."""
    return len(run[0]), _shortest(*run)


def _parsed(text: str, forms: Forms) -> tuple[NumberedSpan, ...]:
    return _with_parts(text, *max(_runs(text, forms[0]), key=_length), forms)


def _with_parts(text: str, clauses: Sequence[_Mark], last: int, forms: Forms) -> tuple[NumberedSpan, ...]:
    """Return the clauses of a series, each followed by its parts.

    The last clause ends at the point `last` or earlier.
    """
    form, part_forms = forms
    spans: list[NumberedSpan] = []
    for position, clause in enumerate(clauses):
        end = clauses[position + 1].line if position + 1 < len(clauses) else last
        chapter = CHAPTER.search(text, clause.start, end) if form in ARTICLES else None
        end = chapter.start() if chapter else end
        parts = _parts(text, clause, end, part_forms)
        spans += _spans(text, [clause], parts[0].line if parts else end)
        spans += _spans(text, parts, end, f"{clause.value}.")
    return tuple(spans)


def _parts(text: str, clause: _Mark, end: int, forms: Iterable[Form]) -> list[_Mark]:
    """Return the numbers of the parts of a clause that ends at a point, in the form that comes first."""
    found = (_sequence(_marks(text, form, clause.start, end), end) for form in forms)
    return min((parts for parts in found if parts), key=lambda parts: parts[0].start, default=[])


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


def without_clause(text: str, numbering: Numbering, passages: Sequence[NumberedSpan]) -> tuple[str, ...]:
    """Return the lines that begin like a clause or an article, but with which none of the passages begins.

    Outside the passages, only articles count whose numbers are not those of a passage, because a table of contents and
    other series repeat numbers.
    """
    _, (form, _) = _clause_runs(text, numbering)
    numbers = {text.rfind(passage.printed, 0, passage.start): passage.printed for passage in passages}
    first, last = min(numbers), max(passage.end for passage in passages)
    found = []
    line = 0
    for content in text.splitlines(keepends=True):
        head = _visible(text, line, line + len(content), _LEFTOVERS)
        article = _begins(text, head, (INSERTED, *(one.pattern for one in ARTICLES)))
        repeated = article is not None and article in numbers.values()
        begins = article or _begins(text, head, (form.pattern,)) if first < head < last else not repeated and article
        if head not in numbers and begins:
            found.append(_line_at(text, line))
        line += len(content)
    return tuple(found)


def _begins(text: str, point: int, patterns: Iterable[re.Pattern[str]]) -> str | None:
    """Return what stands at a point of a text in one of the patterns, or None."""
    matches = (pattern.match(text, point) for pattern in patterns)
    return next((found[0] for found in matches if found), None)


def printed(number: str, numbering: Numbering) -> str:
    """Return the number of a clause (`3`) or of a part of a clause (`20.2`) in the style that a document prints."""
    form, part_forms = FORMS[numbering][0]
    clause, _, part = number.partition(".")
    return part_forms[0].write(int(part)) if part and part_forms else form.write(int(clause))


def _marks(text: str, form: Form, start: int, end: int) -> list[_Mark]:
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
    value = number_of(found[1])
    return [] if value is None else [_Mark(value, line, _visible(text, found.end(), end), found[0])]


def _inline(text: str, form: Form, start: int, end: int) -> Iterator[re.Match[str]]:
    """Yield the clause numbers between two points of a line that follow the end of a sentence or of a list item."""
    for found in form.pattern.finditer(text, start, end):
        before = found.start() - 1
        while before > start and invisible(text[before]):
            before -= 1
        if text[before] in form.inline:
            yield found


def _visible(text: str, point: int, end: int, also_skipped: str = "") -> int:
    """Return the position of the first visible character from `point` on, or `end` if there is none."""
    while point < end and (invisible(text[point]) or text[point] in also_skipped):
        point += 1
    return point


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
