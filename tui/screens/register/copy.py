"""The data that the register offers for copying."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import TYPE_CHECKING

from tui.services.copying import Copied

if TYPE_CHECKING:
    from planner.queries.items.views import ItemView

COLUMNS = ("code", "theme", "title", "basis", "lead", "phase", "confidence", "schedule", "freshness", "percent", "due")


def copied(rows: "Sequence[ItemView]", selected: Collection[str], as_of: date) -> Copied:
    """Return the selected rows of the list, or all rows if none is selected."""
    items = [item for item in rows if item.code in selected] if selected else rows
    return Copied(f"{len(items)} items as of {as_of}", COLUMNS, tuple(_line(item) for item in items))


def _line(item: "ItemView") -> tuple[object, ...]:
    actual = None if item.actual is None else round(item.actual, 1)
    states = (item.phase, item.confidence, item.schedule, item.freshness)
    return (item.code, item.theme, item.title, item.basis, item.lead.short_name, *states, actual, item.current_due)
