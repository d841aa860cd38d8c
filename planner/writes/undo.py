"""Undoing one's own last write with a compensating write.

The undone records stay in the history but no longer count.
"""

from collections.abc import Sequence, Set
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from planner.base.command_names import command_with
from planner.base.errors import NotAllowedError
from planner.base.language import later, tr, tr_later
from planner.base.listing import listed
from planner.base.texts import clean
from planner.domain.rules.permissions import Permission
from planner.domain.symbols import words
from planner.domain.vocabulary import Confirmation
from planner.queries.history.log_subjects import subjects_of_rows
from planner.register.effective_records import answers_with, is_effective, is_withdrawn
from planner.register.reading import Reading
from planner.register.writing import Writing
from planner.store.event_actions import CONFIRM_DATE, IMPORT, UNDO_CONFIRM_DATE, UNDO_IMPORT
from planner.store.journal import Actor, Journal
from planner.store.models import (
    WITHDRAWABLE,
    Assessment,
    AuditEvent,
    Base,
    CompletionConfirmation,
    DateChange,
    ExtensionAnswer,
    ExtensionRequest,
    Item,
    ItemChange,
    ItemKind,
    MilestoneReport,
    Observation,
    Plan,
    StatusUpdate,
    Withdrawal,
    class_called,
)
from planner.tables.json_form import NOT_IN_JSON
from planner.writes.imports.later import require_untouched
from planner.writes.imports.undo import undo_import
from planner.writes.imports.written import (
    ImportWrite,
    added_kinds,
    added_organisations,
    first_seq,
    import_of_write,
    is_undone,
    read_written,
)
from planner.writes.newest import newest
from planner.writes.open_items import require_lead_if_open
from planner.writes.permission import require
from planner.writes.reports.confirmed_dates import is_unconfirmed, undo_confirmation
from planner.writes.reports.endings import require_no_circle
from planner.writes.undo_advice import instead_of_undo

_TABLES = {table: class_called(table) for table in WITHDRAWABLE}

# How each action in the log is described when it is undone.
_DESCRIPTIONS = {
    "report": later("the report on {label}"),
    "no-change": later("the report of no change on {label}"),
    "milestone": later("the report on {label}"),
    "move-date": later("the new date of {label}"),
    "observe": later("the value of {label}"),
    "confirm": later("the confirmation of {label}"),
    "answer": later("the answer about {label}"),
    "ask-extension": later("the request for a later date of {label}"),
    "grant-extension": later("the later date granted for {label}"),
    "refuse-extension": later("the later date refused for {label}"),
    CONFIRM_DATE: later("the confirmation of the date: {label}"),
    "assess": later("the assessment of {label}"),
    "return": later("the decision to return the report on {label}"),
}

# The columns that identify what a record is about. Of the records about the same thing, only one is current.
_SUBJECT_COLUMNS: dict[type[Base], tuple[str, ...]] = {
    StatusUpdate: ("item_id",),
    MilestoneReport: ("milestone_id",),
    DateChange: ("item_id", "milestone_id"),
    ExtensionRequest: ("item_id", "milestone_id"),
    Assessment: ("item_id",),
    Observation: ("indicator_id", "as_of"),
}


@dataclass(frozen=True)
class OwnWrite:
    """A write of the actor that can be undone: its time and a description of each record.

    `titles` has the title of the item that each record is about. It is empty for an import. `later_in` is the key of
    another plan, if the actor has written something about it since.
    If a later record has replaced a record, the description says so, because undoing the record then changes no current
    value.
    """

    recorded_at: datetime
    records: tuple[str, ...]
    titles: tuple[str, ...] = ()
    later_in: str | None = field(default=None, metadata=NOT_IN_JSON)

    @property
    def lines(self) -> list[tuple[str, str]]:
        """Each record with the title of its item. A title that the line before has is not repeated."""
        titles = self.titles or ("",) * len(self.records)
        before = ("", *titles[:-1])
        return [
            (record, "" if title == last else title)
            for record, title, last in zip(self.records, titles, before, strict=True)
        ]


def last_own_write(reading: Reading, actor: Actor, *, import_only: bool = False) -> OwnWrite:
    """Return the write that `undo` would undo: the actor's last write, or last import, that is not undone yet.

    Writes that are only about other plans are passed over. Raises NotAllowedError if there is none, if a write of this
    kind cannot be undone, or if later records depend on an import.
    """
    found = _to_undo(reading, actor, import_only=import_only)
    # Nobody is asked about an undo that would be refused.
    _require_undoable(reading.session, found)
    own = _own_import(reading.session, found) if isinstance(found, ImportWrite) else _own_write(reading.session, found)
    return replace(own, later_in=_later_plan(reading, actor, own.recorded_at))


def _later_plan(reading: Reading, actor: Actor, since: datetime) -> str | None:
    """Return the key of another plan if the actor's last write is about it and later than an instant."""
    last = _newest_before(reading.session, actor, None)
    if last is None or last.recorded_at <= since:
        return None
    place = (last.table_name, last.row_id)
    subject = subjects_of_rows(reading.session, [place]).get(place)
    return subject.plan if subject and subject.plan != reading.plan.key else None


def undo(
    writing: Writing, *, expected: datetime | None = None, reason: str | None = None, import_only: bool = False
) -> OwnWrite:
    """Undo the actor's last write that is not undone yet, by adding one withdrawal per record. Return the undone write.

    Writes that are only about other plans are passed over. With `import_only`, the actor's last import is undone, also
    if the actor has written something else since that does not depend on it.

    `expected` is the time of the write that the user was shown. Raises NotAllowedError if the actor has written
    something else since, if a reported ending was confirmed, or if the report was returned, or if later records depend
    on an import. Nothing is written then.
    """
    why = clean(reason, "reason")
    session = writing.session
    with writing.journal() as journal:
        require(session, writing.actor, Permission.TAKE_BACK)
        last = _to_undo(writing.reading(), writing.actor, import_only=import_only)
        found = _own_import(session, last) if isinstance(last, ImportWrite) else _own_write(session, last)
        if expected is not None and found.recorded_at != expected:
            raise NotAllowedError(
                tr("you have written something else since: {records}", records=", ".join(found.records)),
                do=tr("Check your last write, then undo again"),
            )
        if isinstance(last, ImportWrite):
            undo_import(journal, writing, last, why)
        else:
            _take_back_all(journal, last, why)
        return found


def _take_back_all(journal: Journal, events: Sequence[AuditEvent], reason: str | None) -> None:
    session = journal.session
    for event in events:
        if event.action == CONFIRM_DATE:
            undo_confirmation(journal, event, reason)
            continue
        _require_unanswered(session, event)
        _take_back(journal, event, reason)
    session.flush()
    for item_id in _reported_on(session, events):
        require_no_circle(session, item_id)
        require_lead_if_open(session, session.get_one(Item, item_id))


def _reported_on(session: Session, events: Sequence[AuditEvent]) -> set[int]:
    """Return the ids of the items whose current report may change when some events are undone."""
    ids: dict[str, list[int]] = {table: [] for table in _TABLES}
    for event in events:
        if event.table_name in ids:
            ids[event.table_name].append(event.row_id)
    answered = select(CompletionConfirmation.status_update_id).where(
        CompletionConfirmation.id.in_(ids[CompletionConfirmation.__tablename__])
    )
    reports = or_(StatusUpdate.id.in_(ids[StatusUpdate.__tablename__]), StatusUpdate.id.in_(answered))
    return set(session.execute(select(StatusUpdate.item_id).where(reports)).scalars())


def _to_undo(reading: Reading, actor: Actor, *, import_only: bool) -> Sequence[AuditEvent] | ImportWrite:
    """Return the write to undo. Raises NotAllowedError if there is none."""
    if not import_only:
        return _last_write(reading, actor)
    found = _last_import(reading, actor)
    if found is None:
        raise NotAllowedError(tr("you have no import to undo"))
    return found


def _last_write(reading: Reading, actor: Actor) -> Sequence[AuditEvent] | ImportWrite:
    """Return the events of the actor's last write that was not undone and is no undo, or the import that it is.

    Writes that are only about other plans are passed over.
    """
    session, before = reading.session, None
    while (last := _newest_before(session, actor, before)) is not None:
        if last.action in (IMPORT, UNDO_IMPORT):
            # A large import has very many events, so they are not read here.
            found = _import_to_undo(reading, last)
            if found is not None:
                return found
            before = first_seq(session, last.write_id)
            continue
        events = _events_of(session, actor, last.recorded_at)
        done = all(map(_is_undo, events)) or _taken_back(session, events)
        if done or _of_other_plans(reading, events):
            before = events[0].seq
            continue
        act = next((event for event in events if not _can_be_undone(event)), None)
        if act is not None:
            # The first rename in a plan that listed no kinds lists them all, and then changes the one that it is about.
            act = events[-1] if events[-1].table_name == ItemKind.__tablename__ else act
            raise _not_undoable(act, {event.action for event in events}, _import_to_offer(reading, actor))
        return events
    raise NotAllowedError(tr("you have nothing to undo"))


def _last_import(reading: Reading, actor: Actor) -> ImportWrite | None:
    """Return the actor's last import into the plan that was not undone, or None if there is none."""
    before = None
    while (last := _newest_before(reading.session, actor, before, IMPORT)) is not None:
        found = _import_to_undo(reading, last)
        if found is not None:
            return found
        before = first_seq(reading.session, last.write_id)
    return None


def _import_to_offer(reading: Reading, actor: Actor) -> ImportWrite | None:
    """Return the actor's last import, or None if there is none that could be undone."""
    found = _last_import(reading, actor)
    try:
        _require_undoable(reading.session, found)
    except NotAllowedError:
        return None
    return found


def _require_undoable(session: Session, found: Sequence[AuditEvent] | ImportWrite | None) -> None:
    """Raise NotAllowedError if a write is an import on which later records depend."""
    if isinstance(found, ImportWrite):
        require_untouched(session, read_written(session, found))


def _import_to_undo(reading: Reading, last: AuditEvent) -> ImportWrite | None:
    """Return the import to which an event belongs, if it is one into the plan and was not undone."""
    found = import_of_write(reading.session, last.write_id) if last.action == IMPORT else None
    if found is None or found.plan_id != reading.plan.id or is_undone(reading.session, found):
        return None
    return found


def _not_undoable(event: AuditEvent, actions: Set[str], imported: ImportWrite | None) -> NotAllowedError:
    """Return the error about a write that cannot be undone. It says how an import before it is."""
    do = instead_of_undo(actions, event.label)
    if imported is not None:
        before = tr(
            "To undo your import of {files}, use '{command}'",
            files=", ".join(imported.files),
            command=command_with("undo", **{"import": ""}),
        )
        do = f"{do}. {before}"
    what = tr(
        "your last write ({action} {label}) cannot be undone", action=event.action.replace("-", " "), label=event.label
    )
    return NotAllowedError(what, do=do)


def _of_other_plans(reading: Reading, events: Sequence[AuditEvent]) -> bool:
    """Return whether a write is only about other plans than the one in use."""
    places = [(event.table_name, event.row_id) for event in events]
    subjects = subjects_of_rows(reading.session, places)
    return all(place in subjects and subjects[place].plan != reading.plan.key for place in places)


def _newest_before(session: Session, actor: Actor, before: int | None, action: str | None = None) -> AuditEvent | None:
    """Return the actor's last event before the event number `before`, or None if there is none.

    If an action is given, it is the last event with this action.
    """
    newest = select(AuditEvent).where(AuditEvent.actor == actor.name).order_by(AuditEvent.seq.desc()).limit(1)
    if action is not None:
        newest = newest.where(AuditEvent.action == action)
    if before is not None:
        newest = newest.where(AuditEvent.seq < before)
    return session.execute(newest).scalar_one_or_none()


def _events_of(session: Session, actor: Actor, recorded_at: datetime) -> Sequence[AuditEvent]:
    """Return the events of a write, oldest first. All events of a write have the same time."""
    own = AuditEvent.actor == actor.name, AuditEvent.recorded_at == recorded_at
    return session.execute(select(AuditEvent).where(*own).order_by(AuditEvent.seq)).scalars().all()


def _is_undo(event: AuditEvent) -> bool:
    return event.table_name == Withdrawal.__tablename__ or event.action == UNDO_CONFIRM_DATE


def _can_be_undone(event: AuditEvent) -> bool:
    return event.table_name in _TABLES or event.action == CONFIRM_DATE


def _taken_back(session: Session, events: Sequence[AuditEvent]) -> bool:
    """Return whether a write was undone. A write is undone as a whole, so its first record is enough to tell."""
    if events[0].action == CONFIRM_DATE:
        return is_unconfirmed(session, events[0])
    table = _TABLES.get(events[0].table_name)
    return table is not None and is_withdrawn(session, table, events[0].row_id)


def _require_unanswered(session: Session, event: AuditEvent) -> None:
    """Raise NotAllowedError if the event is a report or a request that somebody has answered since."""
    if event.table_name == ExtensionRequest.__tablename__:
        _require_undecided(session, event)
    if event.table_name != StatusUpdate.__tablename__:
        return
    for outcome in Confirmation:
        answer = session.execute(
            answers_with(outcome).where(CompletionConfirmation.status_update_id == event.row_id)
        ).scalar()
        if answer is not None:
            raise NotAllowedError(
                tr("{actor} has {outcome} the report in the meantime", actor=answer.actor, outcome=outcome.value),
                where=event.label,
                do=tr("Report again") if outcome is Confirmation.RETURNED else tr("Ask for the report to be returned"),
            )


def _require_undecided(session: Session, event: AuditEvent) -> None:
    """Raise NotAllowedError if the later date that the event asks for was granted or refused."""
    answers = select(ExtensionAnswer).where(
        ExtensionAnswer.extension_request_id == event.row_id, is_effective(ExtensionAnswer)
    )
    answer = session.execute(answers).scalar()
    if answer is not None:
        raise NotAllowedError(
            tr(
                "{actor} has {outcome} the later date in the meantime",
                actor=answer.actor,
                outcome=words(answer.outcome),
            ),
            where=event.label,
            do=tr("Ask {actor} to undo this", actor=answer.actor),
        )


def _take_back(journal: Journal, event: AuditEvent, reason: str | None) -> None:
    row = Withdrawal(reason=reason)
    setattr(row, f"{event.table_name}_id", event.row_id)
    journal.add(row, action="take-back", label=event.label, reason=reason)


def _own_import(session: Session, found: ImportWrite) -> OwnWrite:
    what = tr("the import of {files}", files=", ".join(found.files))
    names = added_organisations(session, found)
    if names:
        # Other plans and people may use them.
        what = tr("{what}; the organisations that it added stay: {names}", what=what, names=listed(names))
    kinds = added_kinds(session, found)
    if kinds:
        what = tr("{what}; the kinds of items that it added stay: {kinds}", what=what, kinds=listed(kinds))
    return OwnWrite(found.recorded_at, (what,))


def _own_write(session: Session, events: Sequence[AuditEvent]) -> OwnWrite:
    # A confirmed date has two events. The one about the row of history says nothing more.
    events = [event for event in events if event.table_name != ItemChange.__tablename__]
    own = {(event.table_name, event.row_id) for event in events}
    records = tuple(_described(session, event, own) for event in events)
    return OwnWrite(events[0].recorded_at, records, _titles(session, events))


def _titles(session: Session, events: Sequence[AuditEvent]) -> tuple[str, ...]:
    """Return for each event the title of the item that it is about, or an empty text."""
    places = [(event.table_name, event.row_id) for event in events]
    subjects = subjects_of_rows(session, places)
    codes = {subject.item for subject in subjects.values() if subject.item}
    plans = {subject.plan for subject in subjects.values()}
    # With the plans, the index of codes is used.
    named = select(Plan.key, Item.code, Item.title).join(Plan).where(Plan.key.in_(plans), Item.code.in_(codes))
    rows = session.execute(named)
    titles = {(plan, code): title for plan, code, title in rows}
    found = (subjects.get(place) for place in places)
    return tuple(titles.get((one.plan, one.item or ""), "") if one else "" for one in found)


def _described(session: Session, event: AuditEvent, own: Set[tuple[str, int]]) -> str:
    known = _DESCRIPTIONS.get(event.action)
    description = tr_later(known).format(label=event.label) if known else f"{event.action} {event.label}"
    current = _current_record_id(session, event)
    if current is None or (event.table_name, current) in own:
        return description
    return tr("{record} (a later record is still valid)", record=description)


def _current_record_id(session: Session, event: AuditEvent) -> int | None:
    """Return the id of the current record about the same thing as the event's record.

    Return None for a kind of record that is never replaced by a later one.
    """
    table: Any = _TABLES.get(event.table_name)
    if table not in _SUBJECT_COLUMNS:
        return None
    row = session.get_one(table, event.row_id)
    subject = {name: getattr(row, name) for name in _SUBJECT_COLUMNS[table]}
    current: Any = newest(session, table, subject, as_of=date.max)
    return None if current is None else int(current.id)
