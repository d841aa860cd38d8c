"""How far an indicator is from its baseline to its target."""

from planner.vocabulary import Direction


def attainment(
    direction: Direction, baseline: float | None, target: float | None, observed: float | None
) -> float | None:
    """The share of the way from baseline to target: 0 at the baseline, 1 at the target, not clipped.

    (observed − baseline) / (target − baseline), which carries the sign of a decrease by itself. None without a target,
    a baseline or an observation. Where baseline and target are the same there is no way to go: 1 as long as the value
    stands where the direction wants it (at or above, at or below, exactly at), else 0.
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


def clipped(share: float) -> float:
    """An attainment as a bar shows it: 0 to 1."""
    return min(1.0, max(0.0, share))
