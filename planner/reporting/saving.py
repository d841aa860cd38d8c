"""Opening the report form of an item, with or without a draft, and recording what was typed in it."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from planner.base.language import tr
from planner.domain.rules.permissions import Permission
from planner.personal.drafts import Draft, FoundDrafts
from planner.queries.history.expected_state import ExpectedState, expected_state_of
from planner.queries.items.item import read_item_detail
from planner.register.item_rows import code_now_of
from planner.register.reading import Reading
from planner.register.writing import Writing
from planner.reporting.entry import entry_of
from planner.reporting.fields import label_of
from planner.reporting.form import ReportForm, initial_texts
from planner.store.journal import Actor
from planner.writes.items import item_row, require_begun
from planner.writes.permission import require
from planner.writes.reports.entries import Entry, EntryRecorded, record_entry
from planner.writes.reports.status import Report

# An id that no report has.
_NO_REPORT = -1


def open_form(reading: Reading, actor: Actor, code: str) -> ReportForm:
    """Return the form of an item, filled from the last report.

    Raises NotAllowedError, with the reason, if this person may not report on the item.
    """
    require(reading.session, actor, Permission.REPORT, item_row(reading.session, reading.plan, code))
    require_begun(reading.plan, reading.today, code)
    detail = read_item_detail(reading, code)
    initial = initial_texts(detail, reading.as_of, reading.plan.settings)
    expected = expected_state_of(detail.item, detail.indicators)
    return ReportForm(reading.plan, detail, reading.as_of, initial, expected)


def save(writing: Writing, form: ReportForm, values: Mapping[str, str], *, check_doubts: bool = True) -> EntryRecorded:
    """Record everything entered in a form, as of today, in one transaction.

    A field that is left out of `values` keeps its initial text. Raises ConflictError if somebody else has written since
    the form was begun, and BadValueError if a value is invalid or nothing was entered. If `check_doubts` is true,
    raises DoubtfulError when the result would be inconsistent.
    """
    entry = entry_of(form.recordable(values), form.reader)
    # Another code that the item got meanwhile is no reason to type everything again.
    code = code_now_of(writing.session, form.item.id, form.item.code)
    return record_entry(writing, code, entry, expected=form.expected, check_doubts=check_doubts)


def save_form_unchanged(writing: Writing, form: ReportForm) -> EntryRecorded:
    """Report explicitly that nothing changed on the item of a form. Raises what `save_unchanged` raises."""
    return save_unchanged(writing, code_now_of(writing.session, form.item.id, form.item.code), form.expected)


def save_unchanged(writing: Writing, code: str, expected: ExpectedState | None = None) -> EntryRecorded:
    """Report explicitly that nothing changed on an item.

    Raises ConflictError if the item is no longer in the expected state, and NotAllowedError if such a report is not
    possible, for example because there is no earlier report.
    """
    return record_entry(writing, code, Entry(Report(unchanged=True)), expected=expected)


def with_drafts(form: ReportForm, found: FoundDrafts, draft_id: str | None = None) -> ReportForm:
    """Return a form with the input of one of the drafts that were found, if any were found.

    The draft is the one with the id `draft_id` if it still exists, or else the newest.
    """
    notes = tuple(aside.message for aside in found.set_aside)
    if not found.drafts:
        return replace(form, notes=notes)
    place = next((place for place, draft in enumerate(found.drafts) if draft.id == draft_id), 0)
    chosen, others = found.drafts[place], (*found.drafts[place + 1 :], *found.drafts[:place])
    return replace(_with_draft(form, chosen), others=others, notes=(*notes, *_unshown_texts(form, chosen)))


def drafted_basis(draft: Draft) -> tuple[ExpectedState, Mapping[str, str]]:
    """Return the state and the initial texts on which a draft is based.

    If they cannot be read, the state is one that never matches, so that saving shows both versions.
    """
    basis: Any = draft.seen
    try:
        return ExpectedState.from_json(basis["state"]), {str(name): str(text) for name, text in basis["stood"].items()}
    except (KeyError, TypeError, ValueError, AttributeError):
        return ExpectedState(_NO_REPORT, (), ()), {}


def _with_draft(form: ReportForm, draft: Draft) -> ReportForm:
    """Return a form with the input of a draft.

    If somebody has written on the item since, the form keeps the older initial texts, so that saving shows both
    versions.
    """
    expected, initial = drafted_basis(draft)
    other_fields = {name: text for name, text in draft.fields.items() if name not in form.initial}
    loaded = replace(form, typed=_own_fields(draft.fields, form), draft=draft, other_fields=other_fields)
    if expected == form.expected or not loaded.typed:
        return loaded
    return replace(loaded, expected=expected, initial={**form.initial, **_own_fields(initial, form)}, behind=True)


def _own_fields(fields: Mapping[str, str], form: ReportForm) -> dict[str, str]:
    """Return those of the given fields that the form also has."""
    return {name: text for name, text in fields.items() if name in form.initial}


def _unshown_texts(form: ReportForm, draft: Draft) -> Iterator[str]:
    """Yield a message for each text in a draft that the form cannot show. These texts stay in the draft."""
    for name, text in draft.fields.items():
        if name not in form.initial:
            yield tr(
                "The unsaved report also has “{text}” ({field}), but the form has no such field.",
                text=text,
                field=label_of(name) or name,
            )
    if draft.more:
        names = ", ".join(sorted(draft.more))
        yield tr("The unsaved report also has fields that this version does not know: {names}.", names=names)
