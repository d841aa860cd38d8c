"""Texts of people, shortened for the brief: on one line, safe to show, and no wider than the brief has room for."""

from planner.base.visible_text import one_line
from planner.weekly.workbook.texts import width

# The widths in columns of a fixed-width font. A Chinese character takes two. A redaction finds a text by its first 60
# columns, so none may be cut before that.
TITLE_WIDTH, QUOTE_WIDTH, NAME_WIDTH = 100, 180, 72
CUT = "…"


def short_title(text: str) -> str:
    """Return a title on one line, cut if it is long."""
    return fitted(text, TITLE_WIDTH)


def short_name(text: str) -> str:
    """Return the name of an organisation or a theme on one line, cut if it is long."""
    return fitted(text, NAME_WIDTH)


def short_quote(text: str | None) -> str:
    """Return what a person wrote on one line, cut if it is long. Return an empty text for None."""
    return fitted(text or "", QUOTE_WIDTH)


def fitted(text: str, columns: int) -> str:
    """Return a text on one line that is at most `columns` wide. If it had to be cut, it ends with an ellipsis."""
    line = one_line(text)
    if width(line) <= columns:
        return line
    kept = line[:columns]
    while width(kept) >= columns:
        kept = kept[:-1]
    return f"{kept.rstrip()}{CUT}"
