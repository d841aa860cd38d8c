"""Names and numbers listed in a sentence."""

from collections.abc import Iterable


def listed(names: Iterable[object], most: int = 40) -> str:
    """Names in a sentence: "a, b and c"; of more than `most` the first ones, and how many more there are."""
    words = [str(name) for name in names]
    if len(words) > most:
        return f"{', '.join(words[:most])} and {len(words) - most:,} more"
    *first, last = words or [""]
    return f"{', '.join(first)} and {last}" if first else last
