"""Conditions for the rows of a plan's items, and the error for a code that no item has."""

from typing import Any

from sqlalchemy import ColumnElement, and_, not_, select
from sqlalchemy.orm import Session

from planner.base.errors import UnknownNameError
from planner.base.language import tr
from planner.domain.codes import code_key
from planner.register.raw_rows import columns
from planner.store.models import Item
from planner.store.models.items import code_before_removal


def is_item_of(plan_id: Any) -> ColumnElement[bool]:
    """Return the condition that an item is in a plan and belongs to the register.

    The items of an import that was undone stay in the table, but no longer belong to the register.
    """
    item = columns(Item)
    return and_(item.plan_id == plan_id, not_(item.taken_out))


def has_code(plan_id: Any, code: str) -> ColumnElement[bool]:
    """Return the condition that an item of a plan has this code, in whatever form it was typed."""
    return and_(is_item_of(plan_id), columns(Item).code_key == code_key(code))


def code_of_item(session: Session, plan_id: int, code: str) -> str | None:
    """Return a typed code in the form in which the register has it, or None if the plan has no such item."""
    return session.execute(select(columns(Item).code).where(has_code(plan_id, code))).scalar_one_or_none()


def code_now_of(session: Session, item_id: int, code: str) -> str:
    """Return the present code of an item that had this code when it was read, or this code if it was removed since."""
    present = select(columns(Item).code).where(columns(Item).id == item_id, ~columns(Item).taken_out)
    return session.execute(present).scalar_one_or_none() or code


def removed_items(session: Session, plan_id: int, code: str) -> list[int]:
    """Return the ids of the items that had this code when they were removed from a plan."""
    item, wanted = columns(Item), code_key(code)
    removed = select(item.id, code_before_removal(item)).where(item.plan_id == plan_id, item.taken_out)
    return [item_id for item_id, before in session.execute(removed) if code_key(before) == wanted]


def code_now(session: Session, plan_id: int, code: str) -> str | None:
    """Return the present code of the item that had this code before, or None if no item had it."""
    # Mapped only to explain an error.
    from planner.store.models import ItemChange

    changed, item = columns(ItemChange), columns(Item)
    codes = (
        select(changed.old_value, item.code)
        .join_from(ItemChange.__table__, Item.__table__, item.id == changed.item_id)
        .where(is_item_of(plan_id), changed.field == "code")
        .order_by(changed.id.desc())
    )
    wanted = code_key(code)
    return next((now for old, now in session.execute(codes) if code_key(old or "") == wanted), None)


def unknown_item(code: str, where: str = "CODE", *, in_past: bool = False, now: str | None = None) -> UnknownNameError:
    """Return the error for a code that no item of the plan has, or had at a past instant.

    `now` is the present code of the item that had this code before.
    """
    if now is not None:
        what = tr("the item that had the code '{code}' now has another one", code=code)
        return UnknownNameError(what, where=where, do=tr("Its code is now {now}", now=now))
    what = (
        tr("the plan had no item '{code}' at that time", code=code)
        if in_past
        else tr("the plan has no item '{code}'", code=code)
    )
    return UnknownNameError(what, where=where, do=tr("'planner items' lists the codes of all items"))
