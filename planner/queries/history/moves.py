"""All changes of an item between two days. The overview shows only the most serious one of each item."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from planner.base.formats import plain_number
from planner.domain.vocabulary import Confidence, Phase, Schedule
from planner.queries.history.item_acts import ItemAct, names_of_keys
from planner.queries.history.target_acts import TargetAct
from planner.queries.items.views import ItemView, MilestoneView
from planner.queries.weeks.overview import GRAVITY

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


@dataclass(frozen=True)
class Move:
    """One change of an item: its aspect, and the value before and after. `milestone` is set for a milestone's change.

    For a moved date, `days` is the number of days, negative if the new date is earlier. It is None for other changes.
    For a revised target, `indicator` is the number of its indicator. `field` is the fact, by its name in the history,
    if the change was recorded late: in the week, but with an earlier day.
    """

    kind: MoveKind
    aspect: Aspect
    was: str | date | float | None
    now: str | date | float | None
    milestone: MilestoneView | None = None
    days: int | None = None
    indicator: int | None = None
    field: str | None = None


def moves_of(item: ItemView, was: ItemView) -> Iterator[Move]:
    """Yield every change of an item between an earlier day (`was`) and a later day (`item`)."""
    yield from _phase(item, was)
    if not item.phase.terminal and not was.phase.terminal:
        yield from _schedule(item, was)
        yield from _confidence(item, was)
    if Phase.COMPLETED not in (item.phase, was.phase):
        yield from _percent(item, was)
    if item.current_due != was.current_due:
        yield _re_dated(Aspect.DUE_DATE, was.current_due, item.current_due)
    yield from _plan_changes(item, was)
    before = {milestone.id: milestone for milestone in was.milestones}
    for milestone in item.milestones:
        yield from _milestone(milestone, before.pop(milestone.id, None))
    for gone in before.values():
        yield Move(MoveKind.PLAN_CHANGED, Aspect.MILESTONE, gone.current, None, gone)


def _plan_changes(item: ItemView, was: ItemView) -> Iterator[Move]:
    """Yield what an act on the plan changed about an item. A lead that was only renamed is the same lead."""
    for aspect, same, before, now in (
        (Aspect.THEME, item.theme == was.theme, was.theme_title, item.theme_title),
        (Aspect.MEASURE, item.measure == was.measure, was.measure, item.measure),
        (Aspect.LEAD, item.lead.id == was.lead.id, was.lead.name, item.lead.name),
        (Aspect.CODE, item.code == was.code, was.code, item.code),
        (Aspect.TITLE, item.title == was.title, was.title, item.title),
        (Aspect.KIND, item.kind == was.kind, was.kind, item.kind),
        (Aspect.WEIGHT, item.weight == was.weight, plain_number(was.weight), plain_number(item.weight)),
    ):
        if not same:
            yield Move(MoveKind.PLAN_CHANGED, aspect, before, now)


# Facts of an item that only the acts on it tell.
_TOLD_BY_ACTS = (
    Aspect.ACCOUNTABLE,
    Aspect.SUPPORTING,
    Aspect.MEASURED_BY,
    Aspect.SOURCE,
    Aspect.NOTE,
    Aspect.START,
    Aspect.BASELINE_DUE,
    Aspect.SPLIT_INTO,
)


# Parts of an item that acts add and remove. A milestone is told by itself.
_PARTS = (Aspect.INDICATOR, Aspect.TARGET)


def moves_told(acts: Sequence[ItemAct], names: Mapping[str, str]) -> Iterator[Move]:
    """Yield what acts on one item changed about facts that an `ItemView` does not have.

    The acts are in their order. `names` has the names of organisations by their keys.
    """
    for aspect in _TOLD_BY_ACTS:
        own = [act for act in acts if act.field == aspect]
        # A split that was returned in the same week is told, because the new items were in nobody's list before.
        own = own[-1:] if aspect is Aspect.SPLIT_INTO else own
        if own and (own[0].old_value or "") != (own[-1].new_value or ""):
            was, now = own[0].old_value, own[-1].new_value
            if aspect is Aspect.SUPPORTING:
                was, now = names_of_keys(was, names), names_of_keys(now, names)
            yield Move(MoveKind.PLAN_CHANGED, aspect, was, now)
    for aspect in _PARTS:
        yield from _parts_told(acts, aspect)


def _parts_told(acts: Sequence[ItemAct], aspect: Aspect) -> Iterator[Move]:
    """Yield the parts that acts added to an item or removed from it. What came and went again is left out."""
    added: list[str] = []
    removed: list[str] = []
    for act in acts:
        if act.field == aspect and act.new_value:
            added.append(act.new_value)
        elif act.field == removal_of(Aspect.INDICATOR) and act.old_value:
            came_and_went = [text for text in added if _belongs(text, act.old_value, aspect)]
            if came_and_went:
                added = [text for text in added if text not in came_and_went]
            elif aspect is Aspect.INDICATOR:
                removed.append(act.old_value)
    if added or removed:
        yield Move(MoveKind.PLAN_CHANGED, aspect, "; ".join(removed) or None, "; ".join(added) or None)


def _belongs(text: str, indicator: str, aspect: Aspect) -> bool:
    """Return whether an added part is an indicator or, as the history says it, a target of it."""
    return text == indicator if aspect is Aspect.INDICATOR else text.startswith(f"{indicator}: ")


def removal_of(part: Aspect) -> str:
    """Return the field of the history of an item that says that a part of it was removed."""
    return f"{part.value}_removed"


def moves_of_targets(acts: Iterable[TargetAct]) -> Iterator[Move]:
    """Yield the revised targets of one item, once per indicator. The acts are in their order."""
    for number, was, now in targets_revised(acts):
        yield Move(MoveKind.PLAN_CHANGED, Aspect.INDICATOR, was, now, indicator=number)


def targets_revised(acts: Iterable[TargetAct]) -> Iterator[tuple[int, str, str]]:
    """Yield the number of each indicator of one item whose targets acts revised, and the targets before and after."""
    targets: dict[int, dict[int, list[TargetAct]]] = {}
    for act in acts:
        targets.setdefault(act.number, {}).setdefault(act.target_id, []).append(act)
    for number, revised in targets.items():
        was = "; ".join(_target(own[0].old_value, own[0].unit, own[0].old_due) for own in revised.values())
        now = "; ".join(_target(own[-1].new_value, own[-1].unit, own[-1].new_due) for own in revised.values())
        if was != now:
            yield number, was, now


def _target(value: float, unit: str, due: date) -> str:
    return " ".join(part for part in (plain_number(value), unit, f"by {due}") if part)


def arrival_of(item: ItemView) -> Move:
    """Return the change of an item that is new in the plan. It has no earlier state."""
    return Move(MoveKind.NEW, Aspect.ITEM, None, item.phase)


def _phase(item: ItemView, was: ItemView) -> Iterator[Move]:
    kind = _phase_kind(was.phase, item.phase)
    if kind:
        yield Move(kind, Aspect.PHASE, was.phase, item.phase)


def _phase_kind(was: Phase, now: Phase) -> MoveKind | None:
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
    if Schedule.NONE not in (item.schedule, was.schedule):
        yield from _weighed(Aspect.SCHEDULE, was.schedule, item.schedule, GRAVITY[was.schedule], GRAVITY[item.schedule])


def _confidence(item: ItemView, was: ItemView) -> Iterator[Move]:
    if item.confidence and was.confidence:
        gravity, now = _CONFIDENCE_GRAVITY[was.confidence], _CONFIDENCE_GRAVITY[item.confidence]
        yield from _weighed(Aspect.CONFIDENCE, was.confidence, item.confidence, gravity, now)


def _weighed(aspect: Aspect, was: StrEnum, now: StrEnum, gravity_was: int, gravity_now: int) -> Iterator[Move]:
    if gravity_now != gravity_was:
        yield Move(MoveKind.WORSE if gravity_now > gravity_was else MoveKind.BETTER, aspect, was, now)


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
        yield _re_dated(Aspect.MILESTONE, was.current, milestone.current, milestone)
    if milestone.met_on and not was.met_on:
        yield Move(MoveKind.MET, Aspect.MILESTONE, None, milestone.met_on, milestone)
    if was.met_on and not milestone.met_on:
        yield Move(MoveKind.FELL_BACK, Aspect.MILESTONE, was.met_on, None, milestone)


def _re_dated(aspect: Aspect, was: date, now: date, milestone: MilestoneView | None = None) -> Move:
    return Move(MoveKind.RE_DATED, aspect, was, now, milestone, (now - was).days)
