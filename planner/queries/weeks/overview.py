"""The overview: the state of the plan this week, by theme and organisation, and what needs attention."""

from collections.abc import Sequence
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property

from planner.base.views import value_class
from planner.domain.rules.figures import points_between
from planner.domain.rules.rollup import RollUp, roll_up
from planner.domain.rules.weeks import Week
from planner.domain.vocabulary import Concern, Grouping, Phase, Schedule
from planner.queries.items.views import ItemView
from planner.queries.weeks.deadlines import Deadline, DeadlineState, pending_deadlines
from planner.queries.weeks.missing_reports import Reporting, not_reported
from planner.queries.weeks.rollups import GroupStanding, plan_standing, standings, theme_standings
from planner.register.plan_view import PlanView

# A deadline falls due "soon" if it is within this span.
SOON = timedelta(days=14)


class Movement(StrEnum):
    """How an item changed since last week."""

    COMPLETED = "completed"
    DROPPED = "dropped"
    REOPENED = "reopened"
    STARTED = "started"
    SUSPENDED = "suspended"
    RESUMED = "resumed"
    BETTER = "better"
    WORSE = "worse"
    RE_DATED = "re_dated"
    PROGRESSED = "progressed"


@value_class
class Moved:
    """An item that changed: how, and by how many percentage points (0 if only its state changed)."""

    item: ItemView
    movement: Movement
    points: float


@value_class
class Overview:
    """The plan as of a day, compared with the end of last week, and the items that were counted.

    `organisations` are those that lead items; those with most items come first. `moved` starts with the greatest change
    in percent. `overdue` has the dates that have passed, the longest overdue first, and `due` those that fall due soon,
    the next one first. `not_reported` starts with the longest time without a report. `contradictions` are items rated
    green although overdue or off track, the latest first. `awaiting` are items whose reported ending nobody has
    confirmed. `earlier` are the items at the end of last week. `total` is the number of items in the plan, read or not.
    """

    plan: PlanView
    as_of: date
    week: Week
    now: RollUp
    before: RollUp
    themes: tuple[GroupStanding, ...]
    organisations: tuple[GroupStanding, ...]
    moved: tuple[Moved, ...]
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


# The gravity of each schedule. A change to a higher number is "worse".
GRAVITY = {Schedule.NONE: 0, Schedule.ON_TRACK: 0, Schedule.BEHIND: 1, Schedule.OFF_TRACK: 2, Schedule.OVERDUE: 3}


def make_overview(
    plan: PlanView, as_of: date, week: Week, items: list[ItemView], earlier: list[ItemView], total: int
) -> Overview:
    """Return the overview of a day from the items on that day and at the end of last week, both in code order.

    `total` is the number of items in the plan.
    """
    pending = pending_deadlines(items, as_of, as_of + SOON)
    return Overview(
        plan=plan,
        as_of=as_of,
        week=week,
        now=roll_up(items),
        before=roll_up(earlier),
        themes=theme_standings(plan, items, earlier),
        organisations=standings(items, earlier, Grouping.ORGANISATION),
        moved=tuple(sorted(movements(items, earlier), key=lambda change: -abs(change.points))),
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


def movements(items: Sequence[ItemView], earlier: Sequence[ItemView]) -> tuple[Moved, ...]:
    """Return the changes of items since the earlier reading of the register, in the order of `items`."""
    before = {item.id: item for item in earlier}
    moved = []
    for item in items:
        was = before.get(item.id)
        movement = was and movement_of(item, was)
        if was and movement:
            moved.append(Moved(item, movement, points_between(item.actual or 0.0, was.actual) or 0.0))
    return tuple(moved)


def movement_of(item: ItemView, was: ItemView) -> Movement | None:
    """Return how an item changed, or None if it did not. Of several changes, the most important is returned."""
    if item.phase is not was.phase and (item.phase.terminal or was.phase.terminal):
        return _ending(item.phase)
    if was.phase is Phase.NOT_STARTED and item.phase is Phase.IN_PROGRESS:
        return Movement.STARTED
    if Phase.SUSPENDED in (item.phase, was.phase) and item.phase is not was.phase:
        # A suspended item has no schedule, so it cannot be better or worse.
        return Movement.SUSPENDED if item.phase is Phase.SUSPENDED else Movement.RESUMED
    gravity, was_gravity = GRAVITY[item.schedule], GRAVITY[was.schedule]
    if gravity != was_gravity:
        return Movement.WORSE if gravity > was_gravity else Movement.BETTER
    if item.current_due != was.current_due or _milestone_moved(item, was):
        return Movement.RE_DATED
    if (item.actual or 0.0) != (was.actual or 0.0):
        return Movement.PROGRESSED
    return None


def _ending(phase: Phase) -> Movement:
    """Return the movement of an item that ended, or that is no longer ended."""
    if not phase.terminal:
        return Movement.REOPENED
    return Movement.DROPPED if phase.dropped else Movement.COMPLETED


def _milestone_moved(item: ItemView, was: ItemView) -> bool:
    """Return whether the date of a milestone moved. One that was added or removed has not moved."""
    before = {milestone.id: milestone.current for milestone in was.milestones}
    return any(before.get(milestone.id, milestone.current) != milestone.current for milestone in item.milestones)
