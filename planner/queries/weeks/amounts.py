"""How many changes or dates there are, and of how many items. The overview, the brief and the weekly file say both."""

from collections.abc import Collection
from typing import Protocol

from planner.base.language import tr, tr_count
from planner.queries.items.views import ItemView


class AboutItem(Protocol):
    """Anything about one item."""

    @property
    def item(self) -> ItemView:
        """The item."""


def items_of(rows: Collection[AboutItem]) -> int:
    """Return how many different items the rows are about."""
    return len({row.item.id for row in rows})


def changes_in_words(rows: Collection[AboutItem]) -> str:
    """Return how many changes there are, and of how many items: 24 changes of 21 items."""
    return _of_items(tr_count("{count:,} change", "{count:,} changes", len(rows)), rows)


def dates_in_words(rows: Collection[AboutItem]) -> str:
    """Return how many dates there are, and of how many items: 41 dates of 34 items."""
    return _of_items(tr_count("{count:,} date", "{count:,} dates", len(rows)), rows)


def _of_items(amount: str, rows: Collection[AboutItem]) -> str:
    items = tr_count("{count:,} item", "{count:,} items", items_of(rows))
    return tr("{amount} of {items}", amount=amount, items=items) if rows else amount
