"""Codes and keys as people type them: t-9 is T-009, and a pasted T‑009 with a non-breaking hyphen is it too."""

import re

from planner.texts import as_typed, askable, folded

_LOOSE_CODE = re.compile(r"[a-z]-?0*(\d{1,6})", re.ASCII)


def canonical_code(code: str) -> str:
    """A code as it is written: people also type t-1 or P7, in full-width letters, or with another hyphen."""
    text = as_typed(askable(code)).upper()
    letter, digits = text[:1], text[1:].lstrip("-")
    return f"{letter}-{digits.lstrip('0'):0>3}" if digits.isascii() and digits.isdigit() else text


def canonical_key(key: str) -> str:
    """A key of a clause, a mandate version or an organisation as it is written: plain small letters and hyphens."""
    return as_typed(askable(key)).casefold()


def search_words(search: str) -> list[tuple[str, ...]]:
    """The words of a search, folded. Each is given in all its spellings, of which a text must have one.

    What may be a loosely typed code has two: T-9 finds what contains "t-9", and T-009.
    """
    return [_spellings(word) for word in folded(search).split()]


def has_words(words: list[tuple[str, ...]], *texts: str) -> bool:
    """Whether each word, in one of its spellings, is in one of some folded texts."""
    return all(any(spelling in text for text in texts for spelling in word) for word in words)


def _spellings(word: str) -> tuple[str, ...]:
    plain = as_typed(word)
    if not _LOOSE_CODE.fullmatch(plain):
        return (word,)
    return tuple(dict.fromkeys((word, canonical_code(plain).casefold())))
