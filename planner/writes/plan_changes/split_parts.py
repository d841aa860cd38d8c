"""The new items of a split whose report a manager returns. Without them, the old item and its parts would all count."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import ColumnElement, exists, select
from sqlalchemy.orm import Session

from planner.base.errors import NotAllowedError
from planner.base.language import tr
from planner.base.listing import listed
from planner.store.models import Item, ItemChange, StatusUpdate
from planner.writes.newest import newest
from planner.writes.plan_changes.facts import Act, add_history
from planner.writes.plan_changes.removed_items import take_out, what_stands_on


def parts_to_remove(session: Session, report: StatusUpdate) -> Sequence[Item]:
    """Return the new items of the split that made a report, or an empty list. Items that have ended are left out."""
    # docs/decisions/0139: the new items of a returned split go.
    came = select(ItemChange.item_id).where(ItemChange.field == "split_from", *_same_write(report))
    items = select(Item).where(Item.id.in_(came), ~Item.taken_out).order_by(Item.position)
    return [item for item in session.execute(items).scalars() if not _has_ended(session, item)]


def is_of_split(session: Session, report: StatusUpdate) -> bool:
    """Return whether a report was made by a split of its item."""
    split = exists().where(ItemChange.item_id == report.item_id, ItemChange.field == "split_into", *_same_write(report))
    return bool(session.execute(select(split)).scalar())


def _has_ended(session: Session, item: Item) -> bool:
    last = newest(session, StatusUpdate, {"item_id": item.id}, as_of=date.max)
    return last is not None and last.phase.terminal


def remove_parts(act: Act, report: StatusUpdate) -> None:
    """Remove the new items of a split whose report is returned, as part of an open write, and say so in the history.

    Raises NotAllowedError if something was recorded on one of them, because both it and the old item would count.
    """
    parts = parts_to_remove(act.writing.session, report)
    used = [part.code for part in parts if what_stands_on(act.writing, part)]
    if used:
        raise NotAllowedError(
            tr("this report is of a split, and there is something recorded on {codes}", codes=listed(used)),
            do=tr("Report these items as cancelled first, or confirm the split"),
        )
    for part in parts:
        take_out(act, part)
    _take_back(act, report)


def _take_back(act: Act, report: StatusUpdate) -> None:
    """Add to the history of the item that it is not split, from the day of the split on."""
    split = select(ItemChange).where(
        ItemChange.item_id == report.item_id, ItemChange.field == "split_into", *_same_write(report)
    )
    for row in act.writing.session.execute(split).scalars().all():
        item = act.writing.session.get_one(Item, row.item_id)
        add_history(replace(act, day=row.as_of), item, "split_into", row.new_value, None, action="return")


def _same_write(report: StatusUpdate) -> tuple[ColumnElement[bool], ...]:
    # All rows of one write have the same instant and actor.
    return ItemChange.recorded_at == report.recorded_at, ItemChange.actor == report.actor
