"""How much of an item is done: the actual percent, and the percent expected by a date."""

from collections.abc import Sequence
from datetime import date
from operator import attrgetter
from typing import NamedTuple, Protocol

from planner.domain.vocabulary import MeasuredBy, Phase

_BASELINE = attrgetter("baseline")


class MilestoneData(Protocol):
    """The fields of a milestone that the computation of percents reads."""

    @property
    def baseline(self) -> date:
        """The milestone's date as first agreed."""

    @property
    def weight(self) -> float:
        """The weight of the milestone within the item, above 0."""

    @property
    def met_on(self) -> date | None:
        """The day the milestone was met, or None."""


class Step(NamedTuple):
    """A milestone with only the fields that the computation of percents reads."""

    baseline: date
    weight: float
    met_on: date | None = None


def actual_percent(
    measured_by: MeasuredBy, phase: Phase, steps: Sequence[MilestoneData], reported: float | None
) -> float | None:
    """Return the percent done, 0 to 100, or None if an item measured by reports has no report with a percent.

    A completed item is at 100. Otherwise it is the share of the weights of the milestones that were met, or the percent
    that was reported last.
    """
    if phase is Phase.COMPLETED:
        return 100.0
    if measured_by is MeasuredBy.MILESTONES and steps:
        met = sum([step.weight for step in steps if step.met_on])
        return _percent(met, sum([step.weight for step in steps]))
    return None if reported is None else float(reported)


def expected_percent(starts: date, baseline_due: date, steps: Sequence[MilestoneData], as_of: date) -> float:
    """Return the percent that should be done by the end of a day, 0 to 100.

    With milestones, it is the sum of the weights of those whose baseline date has passed, interpolated linearly between
    them. Without milestones it grows linearly from the start to the baseline due date. Before the start it is 0.
    """
    return expected_on(starts, planned_levels(baseline_due, steps), as_of)


# The percent that should be reached on each day of a list, in order of date.
Levels = Sequence[tuple[date, float]]


def expected_on(starts: date, levels: Levels, as_of: date) -> float:
    """Return the percent that should be done by the end of a day. `levels` come from `planned_levels`."""
    if as_of < starts:
        return 0.0
    reached, since = 0.0, starts
    for day, level in levels:
        if as_of < day:
            return reached + (level - reached) * (as_of - since).days / (day - since).days
        reached, since = level, max(day, since)
    return reached


def planned_levels(baseline_due: date, steps: Sequence[MilestoneData]) -> Levels:
    """Return the cumulative percent expected on each milestone's baseline date.

    Without milestones it is 100 on the due date.
    """
    if not steps:
        return [(baseline_due, 100.0)]
    so_far: dict[date, float] = {}
    done = 0.0
    for step in sorted(steps, key=_BASELINE):
        done += step.weight
        so_far[step.baseline] = done
    return [(day, _percent(part, done)) for day, part in so_far.items()]


def _percent(part: float, whole: float) -> float:
    """Return a part of a whole in percent. The whole is exactly 100, even if the sum of the weights is not exact."""
    return 100.0 if part >= whole else 100.0 * part / whole
