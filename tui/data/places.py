"""Where the palette can jump to."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from planner.queries.global_search import Finder, Found
    from planner.queries.views import ItemView
    from tui.data.door import Door

# More of one sort are not shown: whoever looks for something types another word.
MOST = 40


class Places:
    """Finds items, clauses and organisations; what is read for it is read with the first question and kept."""

    def __init__(self, door: "Door", items: "Sequence[ItemView]") -> None:
        self._door = door
        self._items = items
        self._finder: Finder | None = None

    def find(self, search: str, waiting: Callable[[], bool]) -> "Found | None":
        """What has the words, in a worker's thread; None once nobody waits for it."""
        from planner.queries.global_search import SearchCancelled, read_finder

        if self._finder is None:
            with self._door.reading() as (session, plan, _point):
                self._finder = read_finder(session, plan, self._items)
        try:
            return self._finder.find(search, MOST, waiting)
        except SearchCancelled:
            return None
