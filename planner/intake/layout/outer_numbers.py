"""Rows that head others by their numbers: 1 above 1.1 and 1.2, with a title and nothing else."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence

from planner.intake.layout.cells.texts import text_of
from planner.intake.layout.headers import filled
from planner.intake.sheets import Row

# A row that heads others has only a number and a title.
_CELLS = 2
# What stands between the levels of a number such as 1.2.3 or A-1.
_LEVELS = re.compile(r"(?<=\w)[.\-/](?=\w)")


def outer_numbers(rows: Iterable[Row]) -> frozenset[str]:
    """Return the numbers with which those of fuller rows begin: 1 and 1.2 before 1.2.3. A row begins with its own."""
    found: set[str] = set()
    for row in rows:
        at = filled(row.values)
        if len(at) > _CELLS:
            found.update(_outer(text_of(row.values[at[0]]) or ""))
    return frozenset(found)


def is_above_others(row: Row, at: Sequence[int], outer: Collection[str]) -> bool:
    """Return whether a row has only a number with which those of other rows begin, and a title.

    The title can stand below another heading than those of the others, such as one of outcomes.
    """
    return len(at) == _CELLS and number_of(row, at) in outer and isinstance(row.values[at[1]], str)


def number_of(row: Row, at: Sequence[int]) -> str:
    """Return the number with which a row begins, without a full stop."""
    return (text_of(row.values[at[0]]) or "").rstrip(".")


def level_of(number: str) -> int:
    """Return how many levels are above the last one of a number: 0 for 1, and 1 for 1.2."""
    return len(_LEVELS.findall(number))


def _outer(number: str) -> Iterator[str]:
    return (number[: mark.start()] for mark in _LEVELS.finditer(number))
