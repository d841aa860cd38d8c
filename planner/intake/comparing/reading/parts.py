"""Reading the milestones, indicators and reports of a plan's items."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial
from operator import attrgetter
from typing import NamedTuple

from sqlalchemy import and_, select
from sqlalchemy.orm import Session, aliased

from planner.domain.vocabulary import AGREED, Basis, Confidence, Direction, Phase
from planner.intake.comparing.entered import imported_rows, read_entered_fields
from planner.intake.comparing.reading.plan_rows import MoveRow, PlanRows
from planner.intake.comparing.reported import read_mixed
from planner.intake.comparing.stored import (
    AFTER_SILENT_FILE,
    BY_OFFICERS,
    Entered,
    EnteredParts,
    Reported,
    StoredIndicator,
    StoredMilestone,
    StoredStatus,
    StoredTarget,
    Wanted,
)
from planner.intake.proposed import Field
from planner.queries.items.agreed import basis_of_date
from planner.queries.items.reported import MILESTONE_DATES, STATUS, each_newest, read_newest
from planner.register.raw_rows import columns
from planner.store.models import AuditEvent, DateChange, Indicator, Item, Milestone, StatusUpdate, Target


class _MilestoneRow(NamedTuple):
    id: int
    item_id: int
    number: int
    key: str
    title: str
    baseline_date: date
    weight: float
    completion_test: str
    basis: Basis
    date_basis: Basis | None


class _IndicatorRow(NamedTuple):
    id: int
    item_id: int
    number: int
    key: str
    name: str
    unit: str
    direction: Direction
    baseline_value: float | None
    basis: Basis


class _TargetRow(NamedTuple):
    id: int
    indicator_id: int
    due: date
    value: float
    basis: Basis
    due_basis: Basis | None


class _StatusRow(NamedTuple):
    """The report that counts. `owner` is the id of the item."""

    owner: int
    as_of: date
    id: int
    phase: Phase
    percent: int | None
    confidence: Confidence | None
    done: str | None
    next: str | None
    blocker: str | None
    help_needed: str | None
    completed_on: date | None
    ended_on: date | None
    ending_reason: str | None
    merged_into_id: int | None


_DATES = MILESTONE_DATES.of_columns(MoveRow)
_REPORTS = STATUS.of_columns(_StatusRow)


def read_milestones(rows: PlanRows, entered: Entered, *, by_files: bool = False) -> dict[int, list[StoredMilestone]]:
    """Return the milestones by item. The dates that people moved are noted in `entered`, or all moved ones."""
    moves = newest_dates(rows)
    imported = imported_rows(rows.session, DateChange) if moves and not by_files else frozenset()
    for owner, move in moves.items():
        if move.id not in imported:
            entered.setdefault(owner, set()).add(Field.DATE)
    return milestones_with(rows, moves)


def read_items_with_milestones(rows: PlanRows) -> frozenset[int]:
    """Return the ids of the items that have milestones."""
    known = columns(Milestone)
    return frozenset(item_id for (item_id,) in rows.rows(select(known.item_id).where(~known.taken_out).distinct()))


def read_entered_parts(session: Session, wanted: Wanted) -> EnteredParts:
    """Return the fields that people entered, or files changed if these are wanted, of those parts that are read."""
    found = EnteredParts()
    read = partial(read_entered_fields, session, by_files=wanted.changed_by_files)
    if wanted.milestones:
        found.milestones.update(read(Milestone))
    if wanted.indicators:
        found.indicators.update(read(Indicator))
        found.targets.update(read(Target))
    return found


def newest_dates(rows: PlanRows) -> Mapping[int, MoveRow]:
    """Return the moves of milestones' dates that count, by the id of the milestone."""
    return read_newest(rows.latest, _DATES, rows.chosen)


def milestones_with(rows: PlanRows, moves: Mapping[int, MoveRow]) -> dict[int, list[StoredMilestone]]:
    """Return the milestones by item, given the moves of their dates."""
    found: dict[int, list[StoredMilestone]] = defaultdict(list)
    for row in rows.of_items(Milestone, _MilestoneRow, "number"):
        move = moves.get(row.id)
        day = row.baseline_date if move is None else move.new_date
        basis = basis_of_date(row.basis, row.date_basis, is_moved=move is not None, simulated=rows.plan.simulated)
        agreed = move is not None or basis in AGREED
        found[row.item_id].append(
            StoredMilestone(
                *(row.id, row.number, row.key, row.title, row.baseline_date),
                *(day, row.weight, row.completion_test, agreed, basis),
                basis=row.basis,
            )
        )
    if rows.then:
        _in_their_order(found)
    return found


def _in_their_order(parts: Mapping[int, list[StoredMilestone]] | Mapping[int, list[StoredIndicator]]) -> None:
    """Order the parts of each item by their numbers then: one that was removed since has no place among them now."""
    for several in parts.values():
        several.sort(key=attrgetter("number"))


def read_indicators(rows: PlanRows) -> dict[int, list[StoredIndicator]]:
    """Return the indicators by item, each with its targets."""
    targets, undone = _read_targets(rows), _read_undone(rows)
    found: dict[int, list[StoredIndicator]] = defaultdict(list)
    for row in rows.of_items(Indicator, _IndicatorRow, "number"):
        found[row.item_id].append(_indicator(row, targets.get(row.id, ()), undone.get(row.id, ())))
    if rows.then:
        _in_their_order(found)
    return found


def _read_targets(rows: PlanRows) -> dict[int, list[StoredTarget]]:
    """Return the targets by indicator, the last one to be reached at the end."""
    known = columns(Target)
    statement = select(*(known[name] for name in _TargetRow._fields))
    found: dict[int, list[StoredTarget]] = defaultdict(list)
    for row in sorted(rows.present(Target, _TargetRow, statement), key=attrgetter("due")):
        found[row.indicator_id].append(StoredTarget(row.id, row.due, row.value, row.due_basis or row.basis, row.basis))
    return found


def _read_undone(rows: PlanRows) -> dict[int, tuple[date, ...]]:
    """Return by indicator the days of the targets that do not count any more."""
    known = columns(Target)
    found: dict[int, tuple[date, ...]] = {}
    for indicator_id, due in rows.rows(select(known.indicator_id, known.due).where(known.taken_out)):
        found[indicator_id] = (*found.get(indicator_id, ()), due)
    return found


def _indicator(row: _IndicatorRow, targets: Sequence[StoredTarget], undone: Sequence[date]) -> StoredIndicator:
    target = targets[-1] if targets else None
    return StoredIndicator(
        row.id,
        row.number,
        row.key,
        row.name,
        row.unit,
        row.direction.value,
        row.baseline_value,
        target.target if target else None,
        target.due if target else None,
        target.id if target else None,
        tuple(targets),
        tuple(undone),
        row.basis,
    )


def read_statuses(rows: PlanRows, *, by_files: bool = False) -> tuple[dict[int, StoredStatus], dict[int, Reported]]:
    """Return the reports that count by item, and what they say of those items on which an officer reported.

    With `by_files`, a report that a file added later than the item counts as that of an officer.
    """
    statuses, reports = _newest_statuses(rows)
    if by_files:
        first = _reports_with_items(rows.session)
        return statuses, {item: BY_OFFICERS for item, report in reports.items() if report not in first}
    imported = imported_rows(rows.session, StatusUpdate)
    by_officers = [item_id for item_id, report in reports.items() if report not in imported]
    added = imported_rows(rows.session, Item) if by_officers else frozenset()
    reported = {item_id: AFTER_SILENT_FILE if item_id in added else BY_OFFICERS for item_id in by_officers}
    reported |= read_mixed(rows.reading, imported)
    return statuses, reported


def _reports_with_items(session: Session) -> frozenset[int]:
    """Return the ids of the reports that were recorded in one write with the addition of their items."""
    about, of_item = aliased(AuditEvent), aliased(AuditEvent)
    own, item = about.table_name == StatusUpdate.__tablename__, of_item.table_name == Item.__tablename__
    reports = select(StatusUpdate.id).join(about, and_(own, about.row_id == StatusUpdate.id))
    with_items = reports.join(
        of_item, and_(item, of_item.row_id == StatusUpdate.item_id, of_item.write_id == about.write_id)
    )
    return frozenset(session.execute(with_items).scalars())


def statuses_of(rows: PlanRows) -> dict[int, StoredStatus]:
    """Return the reports that count by item."""
    return _newest_statuses(rows)[0]


def _newest_statuses(rows: PlanRows) -> tuple[dict[int, StoredStatus], dict[int, int]]:
    """Return the reports that count, and their ids, by item."""
    statuses: dict[int, StoredStatus] = {}
    reports: dict[int, int] = {}
    held = rows.held
    # A large register has very many, so no row is kept.
    for row in each_newest(rows.reading, _REPORTS, rows.chosen):
        statuses[row.owner] = StoredStatus(
            row.phase,
            row.percent,
            row.confidence,
            held(row.done),
            held(row.next),
            held(row.blocker),
            held(row.help_needed),
            row.completed_on,
            row.ended_on,
            row.ending_reason,
            row.merged_into_id,
        )
        reports[row.owner] = row.id
    return statuses, reports
