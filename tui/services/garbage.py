"""Collects garbage while nobody waits for a key."""

import gc
from asyncio import TimerHandle, get_running_loop
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from tui.loaded import LoadedApp

# How many new objects there may be before Python itself searches them, and how often it then searches the older ones
# too. Opening a screen makes some 20,000 objects; only reading makes more of them without a pause. Python never
# searches all objects: for a week of a large register, this took 2 seconds.
GARBAGE_THRESHOLDS = 30_000, 3, 1_000_000

# The number of new objects from which a search in a pause is worth it.
MANY_NEW = 3_000

# After this many searches of new objects, the objects that they left are searched too. What a closed screen leaves is
# found then. After as many of these longer searches, all objects are searched.
MANY_SEARCHES = 8

# The largest number of old objects that are searched. If there are more, nearly all of them are data that was read.
MOST_SEARCHED = 500_000

# Seconds after a key until new objects are searched, and further seconds until all objects are.
SOON, LONGER = 0.03, 2.0


def collect_garbage_again() -> None:
    """Collect garbage again if this was off while the app started or while a large register was read."""
    if not gc.isenabled():
        # The loaded data stays until the next load, and modules stay for good, so a collection need not examine them.
        # docs/decisions/0106: a search through a whole register would hold up keys.
        gc.freeze()
        gc.set_threshold(*GARBAGE_THRESHOLDS)
        gc.enable()


class Garbage:
    """Collects garbage in the pauses between keys, so that no key waits for it."""

    # docs/decisions/0106: a search took up to a quarter of the time that a key needed.
    def __init__(self, app: "LoadedApp") -> None:
        self._app = app
        self._next: TimerHandle | None = None

    def pause(self) -> None:
        """Search for garbage soon, unless another key comes. Call this when all keys have been handled."""
        self._after(SOON, self._search_new)

    def _after(self, seconds: float, search: "Callable[[], None]") -> None:
        if self._next is not None:
            self._next.cancel()
        self._next = get_running_loop().call_later(seconds, search)

    def _search_new(self) -> None:
        """Search the new objects if there are many, and sometimes also those that such searches left."""
        if self._may_search(self._search_new):
            new, searches, long_searches = gc.get_count()
            if new >= MANY_NEW:
                gc.collect(1 if searches >= MANY_SEARCHES else 0)
            if long_searches >= MANY_SEARCHES:
                self._after(LONGER, self._search_all)

    def _search_all(self) -> None:
        """Search all objects, or exempt them from later searches if they are too many."""
        if self._may_search(self._search_all):
            if len(gc.get_objects(2)) > MOST_SEARCHED:
                gc.freeze()
            gc.collect()

    def _may_search(self, again: "Callable[[], None]") -> bool:
        """Return whether nothing else is under way. Otherwise try again later."""
        busy = self._app.keys_under_way or len(self._app.workers) > 0
        if busy:
            self._after(LONGER, again)
        return gc.isenabled() and not busy
