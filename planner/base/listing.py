"""Listing names or numbers in a sentence."""

from collections.abc import Iterable


def listed(names: Iterable[object], most: int = 40) -> str:
    """Return names as a list in a sentence: "a, b and c". Of more than `most` names, only the first are listed."""
    words = [str(name) for name in names]
    if len(words) > most:
        return f"{', '.join(words[:most])} and {len(words) - most:,} more"
    *first, last = words or [""]
    return f"{', '.join(first)} and {last}" if first else last
