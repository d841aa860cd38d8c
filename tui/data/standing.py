"""The current state of the plan, which is loaded once for all screens."""

import threading
import time
from collections.abc import Callable, Collection
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from planner.queries.items.filter_index import FilterIndex
    from planner.queries.weeks.overview import Overview
    from planner.register.closing import Closing
    from planner.register.reading import Reading

# The number of items above which a register counts as large. Work on all items of a large register is done in a thread,
# so that no key has to wait.
LARGE = 2_000

# Seconds for which the reading thread pauses after each part of a large register, so that the screen can be drawn.
PAUSE = 0.002


def is_large(standing: "Overview | None") -> bool:
    """Return whether processing all items takes long enough for a person to notice."""
    return standing is not None and standing.total > LARGE


def read_standing(
    reading: "Reading",
    partly: "Callable[[Overview], None]" = lambda _standing: None,
    progress: Callable[[int, int], None] = lambda _read, _total: None,
) -> "Overview":
    """Return the state of the plan on the as-of date, with all items.

    While a large register is loaded, `partly` is called with the state of the first items, and `progress` with the
    number of items loaded so far and the total. Both are called in this thread.
    """
    from planner.queries.weeks.growing_overview import read_growing_overview

    def report_progress(read: int, total: int) -> None:
        progress(read, total)
        if total > LARGE:
            time.sleep(PAUSE)

    for standing in read_growing_overview(reading, report_progress):
        if standing.complete:
            return standing
        partly(standing)
    raise AssertionError("the last overview is complete")


def read_some_again(reading: "Reading", standing: "Overview", codes: Collection[str]) -> "Overview":
    """Return the state of the plan with some items reloaded. If the date has changed since, everything is reloaded."""
    from planner.queries.weeks.growing_overview import read_again

    return read_again(reading, standing, codes) if reading.as_of == standing.as_of else read_standing(reading)


def read_around(reading: "Reading") -> "tuple[bool, Closing | None]":
    """Return whether the register has several plans, and the act that closed the plan, or None if it is open.

    On an earlier day that somebody asked for, a plan that was closed later is open.
    """
    from planner.register.closing import closing_on

    return reading.plan.of_several, closing_on(reading)


class LoadedFilterIndex:
    """The filter index of the items that were last loaded. It is built on first use, in any thread."""

    def __init__(self) -> None:
        self._making = threading.Lock()
        self._made: tuple[Overview, FilterIndex] | None = None

    def of(self, standing: "Overview") -> "FilterIndex":
        """Return the filter index of these items. Build it if necessary."""
        from planner.queries.items.filter_index import FilterIndex

        with self._making:
            if self._made is None or self._made[0] is not standing:
                self._made = (standing, FilterIndex(standing.items))
            return self._made[1]

    def made(self, standing: "Overview") -> "FilterIndex | None":
        """Return the filter index of these items if it has already been built, otherwise None. This never waits."""
        made = self._made
        return made[1] if made is not None and made[0] is standing else None
