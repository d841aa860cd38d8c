"""The values of cells in the form in which sheets have them: clean texts, whole numbers as integers."""

import re
import unicodedata
from datetime import date, datetime, time, timedelta

from planner.base.texts import storable
from planner.intake.sheets import Value

_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
# Characters without width that web pages and chats leave at the ends of texts. White space is stripped as well.
_WITHOUT_WIDTH = "\u200b\u200e\u200f\u2060\ufeff"
# From here on, a floating-point number no longer distinguishes neighbouring integers.
_LARGEST_WHOLE = 2**53

# Short texts repeat in registers: names of organisations, dates, units, and in exported ones where a row is from. Each
# is kept once.
_REPEATED_LENGTH = 120
_MOST_REPEATED = 20_000

# More than any table has of anything.
_BEYOND_ALL = 999_999_999


class Values:
    """Makes the values of the cells of one file. Short texts that repeat become one object, which saves memory."""

    def __init__(self) -> None:
        self._texts: dict[str, str | None] = {}
        self._days: dict[date, date] = {}

    def text(self, raw: str) -> str | None:
        """Return the text of a cell as a sheet has it, or None for blank text."""
        if not raw:
            return None
        known = self._texts
        try:
            return known[raw]
        except KeyError:
            text = cell_text(raw)
        if len(raw) <= _REPEATED_LENGTH and len(known) < _MOST_REPEATED:
            known[raw] = text
        return text

    def value(self, raw: str | float | bool | date | time | timedelta) -> Value:
        """Return a typed value of a spreadsheet as a sheet has it."""
        if isinstance(raw, str):
            return self.text(raw)
        if isinstance(raw, float):
            return int(raw) if raw.is_integer() and abs(raw) < _LARGEST_WHOLE else raw
        if isinstance(raw, time | timedelta):
            return str(raw)
        if isinstance(raw, datetime):
            return self._day(raw.date()) if raw.time() == time() and raw.tzinfo is None else raw
        return self._day(raw) if isinstance(raw, date) else raw

    def _day(self, day: date) -> date:
        return self._days.setdefault(day, day) if len(self._days) < _MOST_REPEATED else day


def cell_text(raw: str) -> str | None:
    r"""Return text in NFC, with line ends as \n, without control characters and outer blanks. None for blank text."""
    text = raw if raw.isascii() else unicodedata.normalize("NFC", raw)
    if text.isprintable():
        return text.strip() or None
    text = storable(_LINE_ENDS.sub("\n", text)).strip()
    while text and (text[0] in _WITHOUT_WIDTH or text[-1] in _WITHOUT_WIDTH):
        text = text.strip(_WITHOUT_WIDTH).strip()
    return text or None


def whole_number(text: str | None, default: int) -> int:
    """Return the number that an attribute says, such as how many columns a cell covers, or the default if it says none.

    A longer number than any table needs becomes one that is too large for every table, so that it is refused there.
    """
    digits = (text or "").strip()
    if not (digits.isascii() and digits.isdigit()):
        return default
    digits = digits.lstrip("0")
    return _BEYOND_ALL if len(digits) > len(str(_BEYOND_ALL)) else int(digits or "0")
