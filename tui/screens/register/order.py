"""Choosing the sort order and the columns of the register from lists."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from planner.base.language import tr, tr_later
from planner.queries.items.ordering import ORDERS
from tui.dialogs.pick import Pick, PickDialog, SeveralDialog
from tui.widgets.item.columns import COLUMNS, TITLES, USUAL

if TYPE_CHECKING:
    from tui.screens.register.filtered import FilteredPage
    from tui.screens.register.listing import Order


def sorted_title(column: str) -> str:
    """Return the title of the sort column in lower case."""
    return tr_later(TITLES[column]).lower() if column in TITLES else column


def next_order(order: "Order", seen: Sequence[str]) -> "Order":
    """Return the sort order by the next visible column after the present sort column."""
    sortable = [key for key in seen if key in ORDERS]
    place = sortable.index(order[0]) if order[0] in sortable else -1
    return sortable[(place + 1) % len(sortable)], False


def ask_order(register: "FilteredPage") -> None:
    """Ask for the sort column."""
    picks = [Pick(key, tr_later(TITLES[key]) if key in TITLES else key.capitalize()) for key in ORDERS]

    def sort(key: str | None) -> None:
        if key is not None:
            register.order = (key, False)

    register.app.push_screen(PickDialog(tr("Sort by"), picks, at=register.order[0]), sort)


def ask_columns(register: "FilteredPage") -> None:
    """Ask for the columns. If the person chooses no columns, the default columns are used."""
    shown = register.columns or USUAL
    picks = [Pick(column.key, tr_later(column.title), chosen=column.key in shown) for column in COLUMNS]

    def use(chosen: tuple[str, ...] | None) -> None:
        if chosen is not None:
            register.columns = () if chosen == USUAL else chosen

    register.app.push_screen(SeveralDialog(tr("Columns"), picks), use)
