"""The history of an item: every write on it. Records that are no longer effective are listed with the reason."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Select, bindparam, exists, or_, select

from planner.base.formats import percent, plain_number
from planner.base.language import later, tr, tr_later
from planner.base.listing import with_commas
from planner.base.views import value_class
from planner.domain.rules.weeks import local_day
from planner.domain.symbols import asked_words, words
from planner.domain.vocabulary import Asked, Basis, Confirmation, ExtensionOutcome, Phase
from planner.queries.history.date_changes import Dated, date_change_view
from planner.queries.history.edits import (
    Edit,
    FieldChange,
    read_edits,
    read_former_numbers,
    read_import_reasons,
    read_indicator_parts,
)
from planner.queries.history.extensions import Extension, by_date, read_extensions, reason_of, when_asked
from planner.queries.history.item_acts import ItemAct, names_of_keys, read_acts_on
from planner.queries.history.names_then import read_names_then
from planner.queries.history.target_acts import read_targets_revised_on
from planner.queries.items.reported import status_view
from planner.queries.items.views import ItemView, StatusView
from planner.queries.opinions.assessments import AssessmentView, assessment_view
from planner.register.codes_then import codes_then
from planner.register.instants import PastInstant, known_at_parameter, known_by, recorded_until
from planner.register.point import known_at_values
from planner.register.reading import Reading
from planner.store.models import (
    WITHDRAWABLE,
    Assessment,
    Base,
    CompletionConfirmation,
    DateChange,
    ExtensionRequest,
    Milestone,
    MilestoneReport,
    Observation,
    Organisation,
    StatusUpdate,
    Withdrawal,
)

if TYPE_CHECKING:
    from planner.store.models import ExtensionAnswer, HelpAnswer


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


_Place = tuple[str, int]


@value_class
class _Record:
    """A row of a history table, with its description in words."""

    row: Any
    kind: str
    what: str
    reason: str | None = None
    asked: Asked | None = None

    @property
    def place(self) -> _Place:
        return self.row.__tablename__, self.row.id


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
    records = _records(reading, item, {part.id: part.number for part in indicators}, codes)
    records += [*_answers(reading, records), *_help_answers(reading, records), *_extension_answers(reading, records)]
    withdrawals = _withdrawals(reading, records)
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


def _effective(kind: str, records: Sequence[_Record], discounts: Mapping[_Place, Sequence[Discounted]]) -> list[Any]:
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


def _told(reading: Reading, acts: Sequence[ItemAct]) -> Iterator[HistoryEntry]:
    """Yield the acts that changed no column of the item's own row, so that no edit of it tells of them."""
    if not acts:
        return
    # Imported only if there are acts.
    from planner.register.plan_changes import SUPPORTING

    keys = {key for act in acts if act.field == SUPPORTING for key in _keys(act)}
    names = _organisation_names(reading, keys) if keys else None
    for act in acts:
        changes: tuple[FieldChange, ...] = ()
        if act.field == SUPPORTING and names is not None:
            what, then = tr("the supporting organisations changed"), names(act.recorded_at)
            before, after = names_of_keys(act.old_value, then), names_of_keys(act.new_value, then)
            changes = (FieldChange(tr("supporting"), before, after),)
        elif act.field == "split_into" and not act.new_value:
            what = tr("not split into {value} any more: the report was returned", value=act.old_value)
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


def _organisation_names(reading: Reading, keys: Collection[str]) -> Callable[[datetime], dict[str, str]]:
    """Return the names of organisations at an instant, by their keys, as a function of the instant."""
    table = Organisation.__tablename__
    rows = [row for row in reading.known_rows(Organisation) if row.key in keys]
    names = read_names_then(reading.session, {(table, row.id): row.name for row in rows}, {table: "name"})

    def at(instant: datetime) -> dict[str, str]:
        then = names.at(instant)
        return {row.key: then[table, row.id] for row in rows}

    return at


# What the history says about where an item comes from, what was added to it, and what became of it.
_TOLD = {
    "added": later("added to the plan as {value}"),
    "continues": later("carried over from {value}"),
    "milestone": later("milestone added: {value}"),
    "milestone_removed": later("milestone removed: {value}"),
    "indicator": later("indicator added: {value}"),
    "indicator_removed": later("indicator removed: {value}"),
    "target": later("target added: {value}"),
    "split_from": later("split from {value}"),
    "split_into": later("split into {value}"),
}


def _known(history: Any, known_at: PastInstant | None) -> list[Any]:
    return [] if known_at is None else [known_by(history.recorded_at, known_at)]


def _entry(record: _Record, discounted: Sequence[Discounted]) -> HistoryEntry:
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


def _records(reading: Reading, item: ItemView, numbers: Mapping[int, int], codes: Mapping[str, str]) -> list[_Record]:
    """Return the records that have an as-of date: reports, changes of dates and requests for them, and what was met.

    `numbers` has the numbers of the item's indicators, by indicator id, and `codes` the codes on the day of items that
    have another code now, by their present codes.
    """

    def rows(history: type[Base], **mine: Any) -> Iterator[Any]:
        return reading.session.execute(
            _select_records(history, reading.point.in_past), {**mine, **reading.point.values}
        ).scalars()

    dates, met = list(rows(DateChange, item_id=item.id)), list(rows(MilestoneReport, item_id=item.id))
    steps = {milestone.id: milestone.number for milestone in item.milestones}
    seldom = {table: list(rows(table, item_id=item.id)) for table in _seldom_recorded(reading, item.id)}
    wanted = seldom.get(ExtensionRequest, [])
    removed = {row.milestone_id for row in (*dates, *met)} - {None, *steps}
    steps |= read_former_numbers(reading.session, Milestone, sorted(removed))
    reports = list(rows(StatusUpdate, item_id=item.id))
    imported = read_import_reasons(reading.session, StatusUpdate, [row.id for row in reports])
    records = [
        _Record(row, later("report"), _report(status_view(row, codes)), imported.get(row.id) or row.ending_reason)
        for row in reports
    ]
    asked = by_date(read_extensions(reading, item.id)) if wanted else {}
    records += [_moved_record(row, steps.get(row.milestone_id), asked) for row in dates]
    records += [
        _Record(row, later("extension"), _wanted(row, steps.get(row.milestone_id)), row.reason) for row in wanted
    ]
    records += [_Record(row, later("assessment"), _assessed(row), row.reason) for row in seldom.get(Assessment, [])]
    records += [
        _Record(row, later("milestone"), milestone_text(row, steps[row.milestone_id]), row.evidence) for row in met
    ]
    records += [
        _Record(row, later("value"), observation_text(row, numbers[row.indicator_id]), row.evidence)
        for row in (rows(Observation, indicators=list(numbers)) if numbers else ())
    ]
    return records


# What is not recorded on most items. One statement tells which of them have a record, instead of one for each.
_SELDOM: tuple[type[Base], ...] = (ExtensionRequest, Assessment)


def _seldom_recorded(reading: Reading, item_id: int) -> list[type[Base]]:
    """Return the tables of _SELDOM that have a record of an item, whatever its day."""
    found = reading.session.execute(_select_seldom(), {"item_id": item_id}).one()
    return [table for table, recorded in zip(_SELDOM, found, strict=True) if recorded]


@cache
def _select_seldom() -> Select[Any]:
    recorded: list[Any] = [exists().where(_OF_ITEM[table]()) for table in _SELDOM]
    return select(*recorded)


# The condition that a history row is about an item.
_OF_ITEM: dict[type[Base], Callable[[], ColumnElement[bool]]] = {
    StatusUpdate: lambda: StatusUpdate.item_id == bindparam("item_id"),
    DateChange: lambda: DateChange.item_id == bindparam("item_id"),
    ExtensionRequest: lambda: ExtensionRequest.item_id == bindparam("item_id"),
    Assessment: lambda: Assessment.item_id == bindparam("item_id"),
    MilestoneReport: lambda: MilestoneReport.milestone_id.in_(
        select(Milestone.id).where(Milestone.item_id == bindparam("item_id"))
    ),
    Observation: lambda: Observation.indicator_id.in_(bindparam("indicators", expanding=True)),
}


@cache
def _select_records(history: Any, in_past: bool) -> Select[Any]:
    until = recorded_until(history, bindparam("as_of"), known_at_parameter(in_past))
    return select(history).where(_OF_ITEM[history](), *until).order_by(history.id)


def _report(row: StatusView) -> str:
    if row.unchanged:
        return tr("no change: {state}", state=_state_words(row))
    into = tr("merged into {code}", code=row.merged_into) if row.merged_into else None
    parts = [into or words(row.phase.value), row.confidence, _percent(row), row.done]
    return ", ".join(part for part in parts if part)


def _state_words(row: StatusView) -> str:
    parts = [words(row.phase.value), row.confidence, _percent(row)]
    return ", ".join(part for part in parts if part)


def _assessed(row: Assessment) -> str:
    if row.evidence is None:
        return tr("assessed as {rating}", rating=row.rating.value)
    return tr("assessed as {rating}, seen: {evidence}", rating=row.rating.value, evidence=row.evidence)


def _percent(row: StatusView) -> str | None:
    return None if row.percent is None else percent(row.percent)


def _moved_record(row: DateChange, milestone: int | None, asked: Mapping[Dated, list[Extension]]) -> _Record:
    change, what = date_change_view(row), _moved(row, milestone)
    when, why = when_asked(change, asked), reason_of(change, asked)
    return _Record(row, later("date"), with_commas((what, asked_words(when))) if when else what, why, asked=when)


def _wanted(row: ExtensionRequest, milestone: int | None) -> str:
    """Return the text of a request for a later date of a milestone or, if `milestone` is None, of the due date."""
    if milestone is None:
        return tr("asked to move the due date from {old} to {new}", old=row.old_date, new=row.new_date)
    return tr(
        "asked to move milestone {number} from {old} to {new}", number=milestone, old=row.old_date, new=row.new_date
    )


def _extension_answers(reading: Reading, records: Sequence[_Record]) -> list[_Record]:
    """Return the answers to the requests for later dates in `records`."""
    wanted = {record.row.id: record.row for record in records if record.kind == "extension"}
    if not wanted:
        return []
    from planner.store.models import ExtensionAnswer  # mapped only for an item with requests

    until = recorded_until(ExtensionAnswer, reading.as_of, reading.known_at)
    of_requests = ExtensionAnswer.extension_request_id.in_(wanted)
    statement = select(ExtensionAnswer).where(of_requests, *until).order_by(ExtensionAnswer.id)
    return [
        _Record(row, later("answer"), _decided(row, wanted[row.extension_request_id]), row.reason)
        for row in reading.session.execute(statement).scalars()
    ]


def _decided(row: "ExtensionAnswer", request: ExtensionRequest) -> str:
    if row.outcome is ExtensionOutcome.GRANTED:
        return tr("granted {day}, as {person} asked", day=request.new_date, person=row.asked_by)
    return tr("refused {day}, for which {person} asked", day=request.new_date, person=row.asked_by)


def _moved(row: DateChange, milestone: int | None) -> str:
    """Return the text of a change of a milestone's date or, if `milestone` is None, of the item's due date."""
    if milestone is None:
        return tr("due date moved from {old} to {new}", old=row.old_date, new=row.new_date)
    return tr("milestone {number} moved from {old} to {new}", number=milestone, old=row.old_date, new=row.new_date)


def milestone_text(row: MilestoneReport, number: int) -> str:
    """Return the text of a report on the milestone with this number."""
    if row.met_on:
        return tr("milestone {number} met on {day}", number=number, day=row.met_on)
    if row.forecast:
        return tr("milestone {number} forecast for {day}", number=number, day=row.forecast)
    return tr("milestone {number} taken back as not met", number=number)


def observation_text(row: Observation, number: int) -> str:
    """Return the text of an observed value of the indicator with this number."""
    return tr("indicator {number} is {value}", number=number, value=plain_number(row.value))


def _answers(reading: Reading, records: Sequence[_Record]) -> list[_Record]:
    """Return the answers that managers gave to the reports in `records`."""
    reports = {record.row.id: record.row for record in records if record.kind == "report"}
    if not reports:
        return []
    values = {"reports": list(reports), **known_at_values(reading.known_at)}
    rows = reading.session.execute(_select_answers(reading.point.in_past), values).scalars()
    return [
        _Record(row, later("confirmation"), _answer(row, reports[row.status_update_id]), row.reason) for row in rows
    ]


@cache
def _select_answers(in_past: bool) -> Select[CompletionConfirmation]:
    table = CompletionConfirmation
    of_reports = table.status_update_id.in_(bindparam("reports", expanding=True))
    return select(table).where(of_reports, *_known(table, known_at_parameter(in_past))).order_by(table.id)


def _answer(row: CompletionConfirmation, report: StatusUpdate) -> str:
    """Return the text of a manager's answer to a report."""
    person, day = row.reported_by, report.as_of
    if row.outcome == Confirmation.RETURNED:
        return tr("returned the report by {person} as of {day}", person=person, day=day)
    if report.phase == Phase.COMPLETED:
        return tr("completion confirmed, as reported by {person} as of {day}", person=person, day=day)
    return tr(
        "confirmed that it is {phase}, as reported by {person} as of {day}",
        phase=words(report.phase.value),
        person=person,
        day=day,
    )


def _help_answers(reading: Reading, records: Sequence[_Record]) -> list[_Record]:
    """Return the answers to the help that the reports in `records` ask for."""
    reports = {record.row.id: record.row for record in records if record.kind == "report" and record.row.help_needed}
    if not reports:
        return []
    from planner.store.models import HelpAnswer  # mapped only for an item with reports that ask for help

    until = recorded_until(HelpAnswer, reading.as_of, reading.known_at)
    statement = select(HelpAnswer).where(HelpAnswer.status_update_id.in_(reports), *until).order_by(HelpAnswer.id)
    return [
        _Record(row, later("answer"), _help_answer(row, reports[row.status_update_id]))
        for row in reading.session.execute(statement).scalars()
    ]


def _help_answer(row: "HelpAnswer", report: StatusUpdate) -> str:
    return tr("answer to “{words}”: {answer}", words=report.help_needed, answer=row.answer)


def _withdrawals(reading: Reading, records: Sequence[_Record]) -> list[Withdrawal]:
    """Return the withdrawals of any of these records."""
    mine: dict[str, list[int]] = defaultdict(list)
    for record in records:
        table, row_id = record.place
        mine[table].append(row_id)
    if not mine:
        return []
    any_of_mine = or_(*(getattr(Withdrawal, f"{table}_id").in_(ids) for table, ids in mine.items()))
    statement = select(Withdrawal).where(any_of_mine, *_known(Withdrawal, reading.known_at)).order_by(Withdrawal.id)
    return list(reading.session.execute(statement).scalars())


def _withdrawn_place(withdrawal: Withdrawal) -> _Place:
    """Return the table and row id of the record that a withdrawal takes back."""
    return next((table, row_id) for table in WITHDRAWABLE if (row_id := getattr(withdrawal, f"{table}_id")) is not None)


def _discounts(records: Sequence[_Record], withdrawals: Sequence[Withdrawal]) -> dict[_Place, list[Discounted]]:
    """Return the reasons why records are not effective, by table and row id. Withdrawn returns are ignored."""
    found: dict[_Place, list[Discounted]] = defaultdict(list)
    for row in withdrawals:
        found[_withdrawn_place(row)].append(Discounted(Discount.TAKEN_BACK, row.actor, row.recorded_at, row.reason))
    reports = {record.row.id: record.row for record in records if record.kind == "report"}
    for record in records:
        row = record.row
        answered = isinstance(row, CompletionConfirmation) and row.outcome == Confirmation.RETURNED
        if answered and record.place not in found:
            returned = Discounted(Discount.RETURNED, row.actor, row.recorded_at, row.reason)
            for place in _saved_with(reports[row.status_update_id], records):
                found[place].append(returned)
    return found


def _saved_with(report: StatusUpdate, records: Sequence[_Record]) -> Iterator[_Place]:
    """Yield the table and id of the report, and of each record about the same item from the same write.

    See planner.register.effective_records for why the instant and the actor identify the write.
    """
    yield StatusUpdate.__tablename__, report.id
    for record in records:
        same_write = (record.row.recorded_at, record.row.actor) == (report.recorded_at, report.actor)
        if same_write and record.kind in ("date", "milestone", "value"):
            yield record.place


def _withdrawal_entries(records: Sequence[_Record], withdrawals: Sequence[Withdrawal]) -> Iterator[HistoryEntry]:
    """Yield an entry for each withdrawal, because a withdrawal is a write of its own."""
    texts = {record.place: record.what for record in records}
    for row in withdrawals:
        what = tr("took back: {record}", record=texts[_withdrawn_place(row)])
        yield HistoryEntry(later("withdrawal"), None, row.recorded_at, row.actor, None, what, row.reason)
