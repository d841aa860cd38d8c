"""The codes that the program gave items of a plan, also those that codes of the office replaced since."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from planner.domain.codes import code_key
from planner.domain.made_codes import MARK
from planner.store.models import Item, ItemChange


def keys_of_made_codes(session: Session, plan_id: int) -> Sequence[str]:
    """Return the keys of these codes. None is given again, so that what was written of an item is never of another."""
    now = select(Item.code_key).where(Item.plan_id == plan_id, Item.code_key.startswith(MARK))
    of_plan = select(ItemChange.old_value).join(Item, Item.id == ItemChange.item_id).where(Item.plan_id == plan_id)
    before = of_plan.where(ItemChange.field == "code", ItemChange.old_value.startswith(MARK))
    return [code_key(str(code)) for code in session.execute(now.union(before)).scalars()]
