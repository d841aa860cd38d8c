"""The items that codes mean on an earlier day, and the error for an item that the plan does not have on a day.

A code means the item that had it on that day, or else the item that has it now.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Select, not_, select

from planner.base.errors import UnknownNameError
from planner.base.language import tr
from planner.domain.codes import code_key
from planner.register.item_rows import code_now, code_of_item, has_code, unknown_item
from planner.register.raw_rows import columns, raw_rows
from planner.register.reading import Reading
from planner.store.models import Item


def present_code(reading: Reading, code: str) -> str:
    """Return the present code of the item that a code means on the day of a reading, or the code itself."""
    return present_codes(reading, [code])[0]


def present_codes(reading: Reading, codes: Sequence[str]) -> list[str]:
    """Return, for each code, the present code of the item that it means on the day of a reading, or the code itself."""
    meant = {code_key(then): now for now, then in codes_then(reading).items()}
    return [meant.get(code_key(code), code) for code in codes]


def codes_then(reading: Reading) -> Mapping[str, str]:
    """Return the codes on the day of a reading of the items whose code was ever changed, by their present codes."""
    if Item.__tablename__ not in reading.rollback.tables:
        return {}
    found = raw_rows(reading.session, _recoded())
    recoded = [(item_id, code) for item_id, code, plan_id in found if plan_id == reading.plan.id]
    now = dict(recoded)
    return {now[item_id]: code for item_id, code in reading.rollback.records(Item, ("id", "code"), recoded)}


@cache
def _recoded() -> Select[Any]:
    """Select the items of all plans whose code was ever changed, with their present codes and their plans.

    Asked for the items of one plan, SQLite would read all of them to find the few.
    """
    from planner.store.models import ItemChange

    change, item = columns(ItemChange), columns(Item)
    changed = select(change.item_id).where(change.field == "code")
    return select(item.id, item.code, item.plan_id).where(item.id.in_(changed), not_(item.taken_out))


def no_such_item(reading: Reading, code: str) -> UnknownNameError:
    """Return the error for a code that no item of the plan has on the day of a reading.

    If the item was added later, the error says since when the plan has it.
    """
    session, plan = reading.session, reading.plan
    item = columns(Item)
    added = session.execute(select(item.code, item.added_on).where(has_code(plan.id, code))).first()
    if added is not None and added.added_on is not None and added.added_on > reading.as_of:
        return UnknownNameError(
            tr(
                "the plan does not have {code} on {day}: it was added on {added_on}",
                code=added.code,
                day=reading.as_of,
                added_on=added.added_on,
            ),
            where="CODE",
            do=tr("Ask for {added_on} or a later day", added_on=added.added_on),
        )
    return unknown_item(code, in_past=reading.known_at is not None, now=code_now(session, plan.id, code))


def means_an_item(reading: Reading, code: str) -> bool:
    """Return whether a text is the code of an item, now or on the day of a reading."""
    return code_of_item(reading.session, reading.plan.id, present_code(reading, code)) is not None
