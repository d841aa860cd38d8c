"""Forms of text: cleaned for storing, folded for searching, stripped of its spacing for comparing copies.

How text is shown is in planner.visible_text.
"""

import re
import unicodedata
from typing import TypeVar

from planner.errors import BadValueError

_Value = TypeVar("_Value")

# A report is a few sentences; a cell of a spreadsheet holds no more than this many characters.
LONGEST_TEXT = 32_000

# Hyphens, dashes and the minus sign, all of which people type or paste where a hyphen is meant.
_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"), "-")

# What stands between words.
_BETWEEN = re.compile(r"[\W_]+")

# Stands where an administrator removed a text from the history. Nobody can type it.
REDACTED = "[redacted]"


def unredacted(value: _Value) -> _Value | None:
    """A reported value to start from again; None where it was a text that was redacted."""
    return None if value == REDACTED else value


def clean(value: str | None, field: str) -> str | None:
    r"""Text as it is stored: NFC, line ends as \n, outer white space off; nothing left is None.

    Raises BadValueError for what no database or file can hold: control characters, lone surrogates, too much; and for
    the mark of a redaction, which would make a typed text look removed.
    """
    if value is None:
        return None
    text = unicodedata.normalize("NFC", value.replace("\r\n", "\n").replace("\r", "\n")).strip()
    if not text:
        return None
    if text == REDACTED:
        raise BadValueError(
            f"'{REDACTED}' stands only for text that an administrator removed", where=field, do="Write something else"
        )
    if len(text) > LONGEST_TEXT:
        raise BadValueError(
            f"the text has {len(text):,} characters", where=field, do=f"Shorten it to at most {LONGEST_TEXT:,}"
        )
    for position, character in enumerate(text):
        if _unstorable(character):
            raise BadValueError(
                f"character {position + 1} (U+{ord(character):04X}) cannot be stored",
                where=field,
                do="Remove it and try again",
            )
    return text


def required(value: str | None, field: str) -> str:
    """Text that must say something."""
    text = clean(value, field)
    if text is None:
        raise BadValueError("some text is needed", where=field, do="Say why in a few words")
    return text


def _unstorable(character: str) -> bool:
    if character in "\n\t":
        return False
    return unicodedata.category(character) in ("Cc", "Cs")


def folded(text: str) -> str:
    """Text as it is compared in a search: NFKC, case folded, dashes as hyphens. Never stored, never fingerprinted."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold()).translate(_DASHES)


def words_alone(text: str) -> str:
    """A text's letters and digits; whatever stands between them is one space."""
    return _BETWEEN.sub(" ", text).strip()


def as_typed(text: str) -> str:
    """Codes, dates and numbers in the plain characters that were meant.

    Full-width letters and digits become plain ones (NFKC), every dash a hyphen, and what cannot be seen goes.
    """
    normal = unicodedata.normalize("NFKC", text.translate(_DASHES)).translate(_DASHES)
    return "".join(character for character in normal if unicodedata.category(character) != "Cf").strip()


def askable(text: str) -> str:
    """Text that a database can be asked for: what is no text (bytes of a command line, NUL) becomes question marks."""
    return text.encode("utf-8", "replace").decode("utf-8").replace("\0", "?")


def invisible(character: str) -> bool:
    """Whether the normal form leaves a character out: white space, and what only steers layout (Cf and Cc)."""
    return character.isspace() or unicodedata.category(character) in ("Cf", "Cc")


def normal_form(text: str) -> str:
    """Text as copies of a document are compared: NFC without any spacing, so that a re-saved copy has the same."""
    return "".join(character for character in unicodedata.normalize("NFC", text) if not invisible(character))
