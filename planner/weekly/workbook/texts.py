"""Fit text into cells: limit its length, measure its width, and find its writing direction."""

import unicodedata
from math import ceil

from planner.base.visible_text import visible

# The most UTF-16 units in a cell. Excel reports a file with a longer cell as damaged.
LONGEST_CELL = 32_767
CUT = "…"

# What the name of a sheet must not contain, and the most UTF-16 units in it.
_NOT_IN_TABS, _LONGEST_TAB = frozenset("[]:*?/\\"), 31

# The average width of a letter and of a blank compared with a digit, and the width that a broken word leaves empty.
_LETTER, _BLANK, _BROKEN = 0.95, 0.5, 3


def cell_text(text: str) -> str:
    """Return a text made safe for a cell.

    Characters that are invisible or not allowed in XML are replaced by a visible form. Text longer than a cell can hold
    is cut.
    """
    return _cut(visible(text))


def _cut(text: str) -> str:
    # A character takes at most two units, so most texts are short enough without counting.
    if len(text) * 2 <= LONGEST_CELL or units(text) <= LONGEST_CELL:
        return text
    kept = text.encode("utf-16-le")[: (LONGEST_CELL - len(CUT)) * 2]
    return kept.decode("utf-16-le", "ignore") + CUT


def units(text: str) -> int:
    """Return the length of a text in UTF-16 units, in which the limit of a cell is counted."""
    return len(text.encode("utf-16-le")) // 2


def width(text: str) -> int:
    """Return the width of the widest line of a text, in columns of a fixed-width font.

    A wide (CJK) character takes two columns.
    """
    count = len if text.isascii() else _width
    return max(map(count, text.split("\n")))


def _width(line: str) -> int:
    return sum(map(_columns, line))


def lines_needed(text: str, column_width: int) -> int:
    """Estimate how many lines a text takes in a column. The unit of `column_width` is the width of a digit."""
    if "\n" not in text and (2 if not text.isascii() else _LETTER) * len(text) <= column_width:
        return 1
    return sum(_lines(line, column_width) for line in text.split("\n"))


def _lines(line: str, column_width: int) -> int:
    """Count the lines of a text by putting word after word, as a spreadsheet program does."""
    lines, used, high = 1, 0.0, 0
    for word in line.split(" "):
        wide = width(word) - len(word)
        needed = 2 * wide + _LETTER * max(0, len(word) - wide)
        if used + needed > column_width and used:
            lines, used = lines + 1, 0.0
        if needed > column_width:
            # A word that is too long is broken, and so is every text in a script without blanks.
            more = ceil(needed / max(1, column_width - _BROKEN)) - 1
            lines, needed = lines + more, needed - more * (column_width - _BROKEN)
        high = high or wide
        used += needed + _BLANK
    # Lines with wide letters need more height.
    return lines + (lines + 1) // 3 if high and lines > 1 else lines


def _columns(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def tab_text(text: str) -> str:
    """Return a text as the name of a sheet: without the characters that Excel forbids there, and not too long."""
    kept = "".join(" " if character in _NOT_IN_TABS else character for character in text).strip("' ")
    while units(kept) > _LONGEST_TAB:
        kept = kept[:-1]
    return kept
