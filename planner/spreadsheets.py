"""What a spreadsheet makes of a cell: text that it would run as a formula is neutralised."""

from datetime import date
from enum import Enum
from typing import Any

# A text cell that begins with one of these is run as a formula, or hides one, in the spreadsheets offices use.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


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
    if text.startswith(FORMULA_SIGNS) or text.lstrip().startswith(FORMULA_SIGNS):
        return f"'{text}"
    return text
