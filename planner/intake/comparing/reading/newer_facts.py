"""Reading of which items the register has a report or a change that is newer than a file."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from sqlalchemy import Select, func, select

from planner.intake.comparing.reading.import_days import ImportDays, read_import_days, read_undone_writes
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


def read_newer_facts(reading: Reading, day: date) -> Mapping[int, date]:
    """Return the day of the last report or change after a day, by the id of each item of the plan that has one.

    What an import added or changed is as of the day of its file, if anything says the day, or of the reports that came
    with it. An import that was undone does not count.
    """
    imports = read_import_days(reading)
    found: dict[int, date] = {}
    for item_id, newest in (
        *_reported(reading, day),
        *_changed(reading, day, imports),
        *_imported(reading, day, imports),
    ):
        found[item_id] = max(newest, found.get(item_id, newest))
    return found


def _reported(reading: Reading, day: date) -> Iterator[tuple[int, date]]:
    """Yield the items of which a report, a milestone or a value of an indicator is as of a later day."""
    own = columns(StatusUpdate)
    reports = select(own.item_id, func.max(own.as_of)).where(own.as_of > day, is_effective(StatusUpdate))
    yield from _rows(reading, reports.where(own.item_id.in_(_own_items(reading))).group_by(own.item_id))
    for history, part, part_id in (
        (MilestoneReport, Milestone, "milestone_id"),
        (Observation, Indicator, "indicator_id"),
    ):
        record, of = columns(history), columns(part)
        rows = select(of.item_id, func.max(record.as_of)).join(part.__table__, of.id == record[part_id])
        newest = rows.where(record.as_of > day, is_effective(history), of.item_id.in_(_own_items(reading)))
        yield from _rows(reading, newest.group_by(of.item_id))


def _imported(reading: Reading, day: date, imports: Mapping[str, ImportDays]) -> Iterator[tuple[int, date]]:
    """Yield the items that imports of files of a later day added or changed, each with the day of its file."""
    event = columns(AuditEvent)
    writes = [write for write, days in imports.items() if days.newest > day]
    rows = select(event.row_id, event.write_id).where(event.table_name == Item.__tablename__)
    for item_id, write in _rows(reading, rows.where(event.write_id.in_(writes))) if writes else ():
        of_file = imports[write].of(item_id)
        if of_file is not None and of_file > day:
            yield item_id, of_file


def _changed(reading: Reading, day: date, imports: Mapping[str, ImportDays]) -> Iterator[tuple[int, date]]:
    """Yield the items that were changed after a day, each change with its day or that of the file that made it."""
    found: list[tuple[int, date, str, str]] = []
    for change in (ItemChange, DateChange):
        own = columns(change)
        rows = select(own.item_id, own.as_of).where(own.as_of > day, own.item_id.in_(_own_items(reading)))
        found += _rows(reading, _with_write(rows, change))
    found += _rows(reading, _with_write(_targets(reading, day), TargetChange))
    files = _days_of_files(reading, {write for _, _, action, write in found if action == IMPORT} - imports.keys())
    undone = read_undone_writes(reading)
    for item_id, as_of, action, write in found:
        if action == UNDO_IMPORT or write in undone:
            continue
        said = imports[write].of(item_id) if write in imports else None
        of_file = said or files.get(write, as_of)
        if of_file > day:
            yield item_id, of_file


def _targets(reading: Reading, day: date) -> Select[Any]:
    """Select the changes of targets after a day, each with its item."""
    own, target, indicator = columns(TargetChange), columns(Target), columns(Indicator)
    rows = (
        select(indicator.item_id, own.as_of)
        .join(Target.__table__, target.id == own.target_id)
        .join(Indicator.__table__, indicator.id == target.indicator_id)
    )
    return rows.where(own.as_of > day, indicator.item_id.in_(_own_items(reading)))


def _with_write(rows: Select[Any], model: type[Base]) -> Select[Any]:
    """Return a select of rows of a table with the action and the write that added each."""
    own = columns(model)
    added = (AuditEvent.table_name == model.__tablename__) & (AuditEvent.row_id == own.id)
    return rows.add_columns(AuditEvent.action, AuditEvent.write_id).join(AuditEvent, added)


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
