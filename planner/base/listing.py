"""Listing names or numbers in a sentence."""

from collections.abc import Iterable

from planner.base.language import later, tr, tr_later

# What stands between the parts of a line. Other languages have marks of their own.
_COMMA, _SEMICOLON = later(", "), later("; ")


def listed(names: Iterable[object], most: int = 40) -> str:
    """Return names as a list in a sentence: "a, b and c". At most `most` of the names are listed."""
    words = [str(name) for name in names]
    if len(words) > most:
        return tr("{names} and {number:,} more", names=", ".join(words[:most]), number=len(words) - most)
    *first, last = words or [""]
    return tr("{names} and {last}", names=", ".join(first), last=last) if first else last


def with_commas(parts: Iterable[str]) -> str:
    """Return parts of a line with the comma of the language in use between them."""
    return tr_later(_COMMA).join(parts)


def with_semicolons(parts: Iterable[str]) -> str:
    """Return parts of a line with the semicolon of the language in use between them."""
    return tr_later(_SEMICOLON).join(parts)
