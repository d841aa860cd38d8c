"""Draws that come out the same on every machine and every version of Python."""

from collections.abc import Mapping, Sequence
from random import Random
from typing import TypeVar

_T = TypeVar("_T")


class Chance:
    """A source of draws for one thing, named by what it is about: what happens to one item depends on no other.

    Everything is built on `Random.random()`, the one method whose sequence for a seed Python promises to keep.
    """

    def __init__(self, *about: object) -> None:
        self._random = Random(":".join(str(part) for part in about))

    def happens(self, probability: float) -> bool:
        """Whether something of this probability (0 to 1) happens."""
        return self._random.random() < probability

    def between(self, low: float, high: float) -> float:
        """A number from low up to, not including, high."""
        return low + (high - low) * self._random.random()

    def whole(self, low: int, high: int) -> int:
        """A whole number from low to high, both included."""
        return low + int(self._random.random() * (high - low + 1))

    def pick(self, options: Sequence[_T]) -> _T:
        """One of the options, each as likely as the others."""
        return options[self.whole(0, len(options) - 1)]

    def weighted(self, shares: Mapping[_T, float]) -> _T:
        """One of the keys, as likely as its share of the sum."""
        left = self.between(0, sum(shares.values()))
        for option, share in shares.items():
            left -= share
            if left < 0:
                return option
        return next(reversed(list(shares)))

    def shuffled(self, options: Sequence[_T]) -> list[_T]:
        """The options in a random order."""
        left = list(options)
        return [left.pop(self.whole(0, len(left) - 1)) for _ in options]
