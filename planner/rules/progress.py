"""How far an item is: actual percent, and the percent expected by a date."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from operator import attrgetter
from typing import Protocol

from planner.vocabulary import MeasuredBy, Phase

_BASELINE = attrgetter("baseline")


class Stepping(Protocol):
    """A milestone as the rules see it: its baseline date, its weight (above 0), and the day it was met, if it was."""

    @property
    def baseline(self) -> date:
        """The date that was first agreed."""

    @property
    def weight(self) -> float:
        """Its share in the item, above 0."""

    @property
    def met_on(self) -> date | None:
        """The day it was met."""


@dataclass(frozen=True)
class Step:
    """A milestone as the rules see it, where there is no other form of it at hand."""

    baseline: date
    weight: float
    met_on: date | None = None


def actual_percent(
    measured_by: MeasuredBy, phase: Phase, steps: Sequence[Stepping], reported: float | None
) -> float | None:
    """The percent done, 0 to 100; None where nothing was ever reported of an item measured by reports.

    Completed is 100. Else the share of the weights of milestones met, or the latest reported percent.
    """
    if phase is Phase.COMPLETED:
        return 100.0
    if measured_by is MeasuredBy.MILESTONES and steps:
        met = sum([step.weight for step in steps if step.met_on])
        return _percent(met, sum([step.weight for step in steps]))
    return None if reported is None else float(reported)


def expected_percent(starts: date, baseline_due: date, steps: Sequence[Stepping], as_of: date) -> float:
    """Time-proportional progress, 0 to 100: the percent that should be done by the end of a day.

    The weights of milestones whose baseline date has passed, interpolated linearly between them from the start on;
    without milestones, linear from the start to the baseline due date. Nothing is expected before the start.
    """
    return expected_on(starts, planned_levels(baseline_due, steps), as_of)


# The percent that should be reached on each of some days, in order of date.
Levels = Sequence[tuple[date, float]]


def expected_on(starts: date, levels: Levels, as_of: date) -> float:
    """The same as `expected_percent`, for one who asks about many days and keeps the levels."""
    if as_of < starts:
        return 0.0
    reached, since = 0.0, starts
    for day, level in levels:
        if as_of < day:
            return reached + (level - reached) * (as_of - since).days / (day - since).days
        reached, since = level, max(day, since)
    return reached


def planned_levels(baseline_due: date, steps: Sequence[Stepping]) -> Levels:
    """The cumulative percent expected on each milestone's baseline date; without milestones all on the due date."""
    if not steps:
        return [(baseline_due, 100.0)]
    so_far: dict[date, float] = {}
    done = 0.0
    for step in sorted(steps, key=_BASELINE):
        done += step.weight
        so_far[step.baseline] = done
    return [(day, _percent(part, done)) for day, part in so_far.items()]


def _percent(part: float, whole: float) -> float:
    """A part of a whole in percent; all of it is 100 exactly, however the weights round."""
    return 100.0 if part >= whole else 100.0 * part / whole
