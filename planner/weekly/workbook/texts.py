"""What of a text a cell can hold, how wide it stands, and in which direction it reads."""

import unicodedata
from math import ceil

from planner.visible_text import visible

# A cell holds no more than this many UTF-16 units; a program that opens a longer one calls the file damaged.
LONGEST_CELL = 32_767
CUT = "…"

# How wide a letter is on average beside a digit, and how much of a line is left empty where it breaks.
_LETTER, _BROKEN = 0.9, 3


def cell_text(text: str) -> str:
    """A text as a cell holds it: what XML cannot hold, or would act unseen, is shown instead; cut at a cell's end."""
    return _cut(visible(text))


def _cut(text: str) -> str:
    # A character is at most two units, so most texts need no counting.
    if len(text) * 2 <= LONGEST_CELL or units(text) <= LONGEST_CELL:
        return text
    kept = text.encode("utf-16-le")[: (LONGEST_CELL - len(CUT)) * 2]
    return kept.decode("utf-16-le", "ignore") + CUT


def units(text: str) -> int:
    """How many UTF-16 units a text takes, which is what the limit of a cell counts."""
    return len(text.encode("utf-16-le")) // 2


def width(text: str) -> int:
    """How many columns of a fixed-width font the widest line of a text takes; wide (CJK) letters take two."""
    count = len if text.isascii() else _width
    return max(map(count, text.split("\n")))


def _width(line: str) -> int:
    return sum(map(_columns, line))


def lines_needed(text: str, column_width: int) -> int:
    """About how many lines a text takes in a column of that width, which counts digits: most letters are narrower."""
    if 2 * len(text) <= column_width and "\n" not in text:
        return 1
    return sum(_lines(line, column_width) for line in text.split("\n"))


def _lines(line: str, column_width: int) -> int:
    wide = width(line) - len(line)
    needed = 2 * wide + _LETTER * max(0, len(line) - wide)
    if needed <= column_width:
        return 1
    # Where a line breaks between words, part of it stays empty; lines of wide letters stand further apart.
    lines = ceil(needed / (column_width - _BROKEN))
    return lines + (lines + 1) // 3 if wide else lines


def _columns(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def right_to_left(text: str) -> bool:
    """Whether a text reads from the right: its first letter with a direction is Arabic, Hebrew or the like."""
    for character in text:
        direction = unicodedata.bidirectional(character)
        if direction in ("L", "R", "AL"):
            return direction != "L"
    return False
