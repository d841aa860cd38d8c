"""How far an indicator has moved from its baseline to its target, and the value expected by a day."""

from datetime import date

from planner.domain.vocabulary import Direction


def attainment(
    direction: Direction, baseline: float | None, target: float | None, observed: float | None
) -> float | None:
    """Return the share of the way from baseline to target that the observed value has covered: 0 to 1, not clipped.

    The formula is (observed − baseline) / (target − baseline); it is also correct if the value should decrease. Return
    None if the target, the baseline or the observation is missing. If the baseline equals the target, return 1 if the
    value is on the wanted side of the target (for `REACH`: equal to it), otherwise 0.
    """
    if baseline is None or target is None or observed is None:
        return None
    if target != baseline:
        return (observed - baseline) / (target - baseline)
    kept = {
        Direction.INCREASE: observed >= target,
        Direction.DECREASE: observed <= target,
        Direction.REACH: observed == target,
    }[direction]
    return 1.0 if kept else 0.0


def expected_value(
    baseline: float | None, target: float | None, starts: date, due: date | None, as_of: date
) -> float | None:
    """Return the value an indicator should have by the end of a day, in its own unit, interpolated linearly in time.

    The formula is baseline + (target − baseline) · (as_of − starts) / (due − starts). Until the item starts it is the
    baseline; from the due date on it is the target. Return None if the baseline, the target or the due date is missing.
    The value is a reference, not a forecast: an indicator that changes in steps (an ordinance in force, 0 → 1) gets
    values between the steps.
    """
    if baseline is None or target is None or due is None:
        return None
    if as_of >= due:
        return target
    if as_of <= starts:
        return baseline
    return baseline + (target - baseline) * (as_of - starts).days / (due - starts).days
