"""Generate years of items with different patterns of progress, week by week, to test the outlook.

The same seed always gives the same year.
"""

import random
from collections.abc import Callable
from datetime import date, timedelta
from enum import StrEnum

from planner.domain.rules.backtest import PastItem
from planner.domain.rules.outlook import DONE, WEEKS

FIRST, LAST = date(2020, 1, 1), date(2020, 12, 30)
ITEMS = 150
_WEEK = timedelta(weeks=1)


class Character(StrEnum):
    """The pattern of progress of a year's items."""

    STEADY = "steady"
    STEPWISE = "stepwise by milestones"
    LATE_RUSH = "late rush"
    STALLING = "stalling at 90%"
    MIXED = "mixed"


# The share reported as done when a share of the time has passed. `own` are random numbers of the item.
_SHAPES: dict[Character, Callable[[float, list[float]], float]] = {
    Character.STEADY: lambda time, own: time,
    Character.STEPWISE: lambda time, own: sum(time >= step for step in own) / (len(own) + 1),
    Character.LATE_RUSH: lambda time, own: time**2.5,
    Character.STALLING: lambda time, own: min(0.9, time),
}


def generated_year(character: Character, seed: int) -> list[tuple[date, list[PastItem]]]:
    """Return the state of the items on each Wednesday of the year, as known on that day."""
    chance = random.Random(f"{character} {seed}")
    items = [_item(number, character, chance) for number in range(ITEMS)]
    days = [FIRST + _WEEK * number for number in range((LAST - FIRST) // _WEEK + 1)]
    return [(day, [_standing(number, *item, day) for number, item in enumerate(items)]) for day in days]


def _item(number: int, character: Character, chance: random.Random) -> tuple[date, dict[date, float]]:
    """Return the due date of an item and its percent on each Wednesday. The item takes about as long as planned."""
    if character is Character.MIXED:
        character = list(_SHAPES)[number % len(_SHAPES)]
    starts = FIRST + _WEEK * chance.randrange(9)
    due = min(LAST, starts + timedelta(days=chance.randrange(120, 330)))
    takes = (due - starts) * chance.lognormvariate(0.03, 0.18)
    ends = starts + takes + timedelta(days=chance.randrange(60) if character is Character.STALLING else 0)
    own = sorted(chance.random() for _ in range(3))
    grain, noise = chance.choice((1, 5, 10)), chance.uniform(0, 3)
    percents: dict[date, float] = {}
    reached, day = 0.0, starts
    while day <= LAST:
        reported = 100 * _SHAPES[character](min(1.0, (day - starts) / takes), own) + chance.gauss(0, noise)
        reached = DONE if day >= ends else max(reached, min(99.0, reported // grain * grain))
        percents[day] = reached
        day += _WEEK
    return due, percents


def _standing(number: int, due: date, percents: dict[date, float], day: date) -> PastItem:
    weeks = (day - _WEEK * back for back in range(WEEKS, -1, -1))
    done = (week for week, percent in percents.items() if percent >= DONE and week <= day)
    return PastItem(
        number, [(week, percents[week]) for week in weeks if week in percents], due, done_on=min(done, default=None)
    )
