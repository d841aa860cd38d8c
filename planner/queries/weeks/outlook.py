"""The outlook of items and themes: the percents of recent weeks, and what the rules estimate from them.

Nothing here is a reported fact. Whoever shows an outlook must say so.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from planner.base.views import value_class
from planner.domain.rules.outlook import WEEKS, Outlook, outlook
from planner.domain.rules.track_record import Calibration, Record
from planner.domain.vocabulary import Prospect
from planner.queries.items.register import read_parts, read_register
from planner.queries.items.states import ItemProgress
from planner.queries.items.views import ItemView
from planner.queries.weeks.track_record import read_track_record, why_no_outlook
from planner.register.plan_view import PlanView, ThemeView
from planner.register.reading import Reading

# The verdicts that a manager should look at.
AT_RISK = (Prospect.MISSED, Prospect.LIKELY_LATE, Prospect.MAY_BE_LATE)


@value_class
class ItemOutlook:
    """An item and the outlook for its current due date."""

    item: ItemView
    outlook: Outlook

    @property
    def at_risk(self) -> bool:
        """Whether the item missed its date, or will or may miss it according to the outlook."""
        return self.outlook.verdict in AT_RISK


@value_class
class ThemeOutlook:
    """A theme, the outlook for the latest due date of its items, and the number of its items by verdict."""

    theme: ThemeView
    due: date
    outlook: Outlook
    verdicts: Counter[Prospect]


@value_class
class PlanOutlook:
    """The outlooks of themes (in the plan's order) and items (in code order) as of a day. Dropped items are left out.

    `calibration` tells how often past outlooks were right. `learned` tells whether there are enough past data to learn
    from.
    """

    as_of: date
    calibration: Calibration
    learned: bool
    themes: tuple[ThemeOutlook, ...]
    items: tuple[ItemOutlook, ...]


def read_outlook(reading: Reading, items: Sequence[ItemView] | None = None) -> PlanOutlook:
    """Return the outlook of all items and themes, read in a fixed number of statements.

    `items` is the register at this point, if it was read already. For earlier weeks, only the percents are read. Raises
    TooSoonError if nothing was recorded by `point.known_at`.
    """
    found = read_register(reading) if items is None else items
    days = [reading.as_of - timedelta(weeks=number) for number in range(WEEKS, 0, -1)]
    before: dict[int, list[tuple[date, ItemProgress]]] = defaultdict(list)
    for part in read_parts(reading, (), further=days, searched=False):
        for day, of_day in zip(days, part.further, strict=True):
            for progress in of_day:
                before[progress.id].append((day, progress))
    record, calibration = read_track_record(reading, found)
    courses = [_course(item, before[item.id], reading.as_of, record) for item in found]
    return _plan_outlook(reading.plan, courses, reading.as_of, calibration, bool(record.spreads))


@value_class
class _Course:
    """An item, its outlook and its percents in recent weeks (`averaged`), except weeks in which it was dropped."""

    item: ItemView
    outlook: Outlook
    averaged: tuple[tuple[date, float], ...]


def _course(item: ItemView, before: Iterable[tuple[date, ItemProgress]], as_of: date, record: Record) -> _Course:
    now = (as_of, item.is_dropped, item.actual)
    points = [*((day, then.is_dropped, then.actual) for day, then in before), now]
    series = [(day, actual) for day, _, actual in points if day >= item.starts and actual is not None]
    no_pace_reason = why_no_outlook(item.starts, item.phase, item.actual, as_of)
    return _Course(
        item=item,
        outlook=outlook(series, item.current_due, as_of, no_pace_reason, record),
        averaged=tuple((day, actual or 0.0) for day, dropped, actual in points if not dropped),
    )


@dataclass
class _Theme:
    """The running sums of a theme's items."""

    due: date = date.min
    verdicts: Counter[Prospect] = field(default_factory=Counter)
    weights: dict[date, float] = field(default_factory=lambda: defaultdict(float))
    done: dict[date, float] = field(default_factory=lambda: defaultdict(float))

    def add(self, course: _Course) -> None:
        for day, percent in course.averaged:
            self.weights[day] += course.item.weight
            self.done[day] += course.item.weight * percent
        if not course.item.is_dropped:
            self.due = max(self.due, course.item.current_due)
            self.verdicts[course.outlook.verdict] += 1

    def series(self, since: date) -> list[tuple[date, float]]:
        """Return the weighted mean percent of the theme's items for each day."""
        return [(day, self.done[day] / self.weights[day]) for day in sorted(self.weights) if day >= since]


def _plan_outlook(
    plan: PlanView, courses: Sequence[_Course], as_of: date, calibration: Calibration, learned: bool
) -> PlanOutlook:
    sums: Mapping[int, _Theme] = defaultdict(_Theme)
    for course in courses:
        for theme in course.item.all_themes:
            sums[theme].add(course)
    return PlanOutlook(
        as_of=as_of,
        calibration=calibration,
        learned=learned,
        themes=tuple(
            _theme(theme, sums[theme.number], plan, as_of) for theme in plan.themes if sums[theme.number].verdicts
        ),
        items=tuple(ItemOutlook(course.item, course.outlook) for course in courses if not course.item.is_dropped),
    )


def _theme(theme: ThemeView, summed: _Theme, plan: PlanView, as_of: date) -> ThemeOutlook:
    found = outlook(summed.series(plan.starts), summed.due, as_of)
    return ThemeOutlook(theme, summed.due, found, summed.verdicts)
