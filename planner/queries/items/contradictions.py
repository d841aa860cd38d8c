"""Finds the items that an officer rated green although the computed schedule is overdue or off track.

Only the facts that the rules need are read, and only for items that were rated green.
"""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from functools import cache, partial
from operator import itemgetter
from typing import Any, NamedTuple, Protocol

from sqlalchemy import Select

from planner.domain.rules.progress import Step, planned_levels
from planner.domain.rules.schedule import contradicts
from planner.domain.vocabulary import Confidence, Phase, Schedule
from planner.queries.chosen import Chosen, items_among, milestones_among
from planner.queries.id_in import dialect_of, ids_parameter, is_among
from planner.queries.items.computed import Agreed, AgreedDates, computed_state
from planner.queries.items.reported import DUE, History, read_confirmed, read_newest
from planner.register.known import columns_of
from planner.register.reading import Reading
from planner.store.models import Item, Milestone, MilestoneReport, StatusUpdate


class DatedItem(AgreedDates, Protocol):
    """The agreed facts of an item on which a contradiction depends."""

    @property
    def baseline_due(self) -> date:
        """The due date as first agreed."""


class Contradiction(NamedTuple):
    """An item's green rating, reported on the day `reported_on`, and the computed state that contradicts it."""

    item_id: int
    reported_on: date
    schedule: Schedule
    actual: float | None
    expected: float
    current_due: date


class _Report(NamedTuple):
    """The columns of a report with a green rating. `owner` is the item's id."""

    owner: int
    as_of: date
    phase: Phase
    confidence: Confidence
    percent: int | None
    completed_on: date | None
    ended_on: date | None
    merged_into: str | None


class _Milestone(NamedTuple):
    id: int
    item_id: int
    number: int
    baseline_date: date
    weight: float


class _Met(NamedTuple):
    """The day on which a milestone was met. `owner` is the milestone's id."""

    owner: int
    met_on: date


_RATED_GREEN = History(
    StatusUpdate,
    _Report,
    Item.id,
    lambda: StatusUpdate.item_id == Item.id,
    items_among,
    kept=lambda report: report.confidence == Confidence.GREEN,
)
_MET = History(
    MilestoneReport,
    _Met,
    Milestone.id,
    lambda: MilestoneReport.milestone_id == Milestone.id,
    milestones_among,
    kept=lambda report: report.met_on.is_not(None),
)


def read_contradictions(reading: Reading, items: Mapping[int, DatedItem], chosen: Chosen) -> list[Contradiction]:
    """Return the contradictions among the chosen items. `items` holds the agreed facts of items by their id."""
    reports = read_newest(reading, _RATED_GREEN, chosen)
    green = items_among(reading.session, reports)
    due, steps = read_newest(reading, DUE, green), _read_steps(reading, green)
    ended = any(report.phase.terminal for report in reports.values())
    confirmed = read_confirmed(reading, green) if ended else set()
    found = []
    for item_id, report in reports.items():
        item = items.get(item_id)
        if item is not None:
            moved, milestones = due.get(item_id), steps[item_id]
            current_due = moved.new_date if moved else item.baseline_due
            agreed = Agreed(item, current_due, milestones, planned_levels(item.baseline_due, milestones))
            state = computed_state(agreed, report, confirmed, reading.as_of, reading.plan.settings)
            if contradicts(report.confidence, state.schedule, report.phase):
                found.append(
                    Contradiction(item_id, report.as_of, state.schedule, state.actual, state.expected, current_due)
                )
    return found


def _read_steps(reading: Reading, chosen: Chosen) -> dict[int, list[Step]]:
    """Return the milestones of the chosen items, by item id, ordered by the milestones' numbers."""
    met_on = dict(read_newest(reading, _MET, chosen).values())
    statement = _select_milestones(dialect_of(reading.session))
    steps: dict[int, list[Step]] = defaultdict(list)
    to_step = partial(tuple.__new__, Step)
    rows = reading.known_records(Milestone, _Milestone, statement, chosen.values)
    for milestone_id, item_id, _, baseline, weight in sorted(rows, key=itemgetter(2)):
        steps[item_id].append(to_step((baseline, weight, met_on.get(milestone_id))))
    return steps


@cache
def _select_milestones(dialect: str) -> Select[Any]:
    return columns_of(Milestone, _Milestone).where(is_among(dialect, Milestone.item_id, ids_parameter(dialect)))
