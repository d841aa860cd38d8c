"""Going through a queue of items, one form after the other."""

from collections.abc import Sequence


class Round:
    """The codes of a queue, and those of them that were reported on the way."""

    def __init__(self, codes: Sequence[str] = ()) -> None:
        self._codes = list(codes)
        self._reported: set[str] = set()

    @property
    def recorded(self) -> frozenset[str]:
        """The codes of the items that were reported."""
        return frozenset(self._reported)

    def reported(self, code: str) -> None:
        """An item was reported."""
        self._reported.add(code)

    def place(self, code: str) -> tuple[int, int] | None:
        """An item's place in the queue, from 1, and the queue's length; None where it is not in it."""
        return (self._codes.index(code) + 1, len(self._codes)) if code in self._codes else None

    def after(self, code: str) -> str | None:
        """The next item that was not reported yet, after the last one those before; None where there is no other."""
        place = self.place(code)
        start = place[0] if place else 0
        around = [*self._codes[start:], *self._codes[:start]]
        return next((other for other in around if other != code and other not in self._reported), None)
