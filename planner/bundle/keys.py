"""Keys of an item's milestones and indicators: what names an entry for good, wherever it stands in its file.

What was reported of an entry belongs to its key. An entry without a key of its own gets one from its title, so entries
may be put in another order, put between others and taken out; only who rewords a title gives the entry its key first.
"""

import hashlib
import re
import unicodedata
from collections.abc import Sequence

from planner.errors import SeedError

LONGEST_DERIVED = 48
_NOT_A_WORD = re.compile(r"[\W_]+")


def entry_keys(given: Sequence[str | None], titles: Sequence[str], where: str) -> list[str]:
    """The key of each entry of a list, from the one it is given or else its title.

    Raises SeedError, naming `where`, where two entries would have the same key.
    """
    keys = [key or key_of_title(title) for key, title in zip(given, titles, strict=True)]
    for number, key in enumerate(keys, 1):
        first = keys.index(key) + 1
        if first != number:
            raise SeedError(
                f"entries {first} and {number} have the same key '{key}'",
                where=where,
                do="Give each a field 'key' of its own, such as key: draft-agreed",
            )
    return keys


def key_of_title(title: str) -> str:
    """A key made of a title: its words in small letters, joined by hyphens; a long one ends in a digest."""
    words = _NOT_A_WORD.sub("-", unicodedata.normalize("NFKC", title).casefold()).strip("-")
    if len(words) > LONGEST_DERIVED:
        digest = hashlib.sha256(unicodedata.normalize("NFC", title).encode()).hexdigest()[:8]
        words = f"{words[:LONGEST_DERIVED].rstrip('-')}-{digest}"
    # Numbers alone were the keys before entries had any.
    return words if words and not words.isdigit() else f"entry-{words}"
