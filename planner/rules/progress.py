"""How far an item is: actual percent, and the percent expected by a date."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate

from planner.vocabulary import MeasuredBy, Phase


@dataclass(frozen=True)
class Step:
    """A milestone as the rules see it: its baseline date, its weight (above 0), and the day it was met, if it was."""

    baseline: date
    weight: float
    met_on: date | None = None


def actual_percent(
    measured_by: MeasuredBy, phase: Phase, steps: Sequence[Step], reported: float | None
) -> float | None:
    """The percent done, 0 to 100; None where nothing was ever reported of an item measured by reports.

    Completed is 100. Else the share of the weights of milestones met, or the latest reported percent.
    """
    if phase is Phase.COMPLETED:
        return 100.0
    if measured_by is MeasuredBy.MILESTONES and steps:
        return _percent(sum(step.weight for step in steps if step.met_on), sum(step.weight for step in steps))
    return None if reported is None else float(reported)


def expected_percent(starts: date, baseline_due: date, steps: Sequence[Step], as_of: date) -> float:
    """Time-proportional progress, 0 to 100: the percent that should be done by the end of a day.

    The weights of milestones whose baseline date has passed, interpolated linearly between them from the start on;
    without milestones, linear from the start to the baseline due date. Nothing is expected before the start.
    """
    if as_of < starts:
        return 0.0
    points = _points(baseline_due, steps)
    reached, since = 0.0, starts
    for day, level in points:
        if as_of < day:
            return reached + (level - reached) * (as_of - since).days / (day - since).days
        reached, since = level, max(day, since)
    return reached


def _points(baseline_due: date, steps: Sequence[Step]) -> list[tuple[date, float]]:
    """The cumulative percent expected on each milestone's baseline date, in order of date."""
    if not steps:
        return [(baseline_due, 100.0)]
    ordered = sorted(steps, key=lambda step: step.baseline)
    done = list(accumulate(step.weight for step in ordered))
    levels = {step.baseline: _percent(so_far, done[-1]) for step, so_far in zip(ordered, done, strict=True)}
    return list(levels.items())


def _percent(part: float, whole: float) -> float:
    """A part of a whole in percent; all of it is 100 exactly, however the weights round."""
    return 100.0 if part >= whole else 100.0 * part / whole
