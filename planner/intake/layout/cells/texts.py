"""Reading texts, titles and codes."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date, datetime, time

from planner.base.errors import BadValueError
from planner.base.language import tr
from planner.base.texts import as_typed, clean
from planner.base.visible_text import shortened
from planner.domain.lengths import LONGEST_CODE
from planner.domain.typed_words import says_nothing
from planner.intake.layout.cells.reading import NOTHING, Reading, error, question
from planner.intake.sheets import Value

_ERRORS = frozenset(
    ("#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "#CALC!", "#GETTING_DATA", "#NA")
)
_LATER = re.compile(
    r"待定|未定|待明确|另行通知|tbd|tbc|t\.b\.[cd]\.|to be (?:decided|determined|confirmed|set|agreed|appointed)|"
    r"vacant|미정|추후.*|調整中|検討中|不定"
)
_LONGEST_WORD = 40


def text_of(value: Value) -> str | None:
    """Return a value as a text: whole numbers without a decimal point, and days in the form 2020-06-30."""
    if value is None or isinstance(value, str):
        return value.strip() or None if value else None
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime):
        return str(value.date()) if value.time() == time.min else value.isoformat(" ")
    return str(value)


def is_undecided(text: str) -> bool:
    """Return whether a text says that something is not decided yet, such as TBC or 待定."""
    return len(text) < _LONGEST_WORD and _LATER.fullmatch(as_typed(text).casefold()) is not None


def read_remarks(value: Value, _answered: bool = False) -> Reading:
    """Read a longer text in which a dash or 无 says that there is nothing."""
    text = text_of(value)
    return NOTHING if text is None or says_nothing(text) else _storable(text)


class LabelledReader:
    """Reads the texts of a column such as 1月进展, of which there are several: each says from which column it is."""

    def __init__(self, label: str) -> None:
        self._label = label

    def __call__(self, value: Value, answered: bool = False) -> Reading:
        """Read a text."""
        reading = read_remarks(value, answered)
        if not isinstance(reading.value, str):
            return reading
        return Reading(f"{self._label}: {reading.value}", tr("with the heading of its column"), reading.doubt)


def shown(value: Value) -> str:
    """Return a value as a problem shows it: a truth value as cells show it."""
    if isinstance(value, bool):
        return str(value).upper()
    return shortened(text_of(value) or "", 60)


def formula_error(value: Value) -> Reading | None:
    """Return the problem of a cell in which a formula failed, or None for any other cell."""
    if not isinstance(value, str) or not value.startswith("#") or value.strip().upper() not in _ERRORS:
        return None
    return error(
        tr("the formula in this cell failed: {value}", value=value),
        tr("Correct the formula, or type the value itself, and import the file again"),
    )


def read_text(value: Value, _answered: bool = False) -> Reading:
    """Read a longer text. Its line ends stay."""
    return _storable(text_of(value))


def read_title(value: Value, _answered: bool = False) -> Reading:
    """Read a title. Line ends in it become blanks, or nothing between Chinese or Japanese characters."""
    text = text_of(value)
    return _storable(one_line_title(text) if text else None)


def one_line_title(text: str) -> str:
    """Return a title on one line."""
    if "\n" not in text:
        return text
    title = ""
    for line in (line.strip() for line in text.split("\n")):
        title += f" {line}" if title and line and not (_is_wide(title[-1]) and _is_wide(line[0])) else line
    return title


def read_lines(value: Value, _answered: bool = False) -> Reading:
    """Read the titles of nested themes in an exported file, each on a line of its own."""
    return read_titles((text_of(value) or "").split("\n"), value)


def read_titles(parts: Iterable[str], value: Value) -> Reading:
    """Read the parts of a cell as titles. `value` is the whole cell."""
    stored = _storable(text_of(value))
    if stored.doubt is not None:
        return stored
    return Reading(tuple(title for part in parts if (title := one_line_title(part.strip()))) or None)


def read_code(value: Value, _answered: bool = False) -> Reading:
    """Read a code as it is written. A day is what a spreadsheet program made of a code such as 2.1."""
    if isinstance(value, date):
        choices = tuple(dict.fromkeys(f"{one}{by}{other}" for by in ".-" for one, other in _both(value)))
        return question(
            tr("'{value}' is a date, but a code is expected; a spreadsheet program may have changed it", value=value),
            tr("Give the code as the register prints it"),
            choices,
            value=f"{value.month}-{value.day}",
        )
    text = text_of(value)
    if text is None:
        return NOTHING
    code = unicodedata.normalize("NFC", " ".join(text.split()))
    if len(code) > LONGEST_CODE:
        return error(
            tr("the code has {number} characters", number=len(code)),
            tr("Shorten the code to {longest} characters or fewer", longest=LONGEST_CODE),
        )
    return _storable(code)


def _both(day: date) -> tuple[tuple[int, int], tuple[int, int]]:
    return (day.month, day.day), (day.day, day.month)


def _is_wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in "WF" and not "가" <= character <= "힣"


def _storable(text: str | None) -> Reading:
    try:
        return Reading(clean(text, ""))
    except BadValueError as problem:
        return error(problem.what, problem.do)
