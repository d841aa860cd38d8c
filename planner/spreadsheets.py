"""What a spreadsheet makes of a cell: text that it would run as a formula is neutralised."""

from datetime import date
from enum import Enum
from typing import Any

# A text cell that begins with one of these is run as a formula in the spreadsheets offices use; some of them, set to
# an East Asian language, take the wide forms too.
FORMULA_SIGNS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")

# Before a formula these hide it from the eye, and from programs that look at the first character only.
HIDING_BLANKS = ("\t", "\r")


def safe_cell(value: Any) -> str | int | float:
    """A value as a cell: dates in ISO 8601, words as text, nothing as empty; formulas get a leading apostrophe."""
    if value is None:
        return ""
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | float):
        return value
    return neutralised(str(value))


def neutralised(text: str) -> str:
    """Text that no spreadsheet runs: where it would, also after leading blanks, an apostrophe goes before it."""
    if text[:1].isalnum():
        return text  # no blank and no sign: nearly every text
    visible = text.lstrip()
    blanks = text[: len(text) - len(visible)]
    if visible.startswith(FORMULA_SIGNS) or any(blank in blanks for blank in HIDING_BLANKS):
        return f"'{text}"
    return text
