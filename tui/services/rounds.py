"""A queue of items that are reported one after the other."""

from collections.abc import Sequence


class Round:
    """The codes of the items in a queue, and the codes of those that have been reported."""

    def __init__(self, codes: Sequence[str] = ()) -> None:
        self._codes = list(codes)
        self._reported: set[str] = set()

    @property
    def recorded(self) -> frozenset[str]:
        """Return the codes of the items that were reported."""
        return frozenset(self._reported)

    def reported(self, code: str) -> None:
        """Mark an item as reported."""
        self._reported.add(code)

    def place(self, code: str) -> tuple[int, int] | None:
        """Return an item's position in the queue, from 1, and the queue's length. None if it is not in the queue."""
        return (self._codes.index(code) + 1, len(self._codes)) if code in self._codes else None

    def after(self, code: str) -> str | None:
        """Return the next unreported item, continuing at the start after the end of the queue.

        None if there is no other.
        """
        place = self.place(code)
        start = place[0] if place else 0
        around = [*self._codes[start:], *self._codes[:start]]
        return next((other for other in around if other != code and other not in self._reported), None)
