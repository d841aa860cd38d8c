"""All changes of an item between two days, which of them are for the worse, and which is more important."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from datetime import date
from enum import StrEnum
from operator import attrgetter

from planner.base.formats import plain_number
from planner.base.views import value_class
from planner.domain.vocabulary import Asked, Confidence, Phase, Schedule
from planner.queries.items.views import ItemView, MilestoneView

# The gravity of each schedule. A change to a higher number is "worse".
_GRAVITY = {Schedule.NONE: 0, Schedule.ON_TRACK: 0, Schedule.BEHIND: 1, Schedule.OFF_TRACK: 2, Schedule.OVERDUE: 3}
_CONFIDENCE_GRAVITY = {Confidence.GREEN: 0, Confidence.AMBER: 1, Confidence.RED: 2}


class MoveKind(StrEnum):
    """The kinds of changes, the most important first."""

    WORSE = "worse"
    FELL_BACK = "fell_back"
    RE_DATED = "re_dated"
    PLAN_CHANGED = "plan_changed"
    RECORDED_LATE = "recorded_late"
    SUSPENDED = "suspended"
    DROPPED = "dropped"
    REOPENED = "reopened"
    NEW = "new"
    COMPLETED = "completed"
    BETTER = "better"
    RESUMED = "resumed"
    STARTED = "started"
    MET = "met"
    PROGRESSED = "progressed"


class Aspect(StrEnum):
    """The aspect of an item that changed."""

    ITEM = "item"
    PHASE = "phase"
    SCHEDULE = "schedule"
    CONFIDENCE = "confidence"
    PERCENT = "percent"
    DUE_DATE = "due_date"
    MILESTONE = "milestone"
    # These have the names that the history of an item gives to its facts.
    THEME = "theme"
    MEASURE = "measure"
    LEAD = "lead"
    TITLE = "title"
    KIND = "kind"
    WEIGHT = "weight"
    CODE = "code"
    ACCOUNTABLE = "accountable"
    SUPPORTING = "supporting"
    MEASURED_BY = "measured_by"
    SOURCE = "source"
    NOTE = "note"
    START = "start"
    BASELINE_DUE = "due"
    SPLIT_INTO = "split_into"
    # A target of an indicator, or several targets of it; or an indicator that was added or removed.
    INDICATOR = "indicator"
    TARGET = "target"


@value_class
class Move:
    """One change of an item: its aspect, and the value before and after. `milestone` is set for a milestone's change.

    For a moved date, `days` is the number of days, negative if the new date is earlier. It is None for other changes.
    For a revised target, `indicator` is the number of its indicator. `field` is the fact, by its name in the history,
    if the change was recorded late: in the week, but
    with an earlier day, which is `since`. `asked` says when somebody asked for a date
    that is later now. It is None for other changes, and where it was not read.
    """

    kind: MoveKind
    aspect: Aspect
    was: str | date | float | None
    now: str | date | float | None
    milestone: MilestoneView | None = None
    days: int | None = None
    indicator: int | None = None
    field: str | None = None
    asked: Asked | None = None
    since: date | None = None


def slips(moves: Iterable[Move]) -> Counter[Asked]:
    """Return how many dates are later now, by when somebody asked for the later date."""
    return Counter(move.asked for move in moves if move.asked is not None)


# Kinds that are always for the worse, and kinds of dates, which are if the date is later now.
_WORSE = frozenset({MoveKind.WORSE, MoveKind.FELL_BACK, MoveKind.SUSPENDED, MoveKind.DROPPED, MoveKind.REOPENED})
_OF_DATES = frozenset({MoveKind.RE_DATED, MoveKind.RECORDED_LATE})

# The states that count as getting worse, the most serious first.
_GRAVEST = (Schedule.OVERDUE, Schedule.OFF_TRACK, Confidence.RED, Schedule.BEHIND, Confidence.AMBER)

_ORDER = {kind: place for place, kind in enumerate(MoveKind)}
_ORDER_OF_WORSE = {word.value: place for place, word in enumerate(_GRAVEST)}


def is_worse(move: Move) -> bool:
    """Return whether a change is one for the worse. A date that was moved is one if it is later now."""
    if move.kind is MoveKind.RECORDED_LATE and move.aspect is Aspect.PHASE:
        return phase_kind(Phase(str(move.was)), Phase(str(move.now))) in _WORSE
    return move.kind in _WORSE or (move.kind in _OF_DATES and (move.days or 0) > 0)


def importance(move: Move, points: float) -> tuple[float, ...]:
    """Return a key that sorts changes: those for the worse first, and of these the most important ones.

    `points` are the percentage points by which the item moved. Of one kind of change, the largest comes first.
    """
    gravity = _ORDER_OF_WORSE[str(move.now)] if move.kind is MoveKind.WORSE else 0
    return (not is_worse(move), _ORDER[move.kind], gravity, -abs(move.days or 0), -abs(points))


def is_explained(aspect: Aspect, phases: Collection[Phase]) -> bool:
    """Return whether the phases before and after explain a change of an aspect, so that only the phase is told.

    An ending explains what becomes of the schedule and of the rating, and a completion what becomes of the percent.
    """
    if aspect is Aspect.PERCENT:
        return Phase.COMPLETED in phases
    return aspect in (Aspect.SCHEDULE, Aspect.CONFIDENCE) and any(phase.terminal for phase in phases)


def moves_of(item: ItemView, was: ItemView) -> Iterator[Move]:
    """Yield every change of an item between an earlier day (`was`) and a later day (`item`)."""
    if _compared(item) == _compared(was):
        return
    yield from _phase(item, was)
    phases = (was.phase, item.phase)
    if not is_explained(Aspect.SCHEDULE, phases):
        yield from _schedule(item, was)
    if not is_explained(Aspect.CONFIDENCE, phases):
        yield from _confidence(item, was)
    if not is_explained(Aspect.PERCENT, phases):
        yield from _percent(item, was)
    if item.current_due != was.current_due:
        yield re_dated(Aspect.DUE_DATE, was.current_due, item.current_due)
    yield from _plan_changes(item, was)
    before = {milestone.id: milestone for milestone in was.milestones}
    for milestone in item.milestones:
        yield from _milestone(milestone, before.pop(milestone.id, None))
    for gone in before.values():
        yield Move(MoveKind.PLAN_CHANGED, Aspect.MILESTONE, gone.current, None, gone)


# Most items of a large register have not moved, so this is compared first.
_compared = attrgetter(
    *("phase", "schedule", "confidence", "actual", "current_due", "theme", "measure", "lead", "code", "title", "kind"),
    *("weight", "milestones"),
)


def _plan_changes(item: ItemView, was: ItemView) -> Iterator[Move]:
    """Yield what an act on the plan changed about an item. A lead that was only renamed is the same lead."""
    for aspect, same, before, now in (
        (Aspect.THEME, item.theme == was.theme, was.theme_title, item.theme_title),
        (Aspect.MEASURE, item.measure == was.measure, was.measure, item.measure),
        (Aspect.LEAD, item.lead.id == was.lead.id, was.lead.name, item.lead.name),
        (Aspect.CODE, item.code == was.code, was.code, item.code),
        (Aspect.TITLE, item.title == was.title, was.title, item.title),
        (Aspect.KIND, item.kind == was.kind, was.kind_title, item.kind_title),
        (Aspect.WEIGHT, item.weight == was.weight, plain_number(was.weight), plain_number(item.weight)),
    ):
        if not same:
            yield Move(MoveKind.PLAN_CHANGED, aspect, before, now)


def arrival_of(item: ItemView, late: date | None = None) -> Move:
    """Return the change of an item that is new in the plan. It has no earlier state.

    `late` is the day from which the plan has it, if that is before the week in which it was recorded.
    """
    if late is not None:
        return Move(MoveKind.RECORDED_LATE, Aspect.ITEM, None, item.phase, field=Aspect.ITEM.value, since=late)
    return Move(MoveKind.NEW, Aspect.ITEM, None, item.phase)


def _phase(item: ItemView, was: ItemView) -> Iterator[Move]:
    kind = phase_kind(was.phase, item.phase)
    if kind:
        yield Move(kind, Aspect.PHASE, was.phase, item.phase)


def phase_kind(was: Phase, now: Phase) -> MoveKind | None:
    """Return the kind of a change from one phase to another, or None if they are the same."""
    if was is now:
        return None
    if now.dropped:
        return MoveKind.DROPPED
    if now is Phase.COMPLETED:
        return MoveKind.COMPLETED
    if was.terminal:
        return MoveKind.REOPENED
    if now is Phase.SUSPENDED:
        return MoveKind.SUSPENDED
    if was is Phase.SUSPENDED:
        return MoveKind.RESUMED
    return MoveKind.STARTED if now is Phase.IN_PROGRESS else MoveKind.FELL_BACK


def _schedule(item: ItemView, was: ItemView) -> Iterator[Move]:
    """Yield the change of an item's schedule state, if it has such a state on both days. A suspended item has none."""
    if move := schedule_move(was.schedule, item.schedule):
        yield move


def schedule_move(was: Schedule, now: Schedule) -> Move | None:
    """Return the change from one schedule state to another, or None if there is none, or none on one of the days."""
    return None if Schedule.NONE in (was, now) else _weighed(Aspect.SCHEDULE, was, now, _GRAVITY[was], _GRAVITY[now])


def _confidence(item: ItemView, was: ItemView) -> Iterator[Move]:
    if item.confidence and was.confidence and (move := confidence_move(was.confidence, item.confidence)):
        yield move


def confidence_move(was: Confidence, now: Confidence) -> Move | None:
    """Return the change from one rating to another, or None if they are the same."""
    return _weighed(Aspect.CONFIDENCE, was, now, _CONFIDENCE_GRAVITY[was], _CONFIDENCE_GRAVITY[now])


def _weighed(aspect: Aspect, was: StrEnum, now: StrEnum, gravity_was: int, gravity_now: int) -> Move | None:
    if gravity_now == gravity_was:
        return None
    return Move(MoveKind.WORSE if gravity_now > gravity_was else MoveKind.BETTER, aspect, was, now)


def _percent(item: ItemView, was: ItemView) -> Iterator[Move]:
    now, before = item.actual or 0.0, was.actual or 0.0
    if now != before:
        kind = MoveKind.PROGRESSED if now > before else MoveKind.FELL_BACK
        yield Move(kind, Aspect.PERCENT, was.actual, item.actual)


def _milestone(milestone: MilestoneView, was: MilestoneView | None) -> Iterator[Move]:
    if was is None:
        yield Move(MoveKind.PLAN_CHANGED, Aspect.MILESTONE, None, milestone.current, milestone)
        return
    if milestone.current != was.current:
        yield re_dated(Aspect.MILESTONE, was.current, milestone.current, milestone)
    if milestone.met_on and not was.met_on:
        yield Move(MoveKind.MET, Aspect.MILESTONE, None, milestone.met_on, milestone)
    if was.met_on and not milestone.met_on:
        yield Move(MoveKind.FELL_BACK, Aspect.MILESTONE, was.met_on, None, milestone)


def re_dated(aspect: Aspect, was: date, now: date, milestone: MilestoneView | None = None) -> Move:
    """Return the change of a date from one day to another."""
    return Move(MoveKind.RE_DATED, aspect, was, now, milestone, (now - was).days)
