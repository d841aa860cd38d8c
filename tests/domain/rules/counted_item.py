"""An item with only the fields that the rules about totals and troubles read."""

from dataclasses import dataclass

from planner.domain.vocabulary import Completion, Confidence, Freshness, Phase, Schedule


@dataclass(frozen=True)
class CountedItem:
    weight: float
    phase: Phase
    confidence: Confidence | None
    schedule: Schedule
    freshness: Freshness
    actual: float | None
    expected: float
    contradiction: bool
    completion: Completion = Completion.NONE
