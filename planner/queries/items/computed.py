"""Computes the state of an item on a day, by applying the rules to the agreed and the reported facts."""

from collections.abc import Container, Sequence
from datetime import date
from typing import NamedTuple, Protocol

from planner.domain.rules.endings import completion_of
from planner.domain.rules.progress import Levels, MilestoneData, actual_percent, expected_on
from planner.domain.rules.schedule import schedule
from planner.domain.rules.settings import Settings
from planner.domain.vocabulary import Completion, MeasuredBy, Phase, Schedule
from planner.queries.items.reported import EndingKey, ReportedEnding, ending_key


class AgreedDates(Protocol):
    """The agreed facts of an item on which its state depends."""

    @property
    def id(self) -> int:
        """The id of the item."""

    @property
    def starts(self) -> date:
        """The day on which the item starts."""

    @property
    def measured_by(self) -> MeasuredBy:
        """Whether progress is measured by milestones or by reports."""


class ReportedState(ReportedEnding, Protocol):
    """The reported facts of an item on which its state depends."""

    @property
    def percent(self) -> int | None:
        """The reported percent, 0 to 100."""


class ComputedState(NamedTuple):
    """What the rules say about an item on a day. Percents are 0 to 100; `actual` is None before the first report."""

    phase: Phase
    actual: float | None
    expected: float
    completion: Completion
    schedule: Schedule


class Agreed(NamedTuple):
    """An item with its current due date, its milestones, and the percents that follow from their baseline dates."""

    item: AgreedDates
    current_due: date
    milestones: Sequence[MilestoneData]
    planned: Levels


def computed_state(
    agreed: Agreed, report: ReportedState | None, confirmed: Container[EndingKey], day: date, settings: Settings
) -> ComputedState:
    """Return the state of an item on a day, given its last report and the confirmed endings."""
    phase = report.phase if report else Phase.NOT_STARTED
    actual = actual_percent(agreed.item.measured_by, phase, agreed.milestones, report.percent if report else None)
    expected = expected_on(agreed.item.starts, agreed.planned, day)
    ended = bool(report and phase.terminal and ending_key(agreed.item.id, report) in confirmed)
    completion = completion_of(phase, ended)
    computed = schedule(
        phase,
        agreed.current_due,
        expected,
        actual,
        day,
        settings,
        completion=completion,
        completed_on=report.completed_on if report else None,
    )
    return ComputedState(phase, actual, expected, completion, computed)
