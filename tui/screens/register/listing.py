"""Filters and sorts the register immediately, or in a thread if that takes noticeable time."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from planner.queries.items.filters import Filters
from tui.data.standing import is_large

if TYPE_CHECKING:
    from planner.queries.items.filter_index import FilteredItems
    from planner.queries.weeks.overview import Overview
    from tui.screens.page import Page

Order = tuple[str, bool]
BY_CODE: Order = ("code", False)

# The group of the worker threads that filter. A newer worker cancels an older one.
NARROWING = "narrow"


class Listing:
    """Filters the items, and passes the result to `show`. `codes` has the codes of the last listed items.

    If no item passes a search and other filters, `without_filters` is the number of items that match the search alone.
    """

    def __init__(self, page: "Page", show: "Callable[[FilteredItems], None]") -> None:
        self._page = page
        self._show = show
        self.codes: Sequence[str] = ()
        self.without_filters = 0
        # The filters and the order that a thread is working on, and the action to run when it is done.
        self._pending: tuple[Filters, Order] | None = None
        self._deferred: Callable[[], None] | None = None

    def ask(self, standing: "Overview", filters: "Filters", order: Order) -> None:
        """Show the items that pass the filters, in the given order. A large register is filtered in a thread."""
        filter_index, (column, reverse) = self._page.planner.filter_index, order

        def question() -> "tuple[FilteredItems, int]":
            index = filter_index.of(standing)
            narrowed = index.apply(filters, column, reverse=reverse)
            hidden = filters.search.strip() and filters.active and not narrowed.codes
            return narrowed, len(index.apply(Filters(search=filters.search)).codes) if hidden else 0

        made = filter_index.made(standing)
        if not is_large(standing) or (made and made.is_quick(filters, column, reverse=reverse)):
            self._page.workers.cancel_group(self._page, NARROWING)
            self._answered(*question())
            return
        self._pending = request = (filters, order)

        def answered(answer: "tuple[FilteredItems, int]") -> None:
            # The result of an earlier request may arrive after a newer request was made.
            if request == self._pending:
                self._answered(*answer)

        self._page.planner.tasks.run(self._page, question, answered, group=NARROWING)

    def _answered(self, narrowed: "FilteredItems", without_filters: int) -> None:
        self._pending = None
        self.without_filters = without_filters
        self.codes = narrowed.codes
        self._show(narrowed)
        deferred, self._deferred = self._deferred, None
        if deferred is not None:
            deferred()

    def when_there(self, action: Callable[[], None]) -> None:
        """Run the action of a key. If a thread is still filtering the list, the action waits for the result."""
        if self._pending is not None:
            self._deferred = action
        else:
            action()
