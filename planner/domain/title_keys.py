"""Keys made from titles, for entries that have no key of their own."""

import hashlib
import re
import unicodedata
from collections.abc import Iterable

LONGEST_DERIVED = 48
_NOT_A_WORD = re.compile(r"[\W_]+")


def key_of_title(title: str) -> str:
    """Return a key made from a title: its words in lower case, joined by hyphens. A long key ends in a digest."""
    words = _NOT_A_WORD.sub("-", unicodedata.normalize("NFKC", title).casefold()).strip("-")
    if len(words) > LONGEST_DERIVED:
        digest = hashlib.sha256(unicodedata.normalize("NFC", title).encode()).hexdigest()[:8]
        words = f"{words[:LONGEST_DERIVED].rstrip('-')}-{digest}"
    # A key is never a plain number, because numbers identified entries before they had keys.
    return words if words and not words.isdigit() else f"entry-{words}"


def free_key(wanted: str, taken: Iterable[str]) -> str:
    """Return a key that is not taken: the wanted one, or the wanted one with a number."""
    known, key, number = set(taken), wanted, 1
    while key in known:
        number += 1
        key = f"{wanted}-{number}"
    return key
