"""What the register lists: narrowed and sorted at once, or in a thread where that takes time."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from tui.data.standing import is_large

if TYPE_CHECKING:
    from planner.queries.filter_index import FilteredItems
    from planner.queries.items import Filters
    from planner.queries.overview import Overview
    from tui.screens.page import Page

Order = tuple[str, bool]
BY_CODE: Order = ("code", False)

# The group of the threads that narrow: a newer one takes the place of an older one.
NARROWING = "narrow"


class Listing:
    """Asks what passes the filters, and gives it to `show`. `codes` are those of the items listed last."""

    def __init__(self, page: "Page", show: "Callable[[FilteredItems], None]") -> None:
        self._page = page
        self._show = show
        self.codes: Sequence[str] = ()
        # What is being found out in a thread, and what a key asked for meanwhile.
        self._asked: tuple[Filters, Order] | None = None
        self._deferred: Callable[[], None] | None = None

    def ask(self, standing: "Overview", filters: "Filters", order: Order) -> None:
        """Show what passes the filters in an order; of a large register later, where that takes time."""
        narrowings, (column, reverse) = self._page.planner.narrowings, order

        def question() -> "FilteredItems":
            return narrowings.of(standing).apply(filters, column, reverse=reverse)

        made = narrowings.made(standing)
        if not is_large(standing) or (made and made.is_quick(filters, column, reverse=reverse)):
            self._page.workers.cancel_group(self._page, NARROWING)
            self._answered(question())
            return
        self._asked = asked = (filters, order)

        def answered(narrowed: "FilteredItems") -> None:
            # The answer to an earlier question may be on its way when a newer one is asked.
            if asked == self._asked:
                self._answered(narrowed)

        self._page.planner.ask(self._page, question, answered, group=NARROWING)

    def _answered(self, narrowed: "FilteredItems") -> None:
        self._asked = None
        self.codes = narrowed.codes
        self._show(narrowed)
        deferred, self._deferred = self._deferred, None
        if deferred is not None:
            deferred()

    def when_there(self, action: Callable[[], None]) -> None:
        """Do something with the list that a key was meant for, which may still be on its way."""
        if self._asked is not None:
            self._deferred = action
        else:
            action()
