"""Simulated indicator values, which rise or fall with the work done.

The end value is invented if there is no target.
"""

import re
from dataclasses import dataclass

from planner.demo.chance import Chance
from planner.demo.subjects import PlannedCount, Subject
from planner.domain.vocabulary import Direction

# Units whose values are not simulated, because they would read as claims about money or property even if marked.
LEFT_OUT = ("yuan", "dollar", "euro", "metre")
# A target at most this far from its baseline counts as a deliverable, which is either there or not.
DELIVERABLE = 1.0


@dataclass(frozen=True)
class Counter:
    """An indicator with its values before any work is done and after all work is done."""

    planned: PlannedCount
    at_nothing: float
    at_all: float
    # The percent of the work at which the value begins to move.
    moves_from: float

    @property
    def deliverable(self) -> bool:
        """Whether the indicator states that something exists, instead of counting things."""
        return self.planned.target is not None and abs(self.at_all - self.at_nothing) <= DELIVERABLE

    def value(self, subject: Subject, level: float, met: int) -> float:
        """Return the value when `level` percent of the work is done and `met` steps are met."""
        if self.deliverable:
            return self.at_all if met >= _delivering_step(subject, self.planned) else self.at_nothing
        share = max(0.0, level - self.moves_from) / (100.0 - self.moves_from)
        return float(round(self.at_nothing + (self.at_all - self.at_nothing) * share**1.15))


def counter_of(planned: PlannedCount, subject: Subject, chance: Chance) -> Counter | None:
    """Choose at random how an indicator's value changes. Return None if its values are not simulated."""
    if any(word in planned.unit.casefold() for word in LEFT_OUT):
        return None
    moves_from = _moves_from(planned, subject, chance)
    if planned.target is not None:
        return Counter(planned, planned.baseline or 0.0, planned.target, moves_from)
    if planned.unit.startswith("per cent"):
        low, high = float(chance.whole(20, 45)), float(chance.whole(72, 96))
        falls = planned.direction is Direction.DECREASE
        return Counter(planned, high if falls else low, low if falls else high, moves_from)
    if planned.direction is Direction.DECREASE:
        start = planned.baseline if planned.baseline is not None else float(chance.whole(9, 28))
        return Counter(planned, start, float(round(start * chance.between(0.15, 0.6))), moves_from)
    start = planned.baseline if planned.baseline is not None else float(chance.whole(2, 14))
    return Counter(planned, start, start + chance.whole(4, 26), moves_from)


def _moves_from(planned: PlannedCount, subject: Subject, chance: Chance) -> float:
    """Return the percent of the work at which an indicator's value begins to change.

    If a step's title matches the indicator's name, the value begins to change when that step is met. If the step is the
    last one, the value begins to change when work on it begins. If no title matches, the percent is a random one after
    the first step.
    """
    last = len(subject.steps) - 1
    matching = _matching_step(planned, subject)
    if matching is None:
        return min(subject.cumulative(last), max(subject.cumulative(1), float(chance.whole(10, 40))))
    return subject.cumulative(min(matching + 1, last))


def _matching_step(planned: PlannedCount, subject: Subject) -> int | None:
    """Return the index of the step whose title shares the most long words with the indicator's name.

    Return None if the title has fewer than half of them.
    """
    name = _long_words(planned.name)
    shared = [len(name & _long_words(step.title)) for step in subject.steps]
    most = max(shared, default=0)
    return shared.index(most) if most and most * 2 >= len(name) else None


def _long_words(text: str) -> set[str]:
    return {word for word in re.findall(r"\w+", text.casefold()) if len(word) > 4}


def _delivering_step(subject: Subject, planned: PlannedCount) -> int:
    """Return how many steps must be met before the deliverable exists.

    The last of these steps is the one with the indicator's name. If no step has it, these are the steps dated no later
    than the target. If there are none, these are all steps.
    """
    for position, step in enumerate(subject.steps, 1):
        if step.title.casefold() == planned.name.casefold():
            return position
    dated_in_time = [step for step in subject.steps if planned.due is None or step.date <= planned.due]
    return len(dated_in_time) or len(subject.steps)
