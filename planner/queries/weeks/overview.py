"""The overview: the state of the plan in this reporting period, by theme and organisation, and what needs attention."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from planner.base.language import later
from planner.base.views import value_class
from planner.domain.rules.periods import day_before_period, period_span
from planner.domain.rules.rollup import RollUp, roll_up
from planner.domain.rules.weeks import Week
from planner.domain.vocabulary import Asked, Concern, Grouping
from planner.queries.items.views import ItemView
from planner.queries.moves.item_moves import ItemMove, moved_items
from planner.queries.moves.moves import slips
from planner.queries.weeks.deadlines import Deadline, DeadlineState, pending_deadlines
from planner.queries.weeks.missing_reports import Reporting, not_reported
from planner.queries.weeks.rollups import GroupStanding, plan_standing, standings, theme_standings
from planner.register.plan_view import PlanView

if TYPE_CHECKING:
    from planner.register.reading import Reading

# A deadline falls due "soon" if it is within this span.
SOON = timedelta(days=14)

# What a new register says before all numbers.
NEVER_REPORTED = later("Nobody has reported yet: what is late follows from the plan's dates alone")


@value_class
class Overview:
    """The plan as of a day, compared with the end of the last reporting period, and the items that were counted.

    `organisations` are those that lead items; those with most items come first. `moved` has each change of an item,
    those for the worse first. `overdue` has the dates that have passed, the longest overdue first, and `due` those that
    fall due soon, the next one first. `not_reported` starts with the longest time without a report. `contradictions`
    are items rated green although overdue or off track, the latest first. `awaiting` are items whose reported ending
    nobody has confirmed. `earlier` are the items at the end of the last period. `total` is the number of items in the
    plan, read or not.
    """

    plan: PlanView
    as_of: date
    week: Week
    now: RollUp
    before: RollUp
    themes: tuple[GroupStanding, ...]
    organisations: tuple[GroupStanding, ...]
    moved: tuple[ItemMove, ...]
    overdue: tuple[Deadline, ...]
    due: tuple[Deadline, ...]
    not_reported: tuple[Reporting, ...]
    contradictions: tuple[ItemView, ...]
    awaiting: tuple[ItemView, ...]
    items: tuple[ItemView, ...]
    earlier: tuple[ItemView, ...]
    total: int

    @property
    def complete(self) -> bool:
        """Whether all items of the plan have been read."""
        return len(self.items) == self.total

    @cached_property
    def never_reported(self) -> bool:
        """Whether the plan has items, and nobody has reported on any of them yet."""
        return self.complete and bool(self.items) and all(item.last is None for item in self.items)

    @property
    def slips(self) -> Counter[Asked]:
        """How many dates were moved to a later day in the week, by when somebody asked for that."""
        return slips(one.move for one in self.moved)

    def lines(self, by: Grouping) -> tuple[GroupStanding, ...]:
        """Return the groups of items, followed by the plan as a whole."""
        groups = self._groups
        if by not in groups:
            groups[by] = standings(self.items, self.earlier, by)
        return (*groups[by], plan_standing(self.plan, self.now, self.before))

    @cached_property
    def _groups(self) -> dict[Grouping, tuple[GroupStanding, ...]]:
        """The groups computed so far. They are kept, because computing takes half a second for 100,000 items."""
        return {Grouping.THEME: self.themes, Grouping.ORGANISATION: self.organisations}


def make_overview(reading: "Reading", items: list[ItemView], earlier: list[ItemView], total: int) -> Overview:
    """Return the overview of a day from the items on that day and at the end of the last period, both in code order.

    `total` is the number of items in the plan. While fewer have been read, what was recorded about the plan itself in
    the period is not yet among the changes.
    """
    from planner.queries.moves.week import WeekMoves

    plan, as_of = reading.plan, reading.as_of
    span = period_span(plan.settings, as_of, plan.time_zone) if len(items) == total else None
    recorded = WeekMoves(reading, day_before_period(plan.settings, as_of), span) if span else None
    pending = pending_deadlines(items, as_of, as_of + SOON)
    return Overview(
        plan=plan,
        as_of=as_of,
        week=Week.of(as_of),
        now=roll_up(items),
        before=roll_up(earlier),
        themes=theme_standings(plan, items, earlier),
        organisations=standings(items, earlier, Grouping.ORGANISATION),
        moved=moved_items(items, {item.id: item for item in earlier}, recorded),
        overdue=tuple(one for one in pending if one.state is DeadlineState.OVERDUE),
        due=tuple(one for one in pending if one.state is not DeadlineState.OVERDUE),
        not_reported=tuple(not_reported(items, as_of)),
        contradictions=tuple(sorted(_with(Concern.CONTRADICTION, items), key=lambda item: -item.days_late)),
        awaiting=tuple(_with(Concern.AWAITING, items)),
        items=tuple(items),
        earlier=tuple(earlier),
        total=total,
    )


def _with(concern: Concern, items: Sequence[ItemView]) -> list[ItemView]:
    return [item for item in items if concern in item.concerns]
