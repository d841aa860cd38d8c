"""Opening the report form of an item, and recording an officer's report."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from planner.base.errors import FileTroubleError
from planner.base.language import tr
from tui.data.drafts import find_drafts
from tui.data.form import Opening, entry_of, label_of, standing_fields

if TYPE_CHECKING:
    from planner.personal.drafts import Draft
    from planner.queries.history.expected_state import ExpectedState
    from planner.writes.reports.entries import Entry, EntryRecorded
    from tui.data.door import Door


# An id that no report has.
_NO_REPORT = -1


def open_form(door: "Door", code: str, *, drafted: bool = True, draft_id: str | None = None) -> Opening:
    """Return the form of an item, filled from the last report or from a draft.

    The draft is the one with the id `draft_id` if it still exists, or else the newest. If `drafted` is false, drafts
    are ignored. Raises NotAllowedError, with the reason, if this person may not report on the item.
    """
    from planner.domain.rules.permissions import Permission
    from planner.queries.history.expected_state import expected_state_of
    from planner.queries.items.item import read_item_detail
    from planner.writes.items import item_row
    from planner.writes.permission import require

    with door.reading() as reading:
        require(reading.session, door.actor, Permission.REPORT, item_row(reading.session, reading.plan, code))
        detail = read_item_detail(reading, code)
    fresh = Opening(
        reading.plan, detail, reading.as_of, standing_fields(detail, reading.as_of), expected_state_of(detail), {}
    )
    return _with_draft(door, fresh, draft_id) if drafted else fresh


def save(door: "Door", opening: Opening, values: Mapping[str, str], *, check_doubts: bool = True) -> "EntryRecorded":
    """Record everything entered in a form, as of today, in one transaction.

    Raises ConflictError if somebody else has written since the form was begun, and BadValueError if a value is invalid.
    If `check_doubts` is true, raises DoubtfulError when the result would be inconsistent.
    """
    return _record(door, opening, entry_of(opening, values), check_doubts)


def save_unchanged(door: "Door", opening: Opening) -> "EntryRecorded":
    """Report explicitly that nothing changed.

    Raises NotAllowedError if this cannot be true, for example because there is no earlier report.
    """
    from planner.writes.reports.entries import Entry
    from planner.writes.reports.status import Report

    return _record(door, opening, Entry(Report(unchanged=True)), check_doubts=False)


def _record(door: "Door", opening: Opening, entry: "Entry", check_doubts: bool) -> "EntryRecorded":
    from planner.writes.reports.entries import record_entry

    with door.writing() as writing:
        return record_entry(writing, opening.item.code, entry, expected=opening.seen, check_doubts=check_doubts)


def as_kept(opening: Opening) -> dict[str, Any]:
    """Return what a draft stores about its form's basis: the state that a save expects, and the initial values."""
    return {"state": opening.seen.as_json(), "stood": dict(opening.stood)}


def _with_draft(door: "Door", fresh: Opening, draft_id: str | None) -> Opening:
    try:
        found = find_drafts(door, fresh.plan, fresh.item.code)
    except FileTroubleError as error:
        return replace(fresh, notes=(error.message,))
    notes = [aside.message for aside in found.set_aside]
    if not found.drafts:
        return replace(fresh, notes=tuple(notes))
    place = next((place for place, draft in enumerate(found.drafts) if draft.id == draft_id), 0)
    chosen, others = found.drafts[place], (*found.drafts[place + 1 :], *found.drafts[:place])
    return replace(_with_draft_input(fresh, chosen), others=others, notes=(*notes, *_unshown_values(fresh, chosen)))


def _unshown_values(fresh: Opening, draft: "Draft") -> Iterator[str]:
    """Yield a message for each value in a draft that the form cannot show. These values stay in the draft."""
    for name, text in draft.fields.items():
        if name not in fresh.stood:
            yield tr(
                "The unsaved report also has “{text}” ({field}), but the form has no such field.",
                text=text,
                field=label_of(name) or name,
            )
    if draft.more:
        names = ", ".join(sorted(draft.more))
        yield tr("The unsaved report also has fields that this version does not know: {names}.", names=names)


def _with_draft_input(fresh: Opening, draft: "Draft") -> Opening:
    """Return a form with the input of a draft.

    If somebody has written on the item since, the form keeps the older initial values, so that saving shows both
    versions.
    """
    seen, stood = _basis_of(draft.seen)
    beside = {name: text for name, text in draft.fields.items() if name not in fresh.stood}
    kept = replace(fresh, typed=_form_fields(draft.fields, fresh), draft=draft, beside=beside)
    if seen == fresh.seen or not kept.typed:
        return kept
    return replace(kept, seen=seen, stood={**fresh.stood, **_form_fields(stood, fresh)}, behind=True)


def _basis_of(kept: Any) -> "tuple[ExpectedState, Mapping[str, str]]":
    """Return the state and the field values on which a draft is based.

    If they cannot be read, the state is one that never matches, so that saving shows both versions.
    """
    from planner.queries.history.expected_state import ExpectedState

    try:
        return ExpectedState.from_json(kept["state"]), {str(name): str(text) for name, text in kept["stood"].items()}
    except (KeyError, TypeError, ValueError, AttributeError):
        return ExpectedState(_NO_REPORT, (), ()), {}


def _form_fields(fields: Mapping[str, str], fresh: Opening) -> dict[str, str]:
    """Return the fields that the form has."""
    return {name: text for name, text in fields.items() if name in fresh.stood}
