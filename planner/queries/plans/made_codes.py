"""The codes that the program gave items of a plan, also of items that were removed or have another code now."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from planner.domain.codes import code_key
from planner.domain.made_codes import MARK
from planner.store.models import Item, ItemChange
from planner.store.models.items import code_before_removal


def keys_of_made_codes(session: Session, plan_id: int) -> Sequence[str]:
    """Return the keys of these codes. None is given again, so that what was written of an item is never of another."""
    now = select(code_before_removal(Item)).where(Item.plan_id == plan_id, Item.code_key.startswith(MARK))
    of_plan = select(ItemChange.old_value).join(Item, Item.id == ItemChange.item_id).where(Item.plan_id == plan_id)
    before = of_plan.where(ItemChange.field == "code", ItemChange.old_value.startswith(MARK))
    return [code_key(str(code)) for code in session.execute(now.union(before)).scalars()]
