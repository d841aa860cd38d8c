"""Normalising codes and keys that people type, so that t-9, T009 and a pasted T‑009 are the same code."""

import re

from planner.base.texts import as_typed, as_typed_number, folded, sanitize_query

_LOOSE_CODE = re.compile(r"([a-z]{1,8})-?0*(\d{1,6})", re.ASCII)
# A hyphen between a letter and a digit, on either side.
_JOINING_HYPHEN = re.compile(r"(?<=[^\W\d_])-(?=\d)|(?<=\d)-(?=[^\W\d_])")
# Of any script: 2.1.3 and ٢.١.٣ are one code.
_DIGITS = re.compile(r"\d+")
# Nearly every code: letters and a number.
_LETTERS_AND_NUMBER = re.compile(r"([A-Za-z]+)-?([0-9]+)")
# The number of digits of each number in a key.
KEY_WIDTH = 10


def code_key(code: str) -> str:
    """Return a code in the form in which codes are compared and sorted. Two codes with one form are the same code.

    T-9, t9 and T-009 have one form, and so have 2.1.3 and ٢.١.٣. 2.1.9 sorts before 2.1.10.
    """
    # docs/decisions/0128: a padded form serves equality and order alike.
    usual = _LETTERS_AND_NUMBER.fullmatch(code)
    if usual is not None:
        return usual[1].lower() + usual[2].lstrip("0").zfill(KEY_WIDTH)
    # Most codes are plain, and as_typed looks at each character.
    plain = code if code.isascii() and code.isprintable() else as_typed(sanitize_query(code))
    text = "".join(plain.casefold().split())
    return _DIGITS.sub(_padded, _JOINING_HYPHEN.sub("", text))


def _padded(digits: re.Match[str]) -> str:
    return as_typed_number(digits.group()).lstrip("0").zfill(KEY_WIDTH)


def canonical_code(code: str) -> str:
    """Return an item's or measure's code in its normal form.

    People also type t-1 or P7, full-width letters, or other kinds of hyphen.
    """
    text = as_typed(sanitize_query(code)).upper()
    letter, digits = text[:1], text[1:].lstrip("-")
    return f"{letter}-{digits.lstrip('0'):0>3}" if digits.isascii() and digits.isdigit() else text


def canonical_key(key: str) -> str:
    """Return the key of a clause, mandate version or organisation in its normal form.

    The normal form has lower-case letters and plain hyphens.
    """
    return as_typed(sanitize_query(key)).casefold()


def search_words(search: str) -> list[tuple[str, ...]]:
    """Return the folded words of a search, each as a tuple of spellings. A matching text contains one of them.

    A word that may be a loosely typed code has more spellings: t9 matches "t9" and "t-009", and kp7 also "kp-7".
    """
    return [_spellings(word) for word in folded(search).split()]


def has_words(words: list[tuple[str, ...]], *texts: str) -> bool:
    """Return whether each word occurs, in one of its spellings, in at least one of the folded texts."""
    return all(any(spelling in text for text in texts for spelling in word) for word in words)


def _spellings(word: str) -> tuple[str, ...]:
    found = _LOOSE_CODE.fullmatch(as_typed(word))
    if found is None:
        return (word,)
    letters, digits = found.groups()
    # A single letter before few digits would be a part of many words and codes.
    others = (f"{letters}-{digits}",) if len(letters) > 1 else ()
    return tuple(dict.fromkeys((word, *others, f"{letters}-{digits:0>3}")))
