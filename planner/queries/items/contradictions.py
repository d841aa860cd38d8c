"""Finds the items that an officer rated green although the computed schedule is overdue or off track.

Only the facts that the rules need are read, and only for items that were rated green in a phase that can contradict it.
"""

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Select

from planner.domain.rules.progress import Levels, Step, planned_levels
from planner.domain.rules.schedule import NEVER_CONTRADICTED, contradicts
from planner.domain.vocabulary import Confidence, MeasuredBy, Phase, Schedule
from planner.queries.chosen import Chosen, Condition, items_among
from planner.queries.id_in import dialect_of
from planner.queries.items.computed import Agreed, computed_state
from planner.queries.items.reported import DUE, EndingKey, read_confirmed, read_newest
from planner.queries.latest import latest
from planner.queries.steps import read_steps
from planner.register.raw_rows import columns, rows_in_any_order, to_tuples
from planner.register.reading import Reading
from planner.store.models import Item, StatusUpdate


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


# The number of items whose milestones are read at a time, so that they are still in the processor's cache when the
# states are computed.
PORTION = 4_000

# The fields of the item. The others are those of its latest report.
_OF_ITEM = ("starts", "baseline_due", "measured_by")


def read_contradictions(reading: Reading, chosen: Chosen) -> list[Contradiction]:
    """Return the contradictions among the chosen items, also of items that were taken out of the register."""
    statement = _select_rated_green(dialect_of(reading.session), chosen.condition, reading.point.in_past)
    rated = _read_rated(reading, statement, chosen)
    green = items_among(reading.session, [item.id for item in rated])
    due = {key: moved.new_date for key, moved in read_newest(reading, DUE, green).items()}
    ended = any(item.phase.terminal for item in rated)
    confirmed = read_confirmed(reading, green) if ended else set()
    # Many items have the same milestones.
    planned = cache(planned_levels)
    found: list[Contradiction] = []
    for first in range(0, len(rated), PORTION):
        items = rated[first : first + PORTION]
        agreed = _agreed(items, due, read_steps(reading, items), planned)
        found += _contradicted(reading, zip(agreed, items, strict=True), confirmed)
    return found


def _agreed(
    items: Iterable[_Rated],
    due: Mapping[int, date],
    steps: Mapping[int, Sequence[Step]],
    planned: Callable[[date, tuple[Step, ...]], Levels],
) -> Iterator[Agreed]:
    """Yield the agreed facts of each item. `due` has the due dates that were moved, by item id."""
    for item in items:
        milestones = tuple(steps.get(item.id, ()))
        current = due.get(item.id, item.baseline_due)
        yield Agreed(item, current, milestones, planned(item.baseline_due, milestones))


def _contradicted(
    reading: Reading, items: Iterable[tuple[Agreed, _Rated]], confirmed: Container[EndingKey]
) -> Iterator[Contradiction]:
    """Yield the contradictions among items, given the endings that were confirmed."""
    day, settings = reading.as_of, reading.plan.settings
    for agreed, item in items:
        state = computed_state(agreed, item, confirmed, day, settings)
        if contradicts(item.confidence, state.schedule, item.phase):
            yield Contradiction(item.id, item.as_of, state.schedule, state.actual, state.expected, agreed.current_due)


def _read_rated(reading: Reading, statement: Select[Any], chosen: Chosen) -> Sequence[_Rated]:
    """Return the items rated green. Their agreed facts are those known at the point in time."""
    rows = rows_in_any_order(reading.session, _Rated, statement, {**chosen.values, **reading.point.values})
    if Item.__tablename__ not in reading.rollback.tables:
        return rows
    names = [name if name in _OF_ITEM else "" for name in _Rated._fields]
    return to_tuples(_Rated, reading.rollback.records(Item, names, rows))


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
