"""Removing items that were added by mistake, while nothing else stands on them."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from planner.base.errors import NotAllowedError
from planner.base.language import tr
from planner.base.listing import listed
from planner.base.views import value_class
from planner.queries.plans.item_records import records_on
from planner.register.writing import Writing
from planner.store.models import Item, ItemChange, row_values
from planner.writes.imports.undo import without_code
from planner.writes.plan_changes.facts import Act, act_on_plan, item_of

# The fields of the history of an item that say that an act brought it into the plan.
_BROUGHT_IN = ("added", "split_from", "continues")


@value_class
class ItemRemoved:
    """An item that was removed, as it was called."""

    code: str
    title: str
    reason: str

    def sentence(self) -> str:
        """Return what was recorded, in the words that the command line and the app share."""
        return tr("Recorded: {code} is removed. Its code can be given to another item.", code=self.code)


def remove_item(writing: Writing, code: str, reason: str | None) -> ItemRemoved:
    """Remove an item that an act added to the plan by mistake. It then was not in the plan on any day.

    Raises UnknownNameError if the plan has no such item, and NotAllowedError if no act added it or something stands on
    it: a report, a moved date, a value, a link, an item that was merged into it or continues it, or an issued week.
    """
    # docs/decisions/0139: what was only typed wrongly goes; what others have used ends with a report.
    with act_on_plan(writing, reason, None) as act:
        item = item_of(act, code)
        done = ItemRemoved(item.code, item.title, act.reason)
        take_out(act, item)
        return done


def take_out(act: Act, item: Item) -> None:
    """Take an item out of the register, as part of an open write. Raises NotAllowedError if something stands on it."""
    if not _was_added(act, item):
        raise NotAllowedError(
            tr("{code} came with the data of the plan and was not added by an act", code=item.code),
            where=item.code,
            do=_instead(act, item, tr("Report it as cancelled, or undo the import that added it")),
        )
    there = what_stands_on(act.writing, item)
    if there:
        raise NotAllowedError(
            tr("{code} cannot be removed, because it has {records}", code=item.code, records=listed(there)),
            where=item.code,
            do=_instead(act, item, tr("Undo these records first, or report the item as cancelled")),
        )
    values = removal(item)
    act.journal.change(item, values, action="remove-item", label=f"{item.code} {item.title}", reason=act.reason)


def _instead(act: Act, item: Item, otherwise: str) -> str:
    """Return what to do with an item that cannot be removed: its split, or the one that it came from, may be wrong."""
    if parts := _last(act, item, "split_into"):
        return tr(
            "It was split into {codes}. If that was a mistake, return its ending: that removes the new items",
            codes=parts,
        )
    if origin := _last(act, item, "split_from"):
        return tr("If the split of {code} was a mistake, return its ending: that removes the new items", code=origin)
    return otherwise


def _last(act: Act, item: Item, field: str) -> str | None:
    """Return the last value of a fact in the history of an item. A returned split has a row without new items."""
    own = select(ItemChange.new_value).where(ItemChange.item_id == item.id, ItemChange.field == field)
    return act.writing.session.execute(own.order_by(ItemChange.id.desc()).limit(1)).scalar()


def _was_added(act: Act, item: Item) -> bool:
    brought = select(ItemChange.id).where(ItemChange.item_id == item.id, ItemChange.field.in_(_BROUGHT_IN)).limit(1)
    return item.continues_id is not None or act.writing.session.execute(brought).first() is not None


def what_stands_on(writing: Writing, item: Item) -> Sequence[str]:
    """Return in words what was recorded on an item and would lose its item, or show an item that is not there."""
    return records_on(writing.session, [item.id]).get(item.id, ())


def removal(item: Item) -> dict[str, Any]:
    """Return the values of an item that is removed. It gives up its code, so that another item can have it."""
    return {"taken_out": True, **without_code(row_values(item))}
