"""Random draws that give the same results on every machine and every version of Python."""

from collections.abc import Mapping, Sequence
from random import Random
from typing import TypeVar

_T = TypeVar("_T")


class Chance:
    """A source of random draws. A separate source for each item keeps its draws independent of other items.

    The seed is made from `about`. All draws use `Random.random()`, because Python promises to keep the sequence of this
    method for a seed, and of no other method.
    """

    def __init__(self, *about: object) -> None:
        # docs/decisions/0089: each item has a source of its own.
        self._random = Random(":".join(str(part) for part in about))

    def happens(self, probability: float) -> bool:
        """Return True with this probability (0 to 1)."""
        return self._random.random() < probability

    def between(self, low: float, high: float) -> float:
        """Return a number from `low` up to, but not including, `high`."""
        return low + (high - low) * self._random.random()

    def whole(self, low: int, high: int) -> int:
        """Return a whole number from `low` to `high`, both included."""
        return low + int(self._random.random() * (high - low + 1))

    def pick(self, options: Sequence[_T]) -> _T:
        """Return one of the options, all with the same probability."""
        return options[self.whole(0, len(options) - 1)]

    def weighted(self, shares: Mapping[_T, float]) -> _T:
        """Return one of the keys, with a probability in proportion to its share."""
        left = self.between(0, sum(shares.values()))
        for option, share in shares.items():
            left -= share
            if left < 0:
                return option
        return next(reversed(list(shares)))

    def shuffled(self, options: Sequence[_T]) -> list[_T]:
        """Return the options in random order."""
        left = list(options)
        return [left.pop(self.whole(0, len(left) - 1)) for _ in options]
