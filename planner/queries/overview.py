"""The overview: where the plan stands this week, per theme, and what moved since last week."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy.orm import Session

from planner.queries.plans import PlanView, ThemeView
from planner.queries.point import Point
from planner.queries.register import read_register_on
from planner.queries.views import ItemView
from planner.rules.rollup import RollUp, roll_up
from planner.rules.weeks import Week
from planner.vocabulary import Phase, Schedule


class Movement(StrEnum):
    """How an item moved since last week."""

    CLOSED = "closed"
    STARTED = "started"
    BETTER = "better"
    WORSE = "worse"
    RE_DATED = "re_dated"
    PROGRESSED = "progressed"


@dataclass(frozen=True)
class Moved:
    """An item that moved: how, and its percent by which it did (0 where only its state changed)."""

    item: ItemView
    movement: Movement
    points: float


@dataclass(frozen=True)
class ThemeStanding:
    """A theme and its roll-up now and at the end of last week."""

    theme: ThemeView
    now: RollUp
    before: RollUp


@dataclass(frozen=True)
class Overview:
    """The plan as of a day: as a whole, per theme, what moved since the end of last week, and the items behind it."""

    plan: PlanView
    as_of: date
    week: Week
    now: RollUp
    before: RollUp
    themes: tuple[ThemeStanding, ...]
    moved: tuple[Moved, ...]
    items: tuple[ItemView, ...]


# Which state is worse: the order in which "better" and "worse" are told.
_GRAVITY = {Schedule.NONE: 0, Schedule.ON_TRACK: 0, Schedule.BEHIND: 1, Schedule.OFF_TRACK: 2, Schedule.OVERDUE: 3}


def read_overview(session: Session, plan: PlanView, point: Point) -> Overview:
    """The overview as of a day, beside the last day of the week before."""
    week = Week.of(point.as_of)
    days = [point.as_of, week.previous.sunday]
    items, earlier = read_register_on(session, plan, days, point.known_at)
    return Overview(
        plan=plan,
        as_of=point.as_of,
        week=week,
        now=_whole(items),
        before=_whole(earlier),
        themes=tuple(
            ThemeStanding(theme, _whole(_of(theme, items)), _whole(_of(theme, earlier))) for theme in plan.themes
        ),
        moved=movements(items, earlier),
        items=tuple(items),
    )


def _whole(items: Sequence[ItemView]) -> RollUp:
    return roll_up(item.standing for item in items)


def _of(theme: ThemeView, items: Sequence[ItemView]) -> list[ItemView]:
    return [item for item in items if item.theme == theme.number]


def movements(items: Sequence[ItemView], earlier: Sequence[ItemView]) -> tuple[Moved, ...]:
    """What moved between two readings of the register, in the order of `items`."""
    before = {item.id: item for item in earlier}
    moved = []
    for item in items:
        was = before.get(item.id)
        movement = was and movement_of(item, was)
        if was and movement:
            moved.append(Moved(item, movement, (item.actual or 0.0) - (was.actual or 0.0)))
    return tuple(moved)


def movement_of(item: ItemView, was: ItemView) -> Movement | None:
    """How one item moved, the weightiest movement first; None where it stands as it stood."""
    if item.phase.terminal and not was.phase.terminal:
        return Movement.CLOSED
    if was.phase is Phase.NOT_STARTED and item.phase is Phase.IN_PROGRESS:
        return Movement.STARTED
    gravity, was_gravity = _GRAVITY[item.schedule], _GRAVITY[was.schedule]
    if gravity != was_gravity:
        return Movement.WORSE if gravity > was_gravity else Movement.BETTER
    if item.current_due != was.current_due or dates_of(item) != dates_of(was):
        return Movement.RE_DATED
    if (item.actual or 0.0) != (was.actual or 0.0):
        return Movement.PROGRESSED
    return None


def dates_of(item: ItemView) -> list[date]:
    """The current dates of an item's milestones."""
    return [milestone.current for milestone in item.milestones]
