"""Items that were merged into another item. They matter if the other item is cancelled or merged too."""

from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, select

from planner.queries.id_in import dialect_of
from planner.queries.latest import latest
from planner.register.codes_then import codes_then
from planner.register.raw_rows import columns
from planner.register.reading import Reading
from planner.store.models import Item, StatusUpdate


def read_merged_here(reading: Reading, item_id: int) -> tuple[str, ...]:
    """Return the codes of the items reported as merged into an item, whether the merger was confirmed or not."""
    newest = _newest_of_ever_merged(dialect_of(reading.session), reading.point.in_past)
    rows = reading.session.execute(newest, {"into": item_id, **reading.point.values})
    found = [row.owner for row in rows if row.merged_into_id == item_id]
    present = reading.session.execute(select(Item.code).where(Item.id.in_(found)).order_by(Item.code)).scalars().all()
    codes = codes_then(reading) if present else {}
    return tuple(sorted(codes.get(code, code) for code in present))


@cache
def _newest_of_ever_merged(dialect: str, in_past: bool) -> Select[Any]:
    """Select the newest report on each item for which a merger into the item `into` was ever reported."""
    report, item = columns(StatusUpdate), columns(Item)
    ever = select(report.item_id).where(report.merged_into_id == bindparam("into"))
    belongs = report.item_id == item.id
    newest = latest(dialect, StatusUpdate, Item, belongs, ["merged_into_id"], in_past=in_past)
    return newest.where(item.id.in_(ever))
