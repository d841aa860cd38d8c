"""How a theme, an organisation or a plan stands: the weighted mean of its items, and counts by state."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from planner.vocabulary import Confidence, Freshness, Phase, Schedule


@dataclass(frozen=True)
class Standing:
    """What the roll-up needs to know of one item. Percents are 0 to 100; `weight` is above 0."""

    weight: float
    phase: Phase
    confidence: Confidence | None
    schedule: Schedule
    freshness: Freshness
    actual: float | None
    expected: float
    contradiction: bool


@dataclass(frozen=True)
class RollUp:
    """The whole of some items. Means are None where no item counts."""

    items: int
    actual: float | None
    expected: float | None
    phases: Counter[Phase] = field(default_factory=Counter)
    confidences: Counter[Confidence | None] = field(default_factory=Counter)
    schedules: Counter[Schedule] = field(default_factory=Counter)
    freshnesses: Counter[Freshness] = field(default_factory=Counter)
    contradictions: int = 0


def roll_up(standings: Iterable[Standing]) -> RollUp:
    """Roll items up. Cancelled and merged ones are counted, not averaged; one never reported on counts as 0 percent."""
    items = list(standings)
    averaged = [item for item in items if item.phase not in (Phase.CANCELLED, Phase.MERGED)]
    weight = sum(item.weight for item in averaged)
    return RollUp(
        items=len(items),
        actual=sum(item.weight * (item.actual or 0.0) for item in averaged) / weight if averaged else None,
        expected=sum(item.weight * item.expected for item in averaged) / weight if averaged else None,
        phases=Counter(item.phase for item in items),
        confidences=Counter(item.confidence for item in items),
        schedules=Counter(item.schedule for item in items),
        freshnesses=Counter(item.freshness for item in items),
        contradictions=sum(item.contradiction for item in items),
    )
