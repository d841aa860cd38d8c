"""Keys that permanently identify an item's milestones and indicators, wherever they are in their file.

Reports on an entry belong to its key. An entry without a key gets one from its title, so that entries can be reordered,
inserted and removed. Before somebody rewords the title of such an entry, the entry must get an explicit key.
"""

from collections.abc import Sequence

from planner.base.errors import SeedError
from planner.base.language import tr
from planner.domain.title_keys import key_of_title


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
