"""Opening the report form of an item, and recording an officer's report."""

from dataclasses import replace
from typing import TYPE_CHECKING

from planner.base.errors import FileTroubleError

if TYPE_CHECKING:
    from planner.reporting.form import ReportForm
    from tui.data.door import Door


def open_form(door: "Door", code: str, *, drafted: bool = True, draft_id: str | None = None) -> "ReportForm":
    """Return the form of an item, filled from the last report or from a draft.

    The draft is the one with the id `draft_id` if it still exists, or else the newest. If `drafted` is false, drafts
    are ignored. Raises NotAllowedError, with the reason, if this person may not report on the item.
    """
    from planner.personal.drafts import draft_key, find
    from planner.reporting import saving

    with door.reading_to_write() as reading:
        form = saving.open_form(reading, door.actor, code)
    if not drafted:
        return form
    try:
        found = find(draft_key(door.address, form.plan.key, door.login, form.item.code))
        return saving.with_drafts(form, found, draft_id)
    except FileTroubleError as error:
        return replace(form, notes=(error.note,))
