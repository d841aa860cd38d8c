"""Where the plan stands: what is read once for all screens."""

import threading
import time
from collections.abc import Callable, Collection
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from planner.queries.filter_index import FilterIndex
    from planner.queries.overview import Overview
    from tui.data.door import Door

# From so many items on a register is large: what goes over all of them is done in a thread, so that no key waits.
LARGE = 2_000

# After each part of a large register, the thread that reads lets the screen go first for so many seconds.
PAUSE = 0.002


def is_large(standing: "Overview | None") -> bool:
    """Whether going over all items takes long enough for a person to notice."""
    return standing is not None and standing.total > LARGE


def read_standing(
    door: "Door",
    partly: "Callable[[Overview], None]" = lambda _standing: None,
    progress: Callable[[int, int], None] = lambda _read, _total: None,
) -> "Overview":
    """Where the plan stands on the day the app looks from, with all items.

    While a large register is read, `partly` is given where its first items stand, and `progress` how many have been
    read and of how many. Both are called in this thread.
    """
    from planner.queries.overview import read_growing_overview

    def told(read: int, total: int) -> None:
        progress(read, total)
        if total > LARGE:
            time.sleep(PAUSE)

    with door.reading() as (session, plan, point):
        for standing in read_growing_overview(session, plan, point, told):
            if standing.complete:
                return standing
            partly(standing)
    raise AssertionError("the last overview is complete")


def read_some_again(door: "Door", standing: "Overview", codes: Collection[str]) -> "Overview":
    """Where the plan stands with some items read anew; everything, where the day has changed since it was read."""
    from planner.queries.overview import read_again

    with door.reading() as (session, plan, point):
        if point.as_of == standing.as_of:
            return read_again(session, plan, point, standing, codes)
    return read_standing(door)


class Narrowings:
    """The narrowing of the items that were read last, made when it is first needed, by whichever thread comes first."""

    def __init__(self) -> None:
        self._making = threading.Lock()
        self._made: tuple[Overview, FilterIndex] | None = None

    def of(self, standing: "Overview") -> "FilterIndex":
        """The narrowing of these items."""
        from planner.queries.filter_index import FilterIndex

        with self._making:
            if self._made is None or self._made[0] is not standing:
                self._made = (standing, FilterIndex(standing.items))
            return self._made[1]

    def made(self, standing: "Overview") -> "FilterIndex | None":
        """The narrowing of these items where it is there already: for one who cannot wait."""
        made = self._made
        return made[1] if made is not None and made[0] is standing else None
