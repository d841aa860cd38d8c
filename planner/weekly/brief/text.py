"""The brief as plain text, for the body of a mail. Every mail program shows its short lines unchanged."""

from collections.abc import Iterator

from planner.base.visible_text import right_to_left
from planner.domain.symbols import MADE_UP, SYMBOLS, shares
from planner.weekly.brief.model import Brief, BriefLine, BriefPart, StateBar
from planner.weekly.brief.wrapping import padded, wrapped

# The width of a line, and of the bars of the plan and of a theme.
LINE, PLAN_BAR, THEME_BAR = 76, 60, 30
_NAME = 38
_MARK, _INDENT = " " * 2, " " * 5


def text_bytes(brief: Brief) -> Iterator[bytes]:
    """Yield the brief as text."""
    return (f"{line.rstrip()}\n".encode() for line in _lines(brief))


def _lines(brief: Brief) -> Iterator[str]:
    if brief.instance.plan.simulated:
        yield from (*wrapped(f"SIMULATED. {MADE_UP}", LINE), "")
    yield from wrapped(brief.title, LINE)
    yield from wrapped(brief.heading, LINE)
    yield from ("", "WHERE THE PLAN STANDS", "")
    yield from wrapped(brief.sentence, LINE)
    yield from ("", drawn(brief.plan, PLAN_BAR), *_legend(brief.plan))
    for part in brief.parts:
        yield from _part(part)
    yield from ("", "THEMES BY STATE", "")
    yield from (f"{padded(theme.name, _NAME)} {drawn(theme, THEME_BAR)} {theme.total:,}" for theme in brief.themes)
    if brief.themes_left_out:
        yield f"and {brief.themes_left_out:,} more themes with less trouble"
    if brief.footnote:
        yield from ("", *wrapped(brief.footnote, LINE))
    yield from ("", "To make this brief again, use:", brief.command())


def drawn(bar: StateBar, width: int) -> str:
    """Return a bar as the symbols of its states."""
    cells = shares({share.state: share.count for share in bar.shares}, width)
    return "".join(_symbol(state) * count for state, count in cells.items())


def _symbol(word: str) -> str:
    return SYMBOLS[word][0]


def _legend(bar: StateBar) -> Iterator[str]:
    counts = (f"{_symbol(share.state)} {share.in_words}" for share in bar.shares)
    # The blanks in an entry must not be broken.
    joined = "  ".join(entry.replace(" ", "\N{NO-BREAK SPACE}") for entry in counts)
    yield from (line.replace("\N{NO-BREAK SPACE}", " ") for line in wrapped(joined, LINE))


def _part(part: BriefPart) -> Iterator[str]:
    yield from ("", "", part.title.upper())
    for one in part.lists:
        yield from ("", one.heading)
        for line in one.lines:
            yield from _entry(line)
        if one.more:
            yield f"  and {one.more:,} more"


def _entry(line: BriefLine) -> Iterator[str]:
    yield from _beside(f"{_symbol(line.mark)} {line.code}".rstrip(), line.title, _MARK)
    yield from _indented(line.fact)
    if line.quote:
        yield from _beside(f"{line.lead}:", line.quote)
    elif line.lead:
        yield from _indented(line.lead)


def _beside(first: str, text: str, indent: str = _INDENT) -> Iterator[str]:
    """Yield two texts on one line, or on two lines if one of them is written from right to left.

    The direction of writing of a text then does not change the order of the others.
    """
    if right_to_left(first) or right_to_left(text):
        yield from (*_indented(first, indent), *_indented(text))
    else:
        yield from _indented(f"{first} {text}", indent)


def _indented(text: str, indent: str = _INDENT) -> Iterator[str]:
    """Yield the lines of a text. `indent` goes before the first line."""
    first, *others = wrapped(text, LINE - len(_INDENT))
    yield indent + first
    yield from (_INDENT + line for line in others)
