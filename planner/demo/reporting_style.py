"""How an item is reported on: how often, how late and how frankly. It does not affect the actual work on the item."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from planner.demo.chance import Chance
from planner.demo.courses import Spell
from planner.demo.year import Year


class Habit(Enum):
    """How regularly an officer reports on an item."""

    REGULAR = "nearly every week"
    USUAL = "most weeks"
    PATCHY = "every other week or so"
    ABSENT = "silent for some weeks, then again"
    FADING = "regular until the reports stop"
    NEVER = "no report at all"


class Candour(Enum):
    """How an officer's own rating relates to the true state of the item."""

    FRANK = "as it stands"
    HOPEFUL = "better than it stands"
    CAUTIOUS = "worse than it stands"


HABITS = {
    Habit.REGULAR: 46.0,
    Habit.USUAL: 29.0,
    Habit.PATCHY: 10.0,
    Habit.ABSENT: 9.0,
    Habit.FADING: 3.5,
    Habit.NEVER: 2.5,
}
CANDOURS = {Candour.FRANK: 72.0, Candour.HOPEFUL: 15.0, Candour.CAUTIOUS: 13.0}
# For each habit, the probabilities that a week's report is missing, and that a report comes only the week after.
MISSED = {Habit.REGULAR: 0.04, Habit.USUAL: 0.12, Habit.PATCHY: 0.42}
LATE = {Habit.REGULAR: 0.05, Habit.USUAL: 0.14, Habit.PATCHY: 0.22}


@dataclass(frozen=True)
class ReportingStyle:
    """How one item is reported on. Shares are from 0 to 1. Percents are rounded down to a multiple of `grain`."""

    habit: Habit
    candour: Candour
    missed: float
    late: float
    silence: Spell | None
    brief: float
    orderly: float
    grain: int

    def silent(self, day: date) -> bool:
        """Return whether the officer sends no reports on the item at all, or none in a span that contains the day."""
        return self.habit is Habit.NEVER or (self.silence is not None and self.silence.covers(day))


def reporting_style_of(span: Year, chance: Chance) -> ReportingStyle:
    """Choose at random how an item is reported on."""
    habit = chance.weighted(HABITS)
    return ReportingStyle(
        habit=habit,
        candour=chance.weighted(CANDOURS),
        missed=MISSED.get(habit, 0.08),
        late=LATE.get(habit, 0.08),
        silence=_silence(habit, span, chance),
        brief=chance.pick((0.05, 0.1, 0.15, 0.4)),
        orderly=chance.pick((0.25, 0.6, 0.8)),
        grain=chance.pick((1, 5, 5, 10)),
    )


def _silence(habit: Habit, span: Year, chance: Chance) -> Spell | None:
    length = (span.last - span.first).days
    if habit is Habit.ABSENT:
        first = span.first + timedelta(days=round(length * chance.between(0.2, 0.75)))
        return Spell(first, first + timedelta(weeks=chance.whole(4, 9)))
    if habit is Habit.FADING:
        return Spell(span.first + timedelta(days=round(length * chance.between(0.3, 0.7))), None)
    return None
