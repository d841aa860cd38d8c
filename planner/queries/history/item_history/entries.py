"""The writes on an item in words. Records that are no longer effective are listed with the reason."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from enum import StrEnum
from operator import attrgetter
from typing import Any

from sqlalchemy.orm import Session

from planner.base.language import later, tr, tr_later
from planner.base.views import value_class
from planner.domain.rules.weeks import local_day
from planner.domain.vocabulary import Asked, Basis, Confirmation
from planner.queries.history.edits import Edit, FieldChange, read_edits, read_indicator_parts
from planner.queries.history.item_acts import ItemAct, names_of_keys, read_acts_on
from planner.queries.history.item_history.records import (
    Place,
    Record,
    read_answers,
    read_extension_answers,
    read_help_answers,
    read_records,
    read_withdrawals,
    withdrawn_place,
)
from planner.queries.history.names_then import Names, NamesThen, read_names_then, rows_of_keys
from planner.queries.history.target_acts import read_targets_revised_on
from planner.queries.items.reported import status_view
from planner.queries.items.views import ItemView, StatusView
from planner.queries.opinions.assessments import AssessmentView, assessment_view
from planner.register.codes_then import codes_then
from planner.register.reading import Reading
from planner.store.models import CompletionConfirmation, StatusUpdate


class Discount(StrEnum):
    """The reason why a record is no longer effective."""

    TAKEN_BACK = "taken_back"
    RETURNED = "returned"


@value_class
class Discounted:
    """What made a record no longer effective (a withdrawal or a manager's return), by whom, when, and why."""

    how: Discount
    actor: str
    recorded_at: datetime
    reason: str | None


@value_class
class HistoryEntry:
    """One write on an item, in words.

    `kind` is report, date, milestone, value, confirmation, extension, answer, assessment, withdrawal or edit. `as_of`
    and `basis` are None for a confirmation, a withdrawal, and an edit that is no act on the plan. `discounted` has the
    reasons why the record is not effective; it is empty for an effective record. `changes` has the fields of an edit.
    `asked` says when somebody asked for a date that was moved to a later day, and is None for other writes.
    """

    kind: str
    as_of: date | None
    recorded_at: datetime
    actor: str
    basis: Basis | None
    what: str
    reason: str | None = None
    discounted: tuple[Discounted, ...] = ()
    changes: tuple[FieldChange, ...] = ()
    when_asked: Asked | None = None


@value_class
class History:
    """Everything recorded about an item, and the effective reports and assessments of it. The latest are first."""

    entries: tuple[HistoryEntry, ...]
    reports: tuple[StatusView, ...]
    assessments: tuple[AssessmentView, ...]


def read_history(reading: Reading, item: ItemView) -> History:
    """Return everything recorded about an item up to a point in time."""
    indicators = read_indicator_parts(reading.session, item.id)
    codes = codes_then(reading)
    records = read_records(reading, item, {part.id: part.number for part in indicators}, codes)
    records += [
        *read_answers(reading, records),
        *read_help_answers(reading, records),
        *read_extension_answers(reading, records),
    ]
    withdrawals = read_withdrawals(reading, records)
    discounts = _discounts(records, withdrawals)
    entries = [_entry(record, discounts[record.place]) for record in records]
    entries += _withdrawal_entries(records, withdrawals)
    entries += _edit_entries(reading, item, read_edits(reading, item, indicators))
    entries.sort(key=lambda entry: (entry.recorded_at, entry.as_of or date.min), reverse=True)
    # docs/decisions/0005: a report that something discounts is not effective.
    reports, assessments = (_effective(kind, records, discounts) for kind in ("report", "assessment"))
    return History(
        tuple(entries),
        tuple(status_view(row, codes) for row in reports),
        tuple(assessment_view(row) for row in assessments),
    )


def _effective(kind: str, records: Sequence[Record], discounts: Mapping[Place, Sequence[Discounted]]) -> list[Any]:
    """Return the rows of the records of a kind that nothing discounts, the latest first."""
    rows = [one.row for one in records if one.kind == kind and not discounts.get(one.place)]
    return sorted(rows, key=attrgetter("as_of", "id"), reverse=True)


def _edit_entries(reading: Reading, item: ItemView, edits: Sequence[Edit]) -> Iterator[HistoryEntry]:
    """Yield the edits of an item, each with its as-of date if it is an act on the plan, and the lineage of the item.

    Acts that hold only from a later day are left out.
    """
    acts = read_acts_on(reading, item.id)
    days = {(act.recorded_at, act.actor): act.as_of for act in acts}
    revised = read_targets_revised_on(reading, item.id) if edits else ()
    days |= {(one.recorded_at, one.actor): one.as_of for one in revised}
    for edit in edits:
        day = days.get((edit.recorded_at, edit.actor))
        if edit.redaction:
            # No act gives it a day, and before it happened nothing was redacted.
            day = local_day(edit.recorded_at, reading.plan.time_zone)
            edit = replace(edit, what=tr("text was redacted ({what})", what=edit.what))
        if day is None or day <= reading.as_of:
            yield HistoryEntry(
                later("edit"), day, edit.recorded_at, edit.actor, None, edit.what, edit.reason, (), edit.changes
            )
    yield from _told(reading, [act for act in acts if act.as_of <= reading.as_of])


_ORGANISATION = "organisation"


def _told(reading: Reading, acts: Sequence[ItemAct]) -> Iterator[HistoryEntry]:
    """Yield the acts that changed no column of the item's own row, so that no edit of it tells of them."""
    if not acts:
        return
    # Imported only if there are acts.
    from planner.register.plan_changes import SUPPORTING

    supporting = [act for act in acts if act.field == SUPPORTING]
    names = _organisation_names(reading.session, supporting) if supporting else None
    for act in acts:
        changes: tuple[FieldChange, ...] = ()
        if act.field == SUPPORTING and names is not None:
            what = tr("the supporting organisations changed")
            changes = (_supporting(act, names.at(act.recorded_at)),)
        elif act.field == "split_into" and not act.new_value:
            what = tr("not split into {value} any more: the report was returned", value=act.old_value)
        elif act.field in _NOT_CONFIRMED and not act.new_value:
            what = tr_later(_NOT_CONFIRMED[act.field]).format(value=act.old_value)
        elif act.field in _TOLD:
            what = tr_later(_TOLD[act.field]).format(value=act.new_value or act.old_value)
        else:
            continue
        yield HistoryEntry(
            later("edit"),
            act.as_of,
            act.recorded_at,
            act.actor,
            Basis.REGISTERED,
            what,
            act.reason,
            changes=changes,
        )


def _keys(act: ItemAct) -> Iterator[str]:
    for keys in (act.old_value, act.new_value):
        yield from keys.split(", ") if keys else ()


def _supporting(act: ItemAct, names: Names) -> FieldChange:
    def name_of(key: str) -> str | None:
        return names.get((_ORGANISATION, key))

    return FieldChange(tr("supporting"), names_of_keys(act.old_value, name_of), names_of_keys(act.new_value, name_of))


def _organisation_names(session: Session, acts: Sequence[ItemAct]) -> NamesThen:
    """Return the names of the supporting organisations that acts changed, at any time, by their keys."""
    return read_names_then(
        session, (), rows_of_keys(session, _ORGANISATION, {key for act in acts for key in _keys(act)})
    )


# What the history says about where an item comes from, what was added to it, and what became of it.
_TOLD = {
    "added": later("added to the plan as {value}"),
    "continues": later("carried over from {value}"),
    "milestone": later("milestone added: {value}"),
    "milestone_removed": later("milestone removed: {value}"),
    "indicator": later("indicator added: {value}"),
    "indicator_removed": later("indicator removed: {value}"),
    "target": later("target added: {value}"),
    "due_confirmed": later("due date {value} confirmed"),
    "milestone_confirmed": later("date of milestone {value} confirmed"),
    "target_confirmed": later("day of the target of indicator {value} confirmed"),
    "split_from": later("split from {value}"),
    "split_into": later("split into {value}"),
}


# What the history says if a confirmation was undone.
_NOT_CONFIRMED = {
    "due_confirmed": later("due date {value} not confirmed any more"),
    "milestone_confirmed": later("date of milestone {value} not confirmed any more"),
    "target_confirmed": later("day of the target of indicator {value} not confirmed any more"),
}


def _entry(record: Record, discounted: Sequence[Discounted]) -> HistoryEntry:
    row = record.row
    basis = row.basis if hasattr(row, "basis") else None
    as_of = getattr(row, "as_of", None)
    return HistoryEntry(
        record.kind,
        as_of,
        row.recorded_at,
        row.actor,
        basis,
        record.what,
        record.reason,
        tuple(discounted),
        when_asked=record.asked,
    )


def _discounts(records: Sequence[Record], withdrawals: Sequence[Any]) -> dict[Place, list[Discounted]]:
    """Return the reasons why records are not effective, by table and row id. Withdrawn returns are ignored."""
    found: dict[Place, list[Discounted]] = defaultdict(list)
    for row in withdrawals:
        found[withdrawn_place(row)].append(Discounted(Discount.TAKEN_BACK, row.actor, row.recorded_at, row.reason))
    reports = {record.row.id: record.row for record in records if record.kind == "report"}
    for record in records:
        row = record.row
        answered = record.table == CompletionConfirmation.__tablename__ and row.outcome == Confirmation.RETURNED
        if answered and record.place not in found:
            returned = Discounted(Discount.RETURNED, row.actor, row.recorded_at, row.reason)
            for place in _saved_with(reports[row.status_update_id], records):
                found[place].append(returned)
    return found


def _saved_with(report: Any, records: Sequence[Record]) -> Iterator[Place]:
    """Yield the table and id of the report, and of each record about the same item from the same write.

    See planner.register.effective_records for why the instant and the actor identify the write.
    """
    yield StatusUpdate.__tablename__, report.id
    for record in records:
        same_write = (record.row.recorded_at, record.row.actor) == (report.recorded_at, report.actor)
        if same_write and record.kind in ("date", "milestone", "value"):
            yield record.place


def _withdrawal_entries(records: Sequence[Record], withdrawals: Sequence[Any]) -> Iterator[HistoryEntry]:
    """Yield an entry for each withdrawal, because a withdrawal is a write of its own."""
    texts = {record.place: record.what for record in records}
    for row in withdrawals:
        what = tr("took back: {record}", record=texts[withdrawn_place(row)])
        yield HistoryEntry(later("withdrawal"), None, row.recorded_at, row.actor, None, what, row.reason)
