"""Detecting that two people edit the same item, and telling the one who saves second."""

from typing import TYPE_CHECKING

from planner.base.errors import PlannerError
from planner.base.language import tr
from planner.register.writing import Writing
from planner.store.models import Item, StatusUpdate
from planner.writes.newest import newest

if TYPE_CHECKING:
    from planner.queries.history.expected_state import ExpectedReport, ExpectedState
    from planner.queries.items.item import ItemDetail


class ConflictError(PlannerError):
    """Another person has changed the item since the user opened it, so nothing was written.

    `theirs` is the current item.
    """

    exit_code = 13

    def __init__(self, theirs: "ItemDetail") -> None:
        self.theirs = theirs
        newest = max(theirs.history, key=lambda entry: entry.recorded_at, default=None)
        what = (
            tr(
                "{person} has changed this item in the meantime ({change}); nothing was saved",
                person=newest.actor,
                change=newest.what,
            )
            if newest
            else tr("somebody has changed this item in the meantime; nothing was saved")
        )
        do = tr("Compare both versions, and save the right one")
        super().__init__(what, where=theirs.item.code, do=do)


def require_unchanged(writing: Writing, item: Item, expected: "ExpectedState | ExpectedReport") -> None:
    """Raise ConflictError if an item is no longer in the state that the user saw."""
    # Imported here because a write without a preview does not need it and starts faster without it.
    from planner.queries.history.expected_state import ExpectedState, read_expected_state
    from planner.queries.items.item import read_item_detail

    if isinstance(expected, ExpectedState):
        unchanged = read_expected_state(writing.reading(), item.code) == expected
    else:
        report = newest(writing.session, StatusUpdate, {"item_id": item.id}, as_of=writing.today)
        unchanged = (report.id if report else None) == expected.report
    # docs/decisions/0032: a lock would be left behind by a closed laptop.
    if not unchanged:
        raise ConflictError(read_item_detail(writing.reading(), item.code))
