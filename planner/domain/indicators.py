"""The rules for indicators that hold wherever one comes from: people's acts, and the files that they import."""

from planner.base.formats import plain_number
from planner.base.language import tr
from planner.base.texts import folded
from planner.domain.symbols import words
from planner.domain.vocabulary import Direction


def direction_to(baseline: float | None, target: float | None) -> Direction:
    """Return the direction from the value at the beginning to a target, of which nobody said the direction."""
    known = baseline is not None and target is not None
    return Direction.DECREASE if known and target < baseline else Direction.INCREASE  # type: ignore[operator]


def against_direction(direction: Direction, baseline: float | None, target: float | None) -> str | None:
    """Return why a target contradicts the direction of its indicator, in a sentence, or None if it does not.

    The attainment of such a target would be negative.
    """
    if baseline is None or target is None or target == baseline:
        return None
    wrong = Direction.INCREASE if target < baseline else Direction.DECREASE
    if direction is not wrong:
        return None
    return tr(
        "the target {target} contradicts the direction {direction}: the value at the beginning is {baseline}",
        target=plain_number(target),
        direction=words(direction.value),
        baseline=plain_number(baseline),
    )


def name_key(name: str) -> str:
    """Return the name of an indicator in a comparable form. An item has at most one indicator of a name."""
    return folded(name)
