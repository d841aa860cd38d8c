"""The course of an item over time: its actual and expected percent at the end of each week."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, select

from planner.domain.rules.progress import Step, planned_levels
from planner.domain.rules.weeks import Week
from planner.domain.vocabulary import Confidence, Phase, Schedule
from planner.queries.chosen import item_with_id
from planner.queries.items.computed import Agreed, computed_state
from planner.queries.items.reported import EndingKey, read_confirmed, status_view
from planner.register.codes_then import no_such_item, present_code
from planner.register.effective_records import is_effective
from planner.register.instants import recorded_until
from planner.register.item_rows import has_code
from planner.register.plan_view import PlanView
from planner.register.plans import require_known
from planner.register.reading import Reading
from planner.store.models import Base, DateChange, Item, Milestone, MilestoneReport, StatusUpdate

_Row = TypeVar("_Row", bound=Base)


@dataclass(frozen=True)
class CoursePoint:
    """The state of an item at the end of a reporting week, or on the as-of date if that week is not over.

    Percents are from 0 to 100. `actual` is None until the first report on an item that is measured by reports.
    """

    week: Week
    as_of: date
    expected: float
    actual: float | None
    phase: Phase
    confidence: Confidence | None
    schedule: Schedule


class _Series(Generic[_Row]):
    """The history rows of one item, milestone or date, ordered by as-of date and then by id."""

    def __init__(self, rows: Sequence[Any]) -> None:
        self._rows = sorted(rows, key=lambda row: (row.as_of, row.id))
        self._days = [row.as_of for row in self._rows]

    def on(self, day: date) -> _Row | None:
        """Return the row in force on a day, or None if there is none yet."""
        place = bisect_right(self._days, day)
        return self._rows[place - 1] if place else None


@dataclass(frozen=True)
class _Facts:
    """All facts agreed and reported about an item, as known at an instant."""

    item: Item
    milestones: list[Milestone]
    reports: _Series[StatusUpdate]
    confirmed: set[EndingKey]
    due: _Series[DateChange]
    steps: dict[int, _Series[MilestoneReport]]


def read_course(reading: Reading, code: str) -> tuple[CoursePoint, ...]:
    """Return an item's course from its first week to the as-of date, or an empty tuple if the item starts later.

    The facts are read once. Each week is then computed by the same rules as the register of that day. Raises
    UnknownNameError if the plan has no item with this code, or if the item did not exist yet at the instant.
    """
    require_known(reading.session, reading.plan, reading.known_at)
    facts = _read(reading, code)
    return tuple(_point(facts, day, reading.plan) for day in _week_ends(facts.item.starts, reading.as_of))


def _week_ends(first: date, last: date) -> Iterator[date]:
    """Yield the last day of each week in a span: its Sunday, or the last day of the span."""
    day = Week.of(first).sunday
    while day < last:
        yield day
        day += timedelta(weeks=1)
    if first <= last:
        yield last


def _point(facts: _Facts, day: date, plan: PlanView) -> CoursePoint:
    row, moved = facts.reports.on(day), facts.due.on(day)
    report = status_view(row) if row else None
    steps = [_step(facts, milestone, day) for milestone in facts.milestones]
    item = facts.item
    due = moved.new_date if moved else item.baseline_due
    agreed = Agreed(item, due, steps, planned_levels(item.baseline_due, steps))
    state = computed_state(agreed, report, facts.confirmed, day, plan.settings)
    return CoursePoint(
        week=Week.of(day),
        as_of=day,
        expected=state.expected,
        actual=state.actual,
        phase=state.phase,
        confidence=report.confidence if report else None,
        schedule=state.schedule,
    )


def _step(facts: _Facts, milestone: Milestone, day: date) -> Step:
    report = facts.steps[milestone.id].on(day)
    return Step(milestone.baseline_date, milestone.weight, report.met_on if report else None)


def _read(reading: Reading, code: str) -> _Facts:
    mine = select(Item).where(has_code(reading.plan.id, present_code(reading, code)))
    found = reading.rollback.rows(list(reading.session.execute(mine).scalars()))
    if not found:
        raise no_such_item(reading, code)
    item = found[0]

    def rows(history: type[Base], belongs: ColumnElement[bool]) -> list[Any]:
        chosen = select(history).where(
            belongs, *recorded_until(history, reading.as_of, reading.known_at), is_effective(history, reading.known_at)
        )
        return list(reading.session.execute(chosen).scalars())

    milestones = reading.rollback.rows(
        list(reading.session.execute(select(Milestone).where(Milestone.item_id == item.id)).scalars())
    )
    steps = rows(MilestoneReport, MilestoneReport.milestone_id.in_([milestone.id for milestone in milestones]))
    return _Facts(
        item=item,
        milestones=sorted(
            (milestone for milestone in milestones if not milestone.taken_out),
            key=lambda milestone: milestone.number,
        ),
        reports=_Series(rows(StatusUpdate, StatusUpdate.item_id == item.id)),
        confirmed=read_confirmed(reading, item_with_id(item.id)),
        due=_Series(rows(DateChange, (DateChange.item_id == item.id) & DateChange.milestone_id.is_(None))),
        steps={
            milestone.id: _Series([step for step in steps if step.milestone_id == milestone.id])
            for milestone in milestones
        },
    )
