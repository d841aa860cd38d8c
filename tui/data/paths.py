"""Completing a path that a person types."""

import os
from itertools import takewhile
from pathlib import Path

from planner.base.files import expanded

# How many names are looked at in a folder, so that a very large one does not keep anybody waiting.
MOST_NAMES = 5_000


def completions(typed: str) -> tuple[str, tuple[str, ...]]:
    """Return a typed path completed as far as it is sure, and the names with which it can go on.

    Names are compared without regard to case. A folder ends with a slash. Hidden names are offered only if a full stop
    was typed.
    """
    folder, slash, begun = typed.rpartition("/")
    names = _names(expanded(folder + slash or "."), begun)
    if not names:
        return typed, ()
    columns = zip(*names, strict=False)
    common = "".join(letters[0] for letters in takewhile(lambda letters: len(set(letters)) == 1, columns))
    return f"{folder}{slash}{common if len(common) >= len(begun) else begun}", tuple(names)


def _names(folder: Path, begun: str) -> list[str]:
    try:
        with os.scandir(folder) as entries:
            found = [
                entry.name + ("/" if entry.is_dir() else "")
                for _, entry in zip(range(MOST_NAMES), entries, strict=False)
                if entry.name.casefold().startswith(begun.casefold())
                and (begun.startswith(".") or not entry.name.startswith("."))
            ]
    except (OSError, ValueError):
        return []
    exact = [name for name in found if name.startswith(begun)]
    return sorted(exact or found)
