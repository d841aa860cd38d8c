"""Normalising text for storing it, for searching it, and for comparing copies of a document.

Functions for showing text are in planner.base.visible_text.
"""

import re
import unicodedata
from functools import lru_cache
from typing import TypeVar

from planner.base.errors import BadValueError
from planner.base.language import tr

_Value = TypeVar("_Value")

# A report is a few sentences; a spreadsheet cell holds at most about this many characters.
LONGEST_TEXT = 32_000

# Hyphens, dashes and the minus sign, which people type or paste instead of a hyphen.
_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"), "-")

# The percent sign of Arabic, its decimal separator and its separator of thousands.
_SIGNS = str.maketrans("٪٫٬", "%.,")

# The characters between words.
_NOT_WORDS = re.compile(r"[\W_]+")
_NUMBERS = re.compile(r"(\d+)", re.ASCII)

# Control characters except line ends and tabs, and halves of surrogate pairs.
_UNSTORABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")

# Replaces text that an administrator removed from the history. Users cannot enter this text.
REDACTED = "[redacted]"
# Signs behind a text that say nothing of what it means. Some people type them, and others do not.
END_SIGNS = "。.．;；,，、"


def unredacted(value: _Value) -> _Value | None:
    """Return a stored value. If it is text that was redacted, return None."""
    return None if value == REDACTED else value


def clean(value: str | None, field: str) -> str | None:
    r"""Return text in the form in which it is stored: NFC, line ends as \n, no outer white space.

    Blank text becomes None.

    Raises BadValueError for text that a database or file cannot hold: control characters, lone surrogates, or too many
    characters. It also refuses text of only invisible characters, which a file does not give back as it was, and the
    redaction marker, which would make entered text look redacted.
    """
    if value is None:
        return None
    text = unicodedata.normalize("NFC", value.replace("\r\n", "\n").replace("\r", "\n")).strip()
    if not text:
        return None
    if text == REDACTED:
        raise BadValueError(
            tr("'{redacted}' is reserved for text that an administrator removed", redacted=REDACTED),
            where=field,
            do=tr("Type a different text"),
        )
    if len(text) > LONGEST_TEXT:
        raise BadValueError(
            tr("the text has {number:,} characters", number=len(text)),
            where=field,
            do=tr("Shorten the text to {longest_text:,} characters or fewer", longest_text=LONGEST_TEXT),
        )
    if only_invisible(text):
        raise BadValueError(
            tr("the text has only characters that nobody sees"), where=field, do=tr("Type the text, or leave it out")
        )
    if found := _UNSTORABLE.search(text):
        raise BadValueError(
            tr("character {number} (U+{ord:04X}) cannot be stored", number=found.start() + 1, ord=ord(found[0])),
            where=field,
            do=tr("Remove the character and try again"),
        )
    return text


def required(value: str | None, field: str) -> str:
    """Return text in the form in which it is stored. Raises BadValueError if it is blank or `clean` refuses it."""
    text = clean(value, field)
    if text is None:
        raise BadValueError(tr("text is required"), where=field, do=tr("Type a few words"))
    return text


def storable(text: str) -> str:
    """Return text without the characters that `clean` refuses because a database or file cannot hold them."""
    return _UNSTORABLE.sub("", text)


def folded(text: str) -> str:
    """Return text for comparison in a search: NFKC, case-folded, dashes as hyphens.

    This form is never stored or hashed.
    """
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold()).translate(_DASHES)


# The names of people and organisations repeat.
@lru_cache(maxsize=10_000)
def same_words(text: str) -> str:
    """Return a name in the form in which names are compared: folded, without white space."""
    return "".join(folded(text).split())


def natural_order(text: str) -> list[str | int]:
    """Return a sort key by which the numbers in texts are compared as numbers: p2 comes before p10."""
    # Texts and numbers alternate, so equal places of two keys have the same type.
    return [int(part) if place % 2 else part for place, part in enumerate(_NUMBERS.split(text))]


def letters_and_digits(text: str) -> str:
    """Return the letters and digits of a text. One space replaces each run of other characters between them."""
    return _NOT_WORDS.sub(" ", text).strip()


def with_unit(name: str, unit: str) -> str:
    """Return the name of an indicator with its unit in brackets, if it has one."""
    return f"{name} ({unit})" if unit else name


def as_typed(text: str) -> str:
    """Return a typed code, date or number in plain characters.

    Full-width letters and digits become plain ones (NFKC), every dash becomes a hyphen, and invisible characters are
    removed.
    """
    if text.isascii():
        return text.strip()
    normal = unicodedata.normalize("NFKC", text.translate(_DASHES)).translate(_DASHES)
    if not normal.isprintable():
        normal = "".join(character for character in normal if unicodedata.category(character) != "Cf")
    return normal.strip()


def as_typed_number(text: str) -> str:
    """Return a typed number or date in plain characters: also with the digits and signs of Arabic and other scripts.

    Codes keep their digits, because an office may have chosen them.
    """
    plain = as_typed(text)
    if plain.isascii():
        return plain
    digits = (str(unicodedata.decimal(character, character)) for character in plain)
    return "".join(digits).translate(_SIGNS)


def sanitize_query(text: str) -> str:
    """Return text that is safe to pass to the database in a query.

    Invalid characters (bytes that are not text, NUL) become question marks.
    """
    return text.encode("utf-8", "replace").decode("utf-8").replace("\0", "?")


def invisible(character: str) -> bool:
    """Return whether a character is left out of the normal form.

    White space, control characters (Cc) and format characters (Cf) are left out.
    """
    return character.isspace() or unicodedata.category(character) in ("Cf", "Cc")


# Letters, signs and marks that are printable although they have no visible shape.
SHAPELESS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0") | {chr(one) for one in range(0xFE00, 0xFE10)}


def only_invisible(text: str) -> bool:
    """Return whether a text has no character that people see."""
    return not text.isascii() and all(one in SHAPELESS or invisible(one) for one in text)


def normal_form(text: str) -> str:
    """Return text in the form in which copies are compared: NFC without white space.

    A re-saved copy of a document has the same form.
    """
    return "".join(character for character in unicodedata.normalize("NFC", text) if not invisible(character))
