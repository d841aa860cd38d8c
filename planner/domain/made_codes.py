"""The codes that the program gives items to which the office gave none: nocode-1, nocode-2 and so on.

They have a mark of their own, so that no later code of the office is ever taken for one of them
(docs/decisions/0166-codes-of-the-program-have-a-mark.md).
"""

import re
from collections.abc import Iterable

from planner.base.language import tr
from planner.domain.codes import KEY_WIDTH, code_key

MARK = "nocode"

_MADE = re.compile(rf"{MARK}-?([0-9]{{{KEY_WIDTH}}})")


def is_made(code: str) -> bool:
    """Return whether the program made a code, however it is typed: nocode-7, NOCODE-007 and nocode7 are one code."""
    return is_made_key(code_key(code))


def is_made_key(key: str) -> bool:
    """Return whether a key, as `code_key` gives it, is that of a code that the program made."""
    return _MADE.fullmatch(key) is not None


def code_in_words(code: str) -> tuple[str, ...]:
    """Return a sentence that tells where the code of an item comes from, if the program made it."""
    return (tr("The program made this code. The office has not given one yet."),) if is_made(code) else ()


class MadeCodes:
    """Gives codes that no item has."""

    def __init__(self, taken: Iterable[str]) -> None:
        """Note the keys of the codes of the register."""
        self._taken = taken
        self._reserved: set[str] = set()
        # The highest number given so far. Most imports never ask for it.
        self._last: int | None = None

    def reserve(self, code: str) -> None:
        """Note a code of the files, so that no other item gets it. All are noted before the first code is given."""
        self._reserved.add(code_key(code))

    def next(self) -> str:
        """Return the next code."""
        if self._last is None:
            keys = (*self._taken, *self._reserved)
            self._last = max((int(found[1]) for found in map(_MADE.fullmatch, keys) if found is not None), default=0)
        self._last += 1
        return f"{MARK}-{self._last}"
