"""Summarising the items of a theme, an organisation or a plan: weighted means, and counts by state."""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import field
from typing import Protocol, TypeVar

from planner.base.views import value_class
from planner.domain.rules.endings import is_dropped
from planner.domain.rules.states import concerns_of, state_of
from planner.domain.vocabulary import Completion, Concern, Confidence, Freshness, Phase, Schedule, State

_Word = TypeVar("_Word", bound=Hashable)


class RollUpItem(Protocol):
    """The fields of an item that the roll-up reads. Percents are 0 to 100; `weight` is above 0."""

    @property
    def weight(self) -> float: ...  # noqa: D102
    @property
    def phase(self) -> Phase: ...  # noqa: D102
    @property
    def confidence(self) -> Confidence | None: ...  # noqa: D102
    @property
    def schedule(self) -> Schedule: ...  # noqa: D102
    @property
    def freshness(self) -> Freshness: ...  # noqa: D102
    @property
    def actual(self) -> float | None: ...  # noqa: D102
    @property
    def expected(self) -> float: ...  # noqa: D102
    @property
    def contradiction(self) -> bool: ...  # noqa: D102
    @property
    def completion(self) -> Completion: ...  # noqa: D102


_CONCERNS = tuple(Concern)


@value_class
class RollUp:
    """The summary of several items: weighted mean percents, and counts by state.

    `actual` and `expected` are weighted means, or None if there is no item to average.
    """

    items: int
    actual: float | None
    expected: float | None
    phases: Counter[Phase] = field(default_factory=Counter)
    confidences: Counter[Confidence | None] = field(default_factory=Counter)
    schedules: Counter[Schedule] = field(default_factory=Counter)
    freshnesses: Counter[Freshness] = field(default_factory=Counter)
    contradictions: int = 0
    states: Counter[State] = field(default_factory=Counter)
    concerns: Counter[Concern] = field(default_factory=Counter)
    # The sum of the weights of the items that are averaged.
    weight: float = 0.0
    # The number of averaged items for which nobody has given a percent yet. They count as 0 percent.
    without_percent: int = 0


def roll_up(rolled: Iterable[RollUpItem]) -> RollUp:
    """Summarise items as weighted mean percents and counts by state.

    Cancelled and merged items are counted but not averaged. An item without a percent is at 0 percent, and is counted
    (docs/decisions/0133).
    """
    items = list(rolled)
    averaged = [item for item in items if not is_dropped(item.phase, item.completion)]
    weight = sum([item.weight for item in averaged])
    # Items are first counted by their combination of values, because many share it, and these few counts are then added
    # up.
    combinations = Counter([_words(item) for item in items])
    return RollUp(
        items=len(items),
        actual=sum([item.weight * (item.actual or 0.0) for item in averaged]) / weight if averaged else None,
        expected=sum([item.weight * item.expected for item in averaged]) / weight if averaged else None,
        phases=_counted(combinations, lambda words: [words[0]]),
        schedules=_counted(combinations, lambda words: [words[1]]),
        confidences=_counted(combinations, lambda words: [words[2]]),
        freshnesses=_counted(combinations, lambda words: [words[3]]),
        contradictions=sum(number for words, number in combinations.items() if words[4]),
        states=_counted(combinations, lambda words: [state_of(words[0], words[1], words[5])]),
        # A set's own order differs from run to run, and the overview's JSON shows the order of the counts.
        concerns=_counted(combinations, lambda words: sorted(concerns_of(*words[3:]), key=_CONCERNS.index)),
        weight=weight,
        without_percent=sum([item.actual is None for item in averaged]),
    )


def combine_roll_ups(parts: Sequence[RollUp]) -> RollUp:
    """Combine several roll-ups that have no item in common into the roll-up of all their items."""
    if len(parts) == 1:
        return parts[0]
    weight = sum(part.weight for part in parts)
    return RollUp(
        items=sum(part.items for part in parts),
        actual=sum(part.weight * (part.actual or 0.0) for part in parts) / weight if weight else None,
        expected=sum(part.weight * (part.expected or 0.0) for part in parts) / weight if weight else None,
        phases=_added(part.phases for part in parts),
        schedules=_added(part.schedules for part in parts),
        confidences=_added(part.confidences for part in parts),
        freshnesses=_added(part.freshnesses for part in parts),
        contradictions=sum(part.contradictions for part in parts),
        states=_added(part.states for part in parts),
        concerns=_added(part.concerns for part in parts),
        weight=weight,
        without_percent=sum(part.without_percent for part in parts),
    )


def _added(counts: "Iterable[Counter[_Word]]") -> "Counter[_Word]":
    return sum(counts, Counter())


_Words = tuple[Phase, Schedule, Confidence | None, Freshness, bool, Completion]


def _words(item: RollUpItem) -> _Words:
    return (item.phase, item.schedule, item.confidence, item.freshness, item.contradiction, item.completion)


def _counted(combinations: "Counter[_Words]", parts: Callable[[_Words], Iterable[_Word]]) -> "Counter[_Word]":
    counts: Counter[_Word] = Counter()
    for words, number in combinations.items():
        for part in parts(words):
            counts[part] += number
    return counts
