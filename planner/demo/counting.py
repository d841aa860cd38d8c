"""What an item's indicators show: values that grow or fall with the work, made up where no target says how far."""

import re
from dataclasses import dataclass

from planner.demo.chance import Chance
from planner.demo.subjects import PlannedCount, Subject
from planner.vocabulary import Direction

# Figures in these units would read as claims about money or property, however they are marked: they are not made up.
LEFT_OUT = ("yuan", "dollar", "euro", "metre")
# Up to this far from its baseline a target is a deliverable: there or not there.
DELIVERABLE = 1.0


@dataclass(frozen=True)
class Counter:
    """An indicator with the values it would have at no and at all work done."""

    planned: PlannedCount
    at_nothing: float
    at_all: float
    # The percent of the work at which the value begins to move.
    moves_from: float

    @property
    def deliverable(self) -> bool:
        """Whether the indicator says that something is there, rather than counts."""
        return self.planned.target is not None and abs(self.at_all - self.at_nothing) <= DELIVERABLE

    def value(self, subject: Subject, level: float, met: int) -> float:
        """The value with `level` percent of the work done and `met` steps met."""
        if self.deliverable:
            return self.at_all if met >= _delivering_step(subject, self.planned) else self.at_nothing
        share = max(0.0, level - self.moves_from) / (100.0 - self.moves_from)
        return float(round(self.at_nothing + (self.at_all - self.at_nothing) * share**1.15))


def counter_of(planned: PlannedCount, subject: Subject, chance: Chance) -> Counter | None:
    """Draw how an indicator moves; None for one whose figures are not made up."""
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
    """The percent of the work at which a value begins to move.

    Where the indicator names what a step brings, not before that step is met (while it is worked on, if it is the
    last); else some time after the first step.
    """
    last = len(subject.steps) - 1
    named = _same_matter(planned, subject)
    if named is None:
        return min(subject.cumulative(last), max(subject.cumulative(1), float(chance.whole(10, 40))))
    return subject.cumulative(min(named + 1, last))


def _same_matter(planned: PlannedCount, subject: Subject) -> int | None:
    """The index of the step whose title has most of the indicator's longer words, if it has half of them or more."""
    name = _long_words(planned.name)
    shared = [len(name & _long_words(step.title)) for step in subject.steps]
    most = max(shared, default=0)
    return shared.index(most) if most and most * 2 >= len(name) else None


def _long_words(text: str) -> set[str]:
    return {word for word in re.findall(r"\w+", text.casefold()) if len(word) > 4}


def _delivering_step(subject: Subject, planned: PlannedCount) -> int:
    """How many steps are met when the deliverable is there.

    The step of the same name, else the last one dated by the target's date, else all.
    """
    for position, step in enumerate(subject.steps, 1):
        if step.title.casefold() == planned.name.casefold():
            return position
    by_then = [step for step in subject.steps if planned.due is None or step.date <= planned.due]
    return len(by_then) or len(subject.steps)
