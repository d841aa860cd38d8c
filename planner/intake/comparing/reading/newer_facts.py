"""Reading what the register learned of items from files, or of single facts, that is newer than a file."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from sqlalchemy import Select, case, func, literal, select

from planner.intake.comparing.decided.newer_entries import NewerEntries
from planner.intake.comparing.reading.import_days import ImportDays, read_import_days, read_undone_writes
from planner.intake.proposed import Field
from planner.register.effective_records import is_effective
from planner.register.raw_rows import columns
from planner.register.reading import Reading
from planner.store.event_actions import IMPORT, UNDO_IMPORT
from planner.store.models import (
    AuditEvent,
    Base,
    DateChange,
    Indicator,
    Item,
    ItemChange,
    Milestone,
    MilestoneReport,
    Observation,
    StatusUpdate,
    Target,
    TargetChange,
)

# Added and removed milestones, indicators and targets have other names in the history.
_FACTS = frozenset(Field)


def read_newer_facts(reading: Reading, day: date) -> Mapping[int, NewerEntries]:
    """Return what the register has of a later day, by the id of each item of the plan of which it has anything.

    What an import added or changed is as of the day of its file, if anything says the day, or of the reports that came
    with it. An import that was undone does not count.
    """
    imports = read_import_days(reading)
    by_file: dict[int, date] = {}
    facts: dict[int, dict[Field, date]] = defaultdict(dict)
    for item_id, newest in (*_reported(reading, day), *_imported(reading, day, imports)):
        by_file[item_id] = max(newest, by_file.get(item_id, newest))
    for item_id, fact, newest, from_file in _changed(reading, day, imports):
        if fact in _FACTS:
            facts[item_id][Field(fact)] = max(newest, facts[item_id].get(Field(fact), newest))
        if from_file:
            by_file[item_id] = max(newest, by_file.get(item_id, newest))
    return {one: NewerEntries(by_file.get(one, date.min), facts.get(one, {})) for one in (*by_file, *facts)}


def _reported(reading: Reading, day: date) -> Iterator[tuple[int, date]]:
    """Yield the items of which a file of a later day gave a report, a met milestone or a value of an indicator."""
    own = columns(StatusUpdate)
    reports = select(own.item_id, func.max(own.as_of)).where(own.as_of > day, is_effective(StatusUpdate))
    yield from _from_files(reading, reports, StatusUpdate, own.item_id)
    for history, part, part_id in (
        (MilestoneReport, Milestone, "milestone_id"),
        (Observation, Indicator, "indicator_id"),
    ):
        record, of = columns(history), columns(part)
        rows = select(of.item_id, func.max(record.as_of)).join(part.__table__, of.id == record[part_id])
        newest = rows.where(record.as_of > day, is_effective(history))
        yield from _from_files(reading, newest, history, of.item_id)


def _from_files(reading: Reading, rows: Select[Any], history: type[Base], item_id: Any) -> Iterator[tuple[int, date]]:
    """Yield the rows of a select, by item, as far as imports added them."""
    added = _with_write(rows, history).where(AuditEvent.action == IMPORT, item_id.in_(_own_items(reading)))
    return _rows(reading, added.group_by(item_id))


def _imported(reading: Reading, day: date, imports: Mapping[str, ImportDays]) -> Iterator[tuple[int, date]]:
    """Yield the items that imports of files of a later day added or changed, each with the day of its file."""
    event = columns(AuditEvent)
    writes = [write for write, days in imports.items() if days.newest > day]
    rows = select(event.row_id, event.write_id).where(event.table_name == Item.__tablename__)
    for item_id, write in _rows(reading, rows.where(event.write_id.in_(writes))) if writes else ():
        of_file = imports[write].of(item_id)
        if of_file is not None and of_file > day:
            yield item_id, of_file


def _changed(reading: Reading, day: date, imports: Mapping[str, ImportDays]) -> Iterator[tuple[int, str, date, bool]]:
    """Yield the changed facts of items, each with the day of the change or of its file, and whether it had a file."""
    found: list[tuple[int, str, date, str, str]] = []
    for model, rows in (
        (ItemChange, _item_changes(reading)),
        (DateChange, _date_changes(reading)),
        (TargetChange, _target_changes(reading)),
    ):
        later = rows.where(columns(model).as_of > day).add_columns(AuditEvent.action, AuditEvent.write_id)
        found += _rows(reading, _with_write(later, model))
    files = _days_of_files(reading, {write for *_, action, write in found if action == IMPORT} - imports.keys())
    undone = read_undone_writes(reading)
    for item_id, fact, as_of, action, write in found:
        if action == UNDO_IMPORT or write in undone:
            continue
        said = imports[write].of(item_id) if write in imports else None
        of_file = said or files.get(write, as_of)
        if of_file > day:
            yield item_id, fact, of_file, action == IMPORT


def _item_changes(reading: Reading) -> Select[Any]:
    own = columns(ItemChange)
    return select(own.item_id, own.field, own.as_of).where(own.item_id.in_(_own_items(reading)))


def _date_changes(reading: Reading) -> Select[Any]:
    """Select the changes of due dates. That of a milestone is the fact `date`."""
    own = columns(DateChange)
    fact = case((own.milestone_id.is_(None), Field.DUE.value), else_=Field.DATE.value)
    return select(own.item_id, fact, own.as_of).where(own.item_id.in_(_own_items(reading)))


def _target_changes(reading: Reading) -> Select[Any]:
    own, target, indicator = columns(TargetChange), columns(Target), columns(Indicator)
    rows = (
        select(indicator.item_id, literal(Field.TARGET.value), own.as_of)
        .join(Target.__table__, target.id == own.target_id)
        .join(Indicator.__table__, indicator.id == target.indicator_id)
    )
    return rows.where(indicator.item_id.in_(_own_items(reading)))


def _with_write(rows: Select[Any], model: type[Base]) -> Select[Any]:
    """Return a select of rows of a table, joined with the event that added each."""
    own = columns(model)
    added = (AuditEvent.table_name == model.__tablename__) & (AuditEvent.row_id == own.id)
    return rows.join(AuditEvent, added)


def _days_of_files(reading: Reading, writes: set[str]) -> dict[str, date]:
    """Return the day of the reports of each import that has any, by its write."""
    own = columns(StatusUpdate)
    added = (AuditEvent.table_name == StatusUpdate.__tablename__) & (AuditEvent.row_id == own.id)
    event = columns(AuditEvent)
    days = select(event.write_id, func.max(own.as_of)).join(AuditEvent.__table__, added)
    of_writes = days.where(event.write_id.in_(writes)).group_by(event.write_id)
    return dict(_rows(reading, of_writes)) if writes else {}


def _own_items(reading: Reading) -> Select[Any]:
    item = columns(Item)
    return select(item.id).where(item.plan_id == reading.plan.id)


def _rows(reading: Reading, rows: Select[Any]) -> Iterator[Any]:
    return (tuple(row) for row in reading.session.execute(rows))
