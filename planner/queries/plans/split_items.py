"""Items that came from a split, and whose work goes on elsewhere because the item that was split was carried over."""

from collections.abc import Collection, Iterable, Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from planner.store.models import Item, ItemChange


def carried_origins(session: Session, plan_id: int, carried: Collection[int]) -> dict[int, int]:
    """Return the carried item that each new item of a split comes from, also through several splits, by item id.

    `carried` are the ids of the items of the plan that another plan continues.
    """
    origins = dict(_origins(session, plan_id)) if carried else {}
    found = {}
    for item_id in origins:
        first = next((one for one in _chain(origins, item_id) if one in carried), None)
        if first is not None:
            found[item_id] = first
    return found


def _chain(origins: dict[int, int], item_id: int) -> Iterable[int]:
    """Yield the item from which an item was split, then the one from which that item was split, and so on."""
    while item_id in origins:
        item_id = origins[item_id]
        yield item_id


def _origins(session: Session, plan_id: int) -> Iterator[tuple[int, int]]:
    """Yield the id of each new item of a split, with that of the item that was split."""
    old = aliased(ItemChange)
    # All rows of one write have the same instant and actor. Codes can have changed since.
    same_write = (old.recorded_at == ItemChange.recorded_at) & (old.actor == ItemChange.actor)
    wanted = (
        select(ItemChange.item_id, old.item_id)
        .join(Item, Item.id == ItemChange.item_id)
        .join(old, same_write)
        .where(Item.plan_id == plan_id, ItemChange.field == "split_from", old.field == "split_into")
    )
    return ((new_id, old_id) for new_id, old_id in session.execute(wanted))
