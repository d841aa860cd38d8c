"""Keys that permanently identify an item's milestones and indicators, wherever they are in their file.

Reports on an entry belong to its key. An entry without a key gets one from its title, so that entries can be reordered,
inserted and removed. Before somebody rewords the title of such an entry, the entry must get an explicit key.
"""

import hashlib
import re
import unicodedata
from collections.abc import Sequence

from planner.base.errors import SeedError
from planner.base.language import tr

LONGEST_DERIVED = 48
_NOT_A_WORD = re.compile(r"[\W_]+")


def entry_keys(given: Sequence[str | None], titles: Sequence[str], where: str) -> list[str]:
    """Return the key of each entry of a list: its own, or one made from its title.

    Raises SeedError, naming `where`, if two entries have the same key.
    """
    # docs/decisions/0101: reports belong to a key, wherever its entry is in the file.
    keys = [key or key_of_title(title) for key, title in zip(given, titles, strict=True)]
    for number, key in enumerate(keys, 1):
        first = keys.index(key) + 1
        if first != number:
            raise SeedError(
                tr("entries {first} and {number} have the same key '{key}'", first=first, number=number, key=key),
                where=where,
                do=tr("Give each entry its own 'key', such as key: draft-agreed"),
            )
    return keys


def key_of_title(title: str) -> str:
    """Return a key made from a title: its words in lower case, joined by hyphens. A long key ends in a digest."""
    words = _NOT_A_WORD.sub("-", unicodedata.normalize("NFKC", title).casefold()).strip("-")
    if len(words) > LONGEST_DERIVED:
        digest = hashlib.sha256(unicodedata.normalize("NFC", title).encode()).hexdigest()[:8]
        words = f"{words[:LONGEST_DERIVED].rstrip('-')}-{digest}"
    # A key is never a plain number, because numbers identified entries before they had keys.
    return words if words and not words.isdigit() else f"entry-{words}"
