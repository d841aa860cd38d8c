"""Reading the data of the overview from the database.

While a large register is read, overviews of the items read so far can be shown.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import date

from planner.domain.rules.periods import day_before_period
from planner.queries.items.ordering import register_order
from planner.queries.items.register import read_parts, read_register_on
from planner.queries.items.views import ItemView
from planner.queries.weeks.overview import Overview, make_overview
from planner.register.reading import Reading

# While a large register is read, an overview is returned each time the number of items has grown by this factor.
GROWTH = 5


def read_overview(reading: Reading) -> Overview:
    """Return the overview as of a day, compared with the last day of the reporting period before.

    Its items are not searched, and lack their names in other languages.
    """
    now, before = read_register_on(reading, _days(reading), searched=False)
    return make_overview(reading, now, before, len(now))


def _days(reading: Reading) -> list[date]:
    """Return the as-of date, and the last day of the reporting period before."""
    # docs/decisions/0162: in a plan with reports by the month, hardly anything moves in a week.
    return [reading.as_of, day_before_period(reading.plan.settings, reading.as_of)]


def read_growing_overview(
    reading: Reading, progress: Callable[[int, int], None] = lambda _read, _total: None
) -> Iterator[Overview]:
    """Yield an overview of the first items, then of more and more items, and last of all items (`complete`).

    `progress` is called with the number of items read and their total, also when no overview is yielded.
    """
    items: list[ItemView] = []
    earlier: list[ItemView] = []
    shown = 0
    for part in read_parts(reading, _days(reading)):
        items += part.on_days[0]
        earlier += part.on_days[1]
        progress(part.read, part.total)
        if part.read == part.total or part.read >= GROWTH * shown:
            shown = part.read
            now, before = (sorted(some, key=register_order) for some in (items, earlier))
            # Items that were added after the day are read too, but the plan did not have them.
            total = len(now) if part.read == part.total else part.total
            yield make_overview(reading, now, before, total)


def read_again(reading: Reading, overview: Overview, codes: Collection[str]) -> Overview:
    """Return an overview of the same day, with the items that have these codes read again."""
    now, before = read_register_on(reading, _days(reading), sorted(codes))
    items, earlier = _with_newer(overview.items, now), _with_newer(overview.earlier, before)
    return make_overview(reading, items, earlier, overview.total)


def _with_newer(items: Sequence[ItemView], newer: Sequence[ItemView]) -> list[ItemView]:
    read = {item.id: item for item in newer}
    return [read.get(item.id, item) for item in items]
