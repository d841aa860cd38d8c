"""The roll-ups of the plan and its themes on each Sunday from the plan's start to the weekly file's as-of date.

All weeks, including the previous week, are read as known at the file's known-at instant.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from planner.base.views import value_class
from planner.domain.rules.rollup import RollUp, combine_roll_ups, roll_up
from planner.domain.rules.weeks import Week
from planner.queries.items.ordering import register_order
from planner.queries.items.register import read_parts
from planner.queries.items.views import ItemView
from planner.register.plan_view import ThemeView
from planner.weekly.reading import WeekReading

# The items that are rolled up together: those of the theme with this number, or all of the plan's items (None).
_Group = int | None
_PLAN: _Group = None


@value_class
class WeekStanding:
    """The roll-up of a theme or the plan at the end of a week, or on the file's as-of date."""

    week: Week
    as_of: date
    rolled: RollUp


@value_class
class Course:
    """The weekly roll-ups of a theme, or of the plan if `theme` is None. The week of the file comes last."""

    theme: ThemeView | None
    standings: tuple[WeekStanding, ...]

    @property
    def name(self) -> str:
        """The theme's number and title, or the label of the plan."""
        return f"{self.theme.number} {self.theme.title}" if self.theme else "The plan"

    @property
    def now(self) -> RollUp:
        """The roll-up on the file's as-of date."""
        return self.standings[-1].rolled


def read_courses(reading: WeekReading) -> tuple[Course, ...]:
    """Return the weekly roll-ups of the plan, followed by those of its themes.

    The items of the last two weeks were already read for the file's rows. All earlier Sundays are read together, part
    by part, and only the roll-ups of each part are kept.
    """
    instance = reading.instance
    weeks = list(_weeks(instance.plan.starts, instance.week))
    days = [*(week.sunday for week in weeks[:-1]), instance.as_of]
    last = [_roll_ups(items) for items in (reading.earlier, reading.items)]
    rolled = [*_roll_ups_on(reading, days[:-2]), *last][-len(days) :]
    return tuple(
        Course(
            theme,
            tuple(
                WeekStanding(week, day, groups.get(theme.number if theme else _PLAN) or roll_up([]))
                for week, day, groups in zip(weeks, days, rolled, strict=True)
            ),
        )
        for theme in (None, *reading.themes)
    )


def _weeks(first: date, last: Week) -> Iterator[Week]:
    week = Week.of(first)
    while week <= last:
        yield week
        week = week.next


def _roll_ups_on(reading: WeekReading, days: Sequence[date]) -> list[dict[_Group, RollUp]]:
    if not days:
        return []
    parts = read_parts(reading, days, searched=False)
    rolled = [[_roll_ups(_of_file(reading, items)) for items in part.on_days] for part in parts]
    return [_combined(of_day) for of_day in zip(*rolled, strict=True)]


def _of_file(reading: WeekReading, items: Sequence[ItemView]) -> list[ItemView]:
    """Return the items that the file is about, sorted by code, also if they belonged to another part then."""
    kept = items if reading.instance.part.is_whole else [item for item in items if item.id in reading.ids]
    return sorted(kept, key=register_order)


def _roll_ups(items: Sequence[ItemView]) -> dict[_Group, RollUp]:
    grouped: dict[_Group, list[ItemView]] = defaultdict(list)
    for item in items:
        for theme in item.all_themes:
            grouped[theme].append(item)
    return {_PLAN: roll_up(items)} | {theme: roll_up(some) for theme, some in grouped.items()}


def _combined(parts: Sequence[Mapping[_Group, RollUp]]) -> dict[_Group, RollUp]:
    grouped: dict[_Group, list[RollUp]] = defaultdict(list)
    for part in parts:
        for group, rolled in part.items():
            grouped[group].append(rolled)
    return {group: combine_roll_ups(some) for group, some in grouped.items()}
