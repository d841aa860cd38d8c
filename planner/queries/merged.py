"""Items that were merged into another item. They matter if that item is cancelled or merged itself."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from planner.models import Item, StatusUpdate
from planner.queries.latest import latest
from planner.queries.point import Point
from planner.queries.views import ItemView


def read_merged_here(session: Session, item_id: int, point: Point) -> tuple[str, ...]:
    """Return the codes of the items reported as merged into an item, confirmed or not."""
    ever = select(StatusUpdate.item_id).where(StatusUpdate.merged_into_id == item_id)
    newest = latest(
        session, StatusUpdate, Item.id, lambda: StatusUpdate.item_id == Item.id, point, ["merged_into_id"]
    ).where(Item.id.in_(ever))
    found = [row.owner for row in session.execute(newest) if row.merged_into_id == item_id]
    return tuple(session.execute(select(Item.code).where(Item.id.in_(found)).order_by(Item.code)).scalars())


def merged_here(items: Iterable[ItemView]) -> Mapping[str, tuple[str, ...]]:
    """Return the codes of merged items, by the code of the item they were merged into."""
    found: dict[str, list[str]] = defaultdict(list)
    for item in items:
        if item.last is not None and item.last.merged_into is not None:
            found[item.last.merged_into].append(item.code)
    return {into: tuple(codes) for into, codes in found.items()}
