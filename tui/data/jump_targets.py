"""The places to which the palette can jump."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from planner.queries.items.views import ItemView
    from planner.queries.search.global_search import GlobalSearch, SearchResults
    from tui.data.door import Door

# The largest number of results of each kind. To see others, a person types another word.
MOST = 40


class JumpTargets:
    """Finds items, clauses and organisations. The data for this is loaded with the first search and then kept."""

    def __init__(self, door: "Door", items: "Sequence[ItemView]") -> None:
        self._door = door
        self._items = items
        self._finder: GlobalSearch[ItemView] | None = None

    def find(self, search: str, waiting: Callable[[], bool]) -> "SearchResults[ItemView] | None":
        """Return the places that contain the words of the search, or None if the search was cancelled.

        This runs in a worker thread. `waiting` returns whether the result is still wanted.
        """
        from planner.queries.search.global_search import SearchCancelled, read_global_search

        if self._finder is None:
            with self._door.reading() as reading:
                self._finder = read_global_search(reading, self._items)
        try:
            return self._finder.find(search, MOST, waiting)
        except SearchCancelled:
            return None
