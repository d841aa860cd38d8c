"""The plan and its themes over the weeks: how they stood on each Sunday from the plan's beginning to the file's day.

All of it is seen with the file's own knowledge, as its comparison with last week is.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from planner.queries.plans import ThemeView
from planner.queries.register import code_order, read_parts
from planner.queries.views import ItemView
from planner.rules.rollup import RollUp, roll_up, together
from planner.rules.weeks import Week
from planner.weekly.reading import WeekReading

# Whose items are rolled up: a theme's, by its number, or all of the plan's.
_Group = int | None
_PLAN: _Group = None


@dataclass(frozen=True)
class WeekStanding:
    """A theme or the plan at the end of a week, or on the file's day."""

    week: Week
    as_of: date
    rolled: RollUp


@dataclass(frozen=True)
class Course:
    """How a theme, or the plan where `theme` is None, stood week by week, the file's week last."""

    theme: ThemeView | None
    standings: tuple[WeekStanding, ...]

    @property
    def name(self) -> str:
        """The theme with its number, or what the plan is called beside its themes."""
        return f"{self.theme.number} {self.theme.title}" if self.theme else "The plan"

    @property
    def now(self) -> RollUp:
        """How it stands on the file's day."""
        return self.standings[-1].rolled


def read_courses(reading: WeekReading) -> tuple[Course, ...]:
    """The course of the plan, then of its themes.

    The last two weeks are those of the file's rows; the register is read on all Sundays before them at once, part by
    part, and only the roll-ups of a part are kept.
    """
    instance = reading.instance
    weeks = list(_weeks(instance.plan.starts, instance.week))
    days = [*(week.sunday for week in weeks[:-1]), instance.as_of]
    last = [_rolled(items) for items in (reading.earlier, reading.items)]
    rolled = [*_rolled_on(reading, days[:-2]), *last][-len(days) :]
    return tuple(
        Course(
            theme,
            tuple(
                WeekStanding(week, day, groups.get(theme.number if theme else _PLAN) or roll_up([]))
                for week, day, groups in zip(weeks, days, rolled, strict=True)
            ),
        )
        for theme in (None, *instance.plan.themes)
    )


def _weeks(first: date, last: Week) -> Iterator[Week]:
    week = Week.of(first)
    while week <= last:
        yield week
        week = week.next


def _rolled_on(reading: WeekReading, days: Sequence[date]) -> list[dict[_Group, RollUp]]:
    if not days:
        return []
    parts = read_parts(reading.session, reading.plan, days, reading.instance.known_at)
    rolled = [[_rolled(sorted(items, key=code_order)) for items in part.on_days] for part in parts]
    return [_put_together(of_day) for of_day in zip(*rolled, strict=True)]


def _rolled(items: Sequence[ItemView]) -> dict[_Group, RollUp]:
    grouped: dict[_Group, list[ItemView]] = defaultdict(list)
    for item in items:
        grouped[item.theme].append(item)
    return {_PLAN: roll_up(items)} | {theme: roll_up(some) for theme, some in grouped.items()}


def _put_together(parts: Sequence[Mapping[_Group, RollUp]]) -> dict[_Group, RollUp]:
    grouped: dict[_Group, list[RollUp]] = defaultdict(list)
    for part in parts:
        for group, rolled in part.items():
            grouped[group].append(rolled)
    return {group: together(some) for group, some in grouped.items()}
