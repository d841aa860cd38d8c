"""What became of earlier estimates: the time that items took, relative to the time they had until their due date.

The quantiles are those of the product-limit estimator (E. L. Kaplan and P. Meier, Nonparametric Estimation from
Incomplete Observations, 1958). An item that is not done counts as one that takes longer than it has taken so far.
docs/outlook.md explains why this method was chosen.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field
from typing import NamedTuple

from planner.base.views import value_class

# The range should hold in four of five cases: a tenth of the cases is below it, a tenth above.
EARLY, LIKELY, LATE = 0.1, 0.5, 0.9

# A class of cases is used once this many different items in it are done. With fewer, a few items would decide.
FEWEST_ITEMS = 20

# The limits of the ratio between the time needed at the current pace and the time until the due date. Below AHEAD the
# item will be done well before the due date, below ABOUT at about that time, otherwise well after it.
AHEAD, ABOUT = 0.7, 1.4

# An item is near its due date with fewer than NEAR weeks left, and far from it with MIDDLE weeks or more.
NEAR, MIDDLE = 4, 12

# The classes of a case go from the narrowest to the widest: by pace and nearness of the due date, then by pace only,
# then a single class for all.
Class = tuple[str, ...]


class Ground(NamedTuple):
    """The starting point of an estimate: the weeks needed at the current pace, and the weeks until the due date."""

    at_pace: float
    until_due: float

    @property
    def unit(self) -> float:
        """The unit for the time that an item takes: a number of weeks, at least 1.

        It is the time until the due date or, once that has passed, the time needed at the current pace.
        """
        return max(1.0, self.until_due if self.until_due > 0 else self.at_pace)

    @property
    def classes(self) -> tuple[Class, ...]:
        """The classes to which this estimate belongs, the narrowest first."""
        if self.until_due <= 0:
            return (("overdue",),)
        leads = self.at_pace / self.until_due
        pace = "ahead" if leads < AHEAD else "about" if leads < ABOUT else "behind"
        near = "near" if self.until_due < NEAR else "middle" if self.until_due < MIDDLE else "far"
        return (pace, near), (pace,), ()


class Case(NamedTuple):
    """An earlier estimate with the time its item took, or has taken so far if it is not done.

    `taken` is in units of `Ground.unit`.
    """

    item: int
    ground: Ground
    taken: float
    done: bool


class Spread(NamedTuple):
    """The low, middle and high quantile of the times that items took.

    `late` is None if too few items are done to compute it.
    """

    early: float
    likely: float
    late: float | None


@value_class
class Record:
    """The spread of the times that items took, for each class of estimates that has enough cases."""

    spreads: Mapping[Class, Spread] = field(default_factory=dict)

    def spread(self, ground: Ground) -> Spread | None:
        """Return the spread of the narrowest class that has one, or None if the register has too little history."""
        return next((self.spreads[one] for one in ground.classes if one in self.spreads), None)


@value_class
class Calibration:
    """How often earlier estimates of completion dates were right.

    `came_due` counts the ranges that came due and `held` those that were right. `said_in_time` counts the verdicts
    'likely in time' and `were_in_time` those that were right.
    """

    came_due: int = 0
    held: int = 0
    said_in_time: int = 0
    were_in_time: int = 0


def record_of(cases: Iterable[Case]) -> Record:
    """Compute the spread of the times taken in each class, from the cases known on a day."""
    by_class: dict[Class, list[Case]] = defaultdict(list)
    for case in cases:
        for one in case.ground.classes:
            by_class[one].append(case)
    spreads = ((one, _spread(found)) for one, found in by_class.items())
    return Record({one: spread for one, spread in spreads if spread})


def _spread(cases: Sequence[Case]) -> Spread | None:
    """Return the low, middle and high quantile of the times that items took in some cases.

    Return None if fewer than FEWEST_ITEMS items, or less than half of the cases, are done.
    """
    if len({case.item for case in cases if case.done}) < FEWEST_ITEMS:
        return None
    early, likely, late = quantiles([(case.taken, case.done) for case in cases], (EARLY, LIKELY, LATE))
    return None if early is None or likely is None else Spread(early, likely, late)


def quantiles(times: Sequence[tuple[float, bool]], levels: Sequence[float]) -> list[float | None]:
    """Return the product-limit quantiles of times taken, for levels in ascending order.

    Each time comes with a flag that says whether the item is done; if not, the time is a lower bound. A level that is
    not reached gives None.
    """
    found: list[float | None] = [None] * len(levels)
    reached, left = 0, 1.0
    # Of equal times, those of items that are done come first, because an item that is not done takes longer.
    for place, (time, done) in enumerate(sorted(times, key=lambda one: (one[0], not one[1]))):
        if done:
            left *= 1 - 1 / (len(times) - place)
        while reached < len(levels) and 1 - left >= levels[reached] - 1e-9:
            found[reached] = time
            reached += 1
    return found
