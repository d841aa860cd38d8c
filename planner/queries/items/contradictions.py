"""Finds the items that an officer rated green although the computed schedule is overdue or off track.

Only the facts that the rules need are read, and only for items that were rated green in a phase that can contradict it.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache, partial
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import Select, null, select, true

from planner.domain.rules.progress import Step, planned_levels
from planner.domain.rules.schedule import NEVER_CONTRADICTED, contradicts
from planner.domain.vocabulary import Confidence, MeasuredBy, Phase, Schedule
from planner.queries.chosen import Chosen, Condition, items_among
from planner.queries.id_in import dialect_of, ids_parameter, is_among
from planner.queries.items.computed import Agreed, computed_state
from planner.queries.items.reported import DUE, read_confirmed, read_newest
from planner.queries.latest import latest
from planner.register.raw_rows import columns, named_rows, raw_rows, to_tuples
from planner.register.reading import Reading
from planner.store.models import Item, Milestone, MilestoneReport, StatusUpdate


class Contradiction(NamedTuple):
    """An item's green rating, reported on the day `reported_on`, and the computed state that contradicts it."""

    item_id: int
    reported_on: date
    schedule: Schedule
    actual: float | None
    expected: float
    current_due: date


class _Rated(NamedTuple):
    """An item with a green rating: its agreed facts, and the columns of the report that rates it."""

    id: int
    as_of: date
    phase: Phase
    confidence: Confidence
    percent: int | None
    completed_on: date | None
    ended_on: date | None
    merged_into: str | None
    starts: date
    baseline_due: date
    measured_by: MeasuredBy


# The fields of the item. The others are those of its latest report.
_OF_ITEM = ("starts", "baseline_due", "measured_by")
# What is read of a milestone for its `Step`.
_OF_STEP = ("item_id", "baseline_date", "weight")


def read_contradictions(reading: Reading, chosen: Chosen) -> list[Contradiction]:
    """Return the contradictions among the chosen items, also of items that were taken out of the register."""
    statement = _select_rated_green(dialect_of(reading.session), chosen.condition, reading.point.in_past)
    rated = _read_rated(reading, statement, chosen)
    green = items_among(reading.session, [item.id for item in rated])
    due, steps = read_newest(reading, DUE, green), _read_steps(reading, rated)
    ended = any(item.phase.terminal for item in rated)
    confirmed = read_confirmed(reading, green) if ended else set()
    found = []
    for item in rated:
        moved, milestones = due.get(item.id), steps[item.id]
        current_due = moved.new_date if moved else item.baseline_due
        agreed = Agreed(item, current_due, milestones, planned_levels(item.baseline_due, milestones))
        state = computed_state(agreed, item, confirmed, reading.as_of, reading.plan.settings)
        if contradicts(item.confidence, state.schedule, item.phase):
            found.append(Contradiction(item.id, item.as_of, state.schedule, state.actual, state.expected, current_due))
    return found


def _read_rated(reading: Reading, statement: Select[Any], chosen: Chosen) -> Sequence[_Rated]:
    """Return the items rated green. Their agreed facts are those known at the point in time."""
    rows = named_rows(reading.session, _Rated, statement, {**chosen.values, **reading.point.values})
    if Item.__tablename__ not in reading.rollback.tables:
        return rows
    names = [name if name in _OF_ITEM else "" for name in _Rated._fields]
    return to_tuples(_Rated, reading.rollback.records(Item, names, rows))


def _read_steps(reading: Reading, rated: Sequence[_Rated]) -> dict[int, list[Step]]:
    """Return the milestones of the items, by item id, ordered by the milestones' numbers.

    The day on which a milestone was met is read only for items that are measured by milestones.
    """
    steps: dict[int, list[Step]] = defaultdict(list)
    to_step = partial(tuple.__new__, Step)
    for with_met in (True, False):
        ids = [item.id for item in rated if (item.measured_by is MeasuredBy.MILESTONES) is with_met]
        for item_id, *step in _read_milestones(reading, ids, with_met) if ids else ():
            steps[item_id].append(to_step(step))
    return steps


def _read_milestones(reading: Reading, ids: Sequence[int], with_met: bool) -> Iterable[tuple[Any, ...]]:
    """Return the item's id, baseline date, weight and day met of each milestone that was not taken out."""
    changed = Milestone.__tablename__ in reading.rollback.tables
    statement = _select_milestones(dialect_of(reading.session), reading.point.in_past, with_met, changed)
    values = {**items_among(reading.session, ids).values, **reading.point.values}
    rows = raw_rows(reading.session, statement, values)
    if not changed:
        return rows
    known = reading.rollback.records(Milestone, ["id", "number", "taken_out", *_OF_STEP, ""], rows)
    return [row[3:] for row in sorted(known, key=itemgetter(1)) if not row[2]]


@cache
def _select_rated_green(dialect: str, condition: Condition, in_past: bool) -> Select[Any]:
    belongs = columns(StatusUpdate).item_id == columns(Item).id
    names = [name for name in _Rated._fields[1:] if name not in _OF_ITEM]
    statement = latest(dialect, StatusUpdate, Item, belongs, names, in_past=in_past)
    green = statement.where(
        statement.selected_columns.confidence == Confidence.GREEN,
        statement.selected_columns.phase.not_in(NEVER_CONTRADICTED),
        condition(dialect),
    )
    return green.add_columns(*(columns(Item)[name] for name in _OF_ITEM))


@cache
def _select_milestones(dialect: str, in_past: bool, with_met: bool, changed: bool) -> Select[Any]:
    """Select the milestones of items. If milestones were changed since, those that were taken out are among them."""
    own, met_on = columns(Milestone), null().label("met_on")
    statement = select(own.id, met_on)
    if with_met:
        belongs = columns(MilestoneReport).milestone_id == own.id
        statement = latest(
            dialect, MilestoneReport, Milestone, belongs, [met_on.name], in_past=in_past, every_owner=True
        )
    kept = true() if changed else own.taken_out.is_(False)
    wanted = [own[name] for name in (("id", "number", "taken_out") if changed else ()) + _OF_STEP]
    return (
        statement.with_only_columns(*wanted, statement.selected_columns[met_on.name])
        .where(is_among(dialect, own.item_id, ids_parameter(dialect)), kept)
        .order_by(own.item_id, own.number)
    )
