"""What became of earlier estimates: how long items took, against the time they had until their due date.

The quantiles are those of the product-limit estimator (E. L. Kaplan and P. Meier, Nonparametric Estimation from
Incomplete Observations, 1958): an item that is not done yet counts as one that takes longer than it has taken so far.
docs/outlook.md says why the method was chosen.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

# The range is meant to hold four times of five: a tenth of the cases lies below it, a tenth above.
EARLY, LIKELY, LATE = 0.1, 0.5, 0.9

# Cases of one class are used once this many different items of it were done. With fewer, a few items decide.
FEWEST_ITEMS = 20

# Where the pace leads, against the due date: well before it, about then, or well after it.
AHEAD, ABOUT = 0.7, 1.4

# Until how many weeks before the due date an item is near it, and until how many it is not yet far from it.
NEAR, MIDDLE = 4, 12

# A class of cases, from the narrowest to the widest: where the pace leads and how near the due date is, then only where
# the pace leads, then no distinction.
Class = tuple[str, ...]


class Ground(NamedTuple):
    """What an estimate starts from: the weeks it takes at the pace, and the weeks left until the due date."""

    at_pace: float
    until_due: float

    @property
    def unit(self) -> float:
        """The weeks by which the time taken is divided: those until the due date; those at the pace once it is over."""
        return max(1.0, self.until_due if self.until_due > 0 else self.at_pace)

    @property
    def classes(self) -> tuple[Class, ...]:
        """The classes it is of, the narrowest first."""
        if self.until_due <= 0:
            return (("overdue",),)
        leads = self.at_pace / self.until_due
        pace = "ahead" if leads < AHEAD else "about" if leads < ABOUT else "behind"
        near = "near" if self.until_due < NEAR else "middle" if self.until_due < MIDDLE else "far"
        return (pace, near), (pace,), ()


class Case(NamedTuple):
    """An earlier estimate of an item: the time it took, or has taken so far where it is not done, in its unit."""

    item: int
    ground: Ground
    taken: float
    done: bool


class Spread(NamedTuple):
    """The ends and the middle of the times taken, in units; `late` is None where too many are not done to say."""

    early: float
    likely: float
    late: float | None


@dataclass(frozen=True)
class Record:
    """The spread of each class of which there are enough cases."""

    spreads: Mapping[Class, Spread] = field(default_factory=dict)

    def spread(self, ground: Ground) -> Spread | None:
        """That of the narrowest class; None where the register has too little past."""
        return next((self.spreads[one] for one in ground.classes if one in self.spreads), None)


@dataclass(frozen=True)
class Calibration:
    """How often earlier estimates were right: of ranges that came due, and of 'likely in time'."""

    came_due: int = 0
    held: int = 0
    said_in_time: int = 0
    were_in_time: int = 0


def record_of(cases: Iterable[Case]) -> Record:
    """What the cases known on a day say."""
    by_class: dict[Class, list[Case]] = defaultdict(list)
    for case in cases:
        for one in case.ground.classes:
            by_class[one].append(case)
    spreads = ((one, _spread(found)) for one, found in by_class.items())
    return Record({one: spread for one, spread in spreads if spread})


def _spread(cases: Sequence[Case]) -> Spread | None:
    """None where too few items were done, or less than half of the cases."""
    if len({case.item for case in cases if case.done}) < FEWEST_ITEMS:
        return None
    early, likely, late = quantiles([(case.taken, case.done) for case in cases], (EARLY, LIKELY, LATE))
    return None if early is None or likely is None else Spread(early, likely, late)


def quantiles(times: Sequence[tuple[float, bool]], levels: Sequence[float]) -> list[float | None]:
    """The product-limit quantiles, at rising levels, of times taken, of which those not done are lower bounds.

    None for a level that is not reached.
    """
    found: list[float | None] = [None] * len(levels)
    reached, left = 0, 1.0
    # Of equal times, those that are done come first: who is not done takes longer.
    for place, (time, done) in enumerate(sorted(times, key=lambda one: (one[0], not one[1]))):
        if done:
            left *= 1 - 1 / (len(times) - place)
        while reached < len(levels) and 1 - left >= levels[reached] - 1e-9:
            found[reached] = time
            reached += 1
    return found
