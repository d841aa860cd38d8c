"""Read the data of the charts in the weekly file."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import field, replace
from datetime import date, timedelta

from planner.base.views import value_class
from planner.domain.rules.rollup import RollUp, roll_up
from planner.domain.rules.weeks import Week, monday_of
from planner.queries.items.indicators import read_all_indicators
from planner.queries.items.views import IndicatorView, ItemView
from planner.queries.weeks.deadlines import Deadline, DeadlineState, deadlines_of
from planner.weekly.over_weeks import Course, read_courses
from planner.weekly.reading import WeekReading

# The most moved milestones, and the most indicators with and without a target, that a chart can show.
MOST_MOVED = 16
MOST_OF_A_KIND = 12

_STILL_AWAITED = (DeadlineState.OPEN, DeadlineState.OVERDUE)


@value_class
class DueWeek:
    """The milestones of a week: the number due by baseline date, and the states of those due by current date."""

    week: Week
    baseline: int = 0
    states: Counter[DeadlineState] = field(default_factory=Counter)


@value_class
class ItemIndicator:
    """An indicator and its item."""

    item: ItemView
    indicator: IndicatorView


@value_class
class Pictures:
    """The data of all charts, with totals for the charts that show only some of the rows.

    `courses` holds the weekly roll-ups of the plan, followed by those of the themes. `moved` holds open or overdue
    milestones whose date was moved, the furthest moved first. `indicators` are sorted by item code.
    """

    now: RollUp
    before: RollUp
    courses: tuple[Course, ...]
    due: tuple[DueWeek, ...]
    moved: tuple[Deadline, ...]
    moved_total: int
    indicators: tuple[ItemIndicator, ...]
    indicators_with_values: int
    indicators_total: int

    @property
    def plan(self) -> Course:
        """The weekly roll-ups of the whole plan."""
        return self.courses[0]

    @property
    def themes(self) -> tuple[Course, ...]:
        """The weekly roll-ups of each theme, in the order of the plan."""
        return self.courses[1:]


# docs/decisions/0076: page and workbook must show the same numbers.
def read_pictures(reading: WeekReading, begin: Callable[[Pictures], None] | None = None) -> Pictures:
    """Read the data of all charts of a week.

    The courses take the longest. If `begin` is given, it is called before they are read, with all other data.
    """
    pictures = _without_courses(reading)
    if begin:
        begin(pictures)
    return replace(pictures, courses=read_courses(reading))


def _without_courses(reading: WeekReading) -> Pictures:
    as_of = reading.instance.as_of
    milestones = [deadline for item in reading.items for deadline in deadlines_of(item, as_of) if deadline.milestone]
    moved = furthest_moved(milestones)
    indicators = _indicators(reading)
    with_values = [found for found in indicators if found.indicator.values]
    return Pictures(
        now=roll_up(reading.items),
        before=roll_up(reading.earlier),
        courses=(),
        due=due_weeks(milestones),
        moved=tuple(moved[:MOST_MOVED]),
        moved_total=len(moved),
        indicators=tuple(best_followed(with_values)),
        indicators_with_values=len(with_values),
        indicators_total=len(indicators),
    )


def due_weeks(milestones: Iterable[Deadline]) -> tuple[DueWeek, ...]:
    """Return all weeks from the first to the last in which a milestone is due, by its baseline or its current date."""
    baselines: Counter[date] = Counter()
    states: dict[date, Counter[DeadlineState]] = defaultdict(Counter)
    for milestone in milestones:
        baselines[monday_of(milestone.baseline)] += 1
        states[monday_of(milestone.current)][milestone.state] += 1
    mondays = baselines.keys() | states.keys()
    if not mondays:
        return ()
    weeks = (max(mondays) - min(mondays)) // timedelta(weeks=1)
    every = [min(mondays) + timedelta(weeks=number) for number in range(weeks + 1)]
    return tuple(DueWeek(Week.of(monday), baselines[monday], states[monday]) for monday in every)


def furthest_moved(milestones: Iterable[Deadline]) -> list[Deadline]:
    """Return the open or overdue milestones whose date was moved, those moved furthest first."""
    moved = [milestone for milestone in milestones if milestone.slip_days and milestone.state in _STILL_AWAITED]
    return sorted(moved, key=lambda milestone: -abs(milestone.slip_days))


def _indicators(reading: WeekReading) -> list[ItemIndicator]:
    found = read_all_indicators(reading)
    return [ItemIndicator(item, indicator) for item in reading.items for indicator in found.get(item.id, ())]


def best_followed(indicators: Sequence[ItemIndicator]) -> list[ItemIndicator]:
    """Choose the indicators with the most values, as many as the chart has room for.

    Half of the chosen indicators have a target, if enough indicators have one. The order of the input is kept.
    """
    with_target = _most_values([found for found in indicators if found.indicator.target is not None])
    without = _most_values([found for found in indicators if found.indicator.target is None])
    spare = MOST_OF_A_KIND - len(with_target[:MOST_OF_A_KIND])
    other_spare = MOST_OF_A_KIND - len(without[:MOST_OF_A_KIND])
    chosen = [*with_target[: MOST_OF_A_KIND + other_spare], *without[: MOST_OF_A_KIND + spare]]
    kept = {found.indicator.id for found in chosen}
    return [found for found in indicators if found.indicator.id in kept]


def _most_values(indicators: Iterable[ItemIndicator]) -> list[ItemIndicator]:
    return sorted(indicators, key=lambda found: -len(found.indicator.values))
