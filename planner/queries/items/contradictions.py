"""Finds the items that an officer rated green although the computed schedule is overdue or off track.

Only the facts that the rules need are read, and only for items that were rated green.
"""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from functools import cache, partial
from operator import attrgetter
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import Select

from planner.domain.rules.progress import Step, planned_levels
from planner.domain.rules.schedule import contradicts
from planner.domain.vocabulary import Confidence, MeasuredBy, Phase, Schedule
from planner.queries.chosen import Chosen, Condition, items_among
from planner.queries.id_in import dialect_of, ids_parameter, is_among
from planner.queries.items.computed import Agreed, computed_state
from planner.queries.items.reported import DUE, read_confirmed, read_newest
from planner.queries.latest import latest
from planner.register.raw_rows import columns, named_rows, to_tuples
from planner.register.reading import Reading
from planner.store.models import Base, Item, Milestone, MilestoneReport, StatusUpdate


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


class _Milestone(NamedTuple):
    """A milestone with the day on which it was met, if it was."""

    id: int
    met_on: date | None
    item_id: int
    number: int
    baseline_date: date
    weight: float
    taken_out: bool


# The fields of both that are columns of the item and of the milestone. The others are those of the latest report.
_OF_ITEM = ("starts", "baseline_due", "measured_by")
_OF_MILESTONE = ("item_id", "number", "baseline_date", "weight", "taken_out")

_Form = TypeVar("_Form", _Rated, _Milestone)


def read_contradictions(reading: Reading, chosen: Chosen) -> list[Contradiction]:
    """Return the contradictions among the chosen items, also of items that were taken out of the register."""
    statement = _select_rated_green(dialect_of(reading.session), chosen.condition, reading.point.in_past)
    rated = _read(reading, Item, _Rated, _OF_ITEM, statement, chosen)
    green = items_among(reading.session, [item.id for item in rated])
    due, steps = read_newest(reading, DUE, green), _read_steps(reading, green)
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


def _read_steps(reading: Reading, chosen: Chosen) -> dict[int, list[Step]]:
    """Return the milestones of the chosen items, by item id, ordered by the milestones' numbers."""
    statement = _select_milestones(dialect_of(reading.session), reading.point.in_past)
    rows = _read(reading, Milestone, _Milestone, _OF_MILESTONE, statement, chosen)
    if Milestone.__tablename__ in reading.rollback.tables:
        rows = sorted(rows, key=attrgetter("number"))
    steps: dict[int, list[Step]] = defaultdict(list)
    to_step = partial(tuple.__new__, Step)
    for _, met_on, item_id, _, baseline, weight, taken_out in rows:
        if not taken_out:
            steps[item_id].append(to_step((baseline, weight, met_on)))
    return steps


def _read(
    reading: Reading, owner: type[Base], form: type[_Form], own: Sequence[str], statement: Select[Any], chosen: Chosen
) -> Sequence[_Form]:
    """Return the rows of a statement. The fields in `own` are columns of `owner`, as they were at the point in time."""
    rows = named_rows(reading.session, form, statement, {**chosen.values, **reading.point.values})
    if owner.__tablename__ not in reading.rollback.tables:
        return rows
    names = [name if name in own else "" for name in form._fields]
    return to_tuples(form, reading.rollback.records(owner, names, rows))


@cache
def _select_rated_green(dialect: str, condition: Condition, in_past: bool) -> Select[Any]:
    belongs = columns(StatusUpdate).item_id == columns(Item).id
    names = [name for name in _Rated._fields[1:] if name not in _OF_ITEM]
    statement = latest(dialect, StatusUpdate, Item, belongs, names, in_past=in_past)
    green = statement.where(statement.selected_columns.confidence == Confidence.GREEN, condition(dialect))
    return green.add_columns(*(columns(Item)[name] for name in _OF_ITEM))


@cache
def _select_milestones(dialect: str, in_past: bool) -> Select[Any]:
    own = columns(Milestone)
    belongs = columns(MilestoneReport).milestone_id == own.id
    statement = latest(
        dialect, MilestoneReport, Milestone, belongs, ["met_on"], in_past=in_past, every_owner=True
    ).where(is_among(dialect, own.item_id, ids_parameter(dialect)))
    return statement.add_columns(*(own[name] for name in _OF_MILESTONE)).order_by(own.item_id, own.number)
