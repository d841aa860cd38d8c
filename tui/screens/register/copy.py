"""The data that the register offers for copying."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import TYPE_CHECKING

from planner.base.language import tr_count
from planner.queries.items.columns import BASIS, CODE, STATUS, THEME_NUMBER, TITLE, ItemRow
from planner.tables import columns
from planner.tables.columns import Column
from tui.services.copying import Copied

if TYPE_CHECKING:
    from planner.queries.items.views import ItemView

COLUMNS: tuple[Column[ItemRow], ...] = (
    CODE,
    THEME_NUMBER,
    TITLE,
    BASIS,
    columns.text("lead", lambda row: row.item.lead.short_name),
    *STATUS,
    columns.day("due", lambda row: row.item.current_due),
)


def copied_rows(rows: "Sequence[ItemView]", selected: Collection[str], as_of: date) -> Copied:
    """Return the selected rows of the list, or all rows if no row is selected."""
    items = [ItemRow(item) for item in rows if not selected or item.code in selected]
    names, lines = [column.name for column in COLUMNS], ([column.read(item) for column in COLUMNS] for item in items)
    return Copied(
        tr_count("{count} item as of {day}", "{count} items as of {day}", len(items), day=as_of),
        tuple(names),
        tuple(map(tuple, lines)),
    )
