"""In which order the register lists, and with which columns: chosen from lists."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from planner.queries.ordering import ORDERS
from tui.screens.pick import Pick, PickDialog, SeveralDialog
from tui.widgets.item_columns import COLUMNS, TITLES, USUAL

if TYPE_CHECKING:
    from tui.screens.register import RegisterScreen
    from tui.screens.register_listing import Order


def sorted_title(column: str) -> str:
    """What the list is sorted by, in words."""
    return TITLES.get(column, column).lower()


def next_order(order: "Order", seen: Sequence[str]) -> "Order":
    """The order by the next of the columns that are seen."""
    sortable = [key for key in seen if key in ORDERS]
    place = sortable.index(order[0]) if order[0] in sortable else -1
    return sortable[(place + 1) % len(sortable)], False


def ask_order(register: "RegisterScreen") -> None:
    """Ask for what to sort by."""
    picks = [Pick(key, TITLES.get(key, key.capitalize())) for key in ORDERS]

    def sort(key: str | None) -> None:
        if key is not None:
            register.order = (key, False)

    register.app.push_screen(PickDialog("Sort by", picks, at=register.order[0]), sort)


def ask_columns(register: "RegisterScreen") -> None:
    """Ask for the columns; none chosen are the usual ones."""
    shown = register.columns or USUAL
    picks = [Pick(column.key, column.title, chosen=column.key in shown) for column in COLUMNS]

    def use(chosen: tuple[str, ...] | None) -> None:
        if chosen is not None:
            register.columns = () if chosen == USUAL else chosen

    register.app.push_screen(SeveralDialog("Columns", picks), use)
