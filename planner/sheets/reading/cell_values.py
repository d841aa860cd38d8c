"""What the cells of a status sheet mean, whatever program saved them: as the texts that the report form reads.

Programs store a percent as 85, 85.0 or 0.85, a day as a date, as its serial number or as text, and a word in the
language of the sheet or in English.
"""

import re
from collections.abc import Mapping
from datetime import date, datetime, timedelta

from planner.base.errors import BadValueError
from planner.base.language import tr
from planner.base.numbers import read_percent
from planner.base.texts import as_typed_number
from planner.intake.layout.cells.numbers import spoken_percent
from planner.intake.sheets import Value
from planner.reporting.fields import Kind, field_named, is_removed
from planner.sheets.words import says_late, word_of

# The days from which spreadsheets count, and the serial numbers that can be days of a plan (1954 to 2119).
_EPOCH, _EPOCH_1904 = date(1899, 12, 30), date(1904, 1, 1)
_FIRST_SERIAL, _LAST_SERIAL = 20_000, 80_000
_SERIAL = re.compile(r"\d{5}", re.ASCII)


def plain_text(value: Value) -> str:
    """Return the value of a cell as text. Whole numbers have no decimal point."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.isoformat(" ")
    return "" if value is None else str(value)


def text_of_field(name: str, value: Value, words: Mapping[str, Mapping[str, str]], *, from_1904: bool) -> str:
    """Return the text that the report form would have for a cell. `name` is the form's field.

    `words` are the words that the sheet offers. Raises BadValueError if the cell has none of them, or no percent.
    """
    field = field_named(name)
    kind = field.kind if field else Kind.TEXT
    text = plain_text(value)
    if kind in (Kind.DAY, Kind.DEADLINE):
        return day_text(value, text, from_1904=from_1904)
    if kind is Kind.PERCENT:
        return _percent(value, text)
    if kind in (Kind.PHASE, Kind.CONFIDENCE):
        return _word(name, text, words.get(name, {}))
    # A hyphen or 无 stands for nothing, because an empty cell keeps what was reported last.
    return "" if is_removed(name, text) else text


def day_text(value: Value, text: str, *, from_1904: bool) -> str:
    """Return a day as text, if the value of a cell is a day in the form of a spreadsheet, or else the text."""
    if isinstance(value, datetime):
        return value.date().isoformat()
    plain = as_typed_number(text)
    serial = int(plain) if _SERIAL.fullmatch(plain) else value
    if isinstance(serial, int | float) and _FIRST_SERIAL <= serial <= _LAST_SERIAL:
        return str((_EPOCH_1904 if from_1904 else _EPOCH) + timedelta(days=int(serial)))
    return text


def _percent(value: Value, text: str) -> str:
    if isinstance(value, float) and 0 < value < 1:
        # A percent must be a whole number, so a fraction can only be what a spreadsheet stores for 85%.
        text = plain_text(round(value * 100, 9))
    spoken = spoken_percent(as_typed_number(text))
    return str(read_percent(text if spoken is None else plain_text(spoken), "percent"))


def _word(name: str, text: str, offered: Mapping[str, str]) -> str:
    word = word_of(name, text, offered)
    if word is not None and word in offered:
        return word
    if word is not None:
        raise BadValueError(
            tr("a status sheet cannot report an item as '{text}'", text=text),
            where=name,
            do=tr("Report it in the app or with planner update, with the reason"),
        )
    words = ", ".join(offered.values())
    if says_late(text):
        raise BadValueError(
            tr("'{text}' says that the item is late, which the register computes from its dates", text=text),
            where=name,
            do=tr("Write here one of these words: {words}", words=words),
        )
    raise BadValueError(
        tr("'{text}' is not one of the words of this column", text=text),
        where=name,
        do=tr("Write one of these words: {words}", words=words),
    )
