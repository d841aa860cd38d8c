"""Changes of items that were recorded in a week but hold from a day before it.

The states of two days do not tell of them, because both days have the new value.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import cached_property
from itertools import chain
from typing import TypeVar

from planner.base.views import value_class
from planner.queries.history.date_changes import DateChangeView, Dated, read_dates_moved_late
from planner.queries.history.item_acts import ItemAct, names_of_keys, read_acts_late
from planner.queries.history.standing import standing_act, standing_revision
from planner.queries.history.target_acts import TargetAct, read_targets_revised_late
from planner.queries.items.views import ItemView
from planner.queries.moves.moves import Aspect, Move, MoveKind
from planner.queries.moves.phases_late import PhaseLate, read_phases_late
from planner.queries.moves.told import removal_of, targets_revised
from planner.queries.people.people_then import people_then
from planner.register.instants import Late
from planner.register.plan_changes import CONFIRMED, PARTS
from planner.register.reading import Reading
from planner.store.models import Organisation, Theme

# The fields of the history that tell of milestones, indicators and targets: that they were added or removed, or that
# their dates were confirmed.
_OF_PARTS = frozenset((*PARTS, *CONFIRMED.values())) | {
    removal_of(part) for part in (Aspect.MILESTONE, Aspect.INDICATOR)
}


@value_class
class LateMove:
    """A change that was recorded late, and the record that made it last."""

    move: Move
    record: ItemAct | TargetAct | DateChangeView | PhaseLate


class LateMoves:
    """What was recorded in a span of time about the items of a plan, but holds from a day or an earlier one."""

    def __init__(self, reading: Reading, before: date, late: Late) -> None:
        """Read the changes that hold from the day `before` or an earlier one and were recorded in the span `late`."""
        self._reading = reading
        self._acts = _by_item((act.item_id, act) for act in read_acts_late(reading, before, late))
        self._targets = _by_item((act.item_id, act) for act in read_targets_revised_late(reading, before, late))
        self._dates = _by_item((change.dated[0], change) for change in read_dates_moved_late(reading, before, late))
        self._phases = read_phases_late(reading, before, late)

    @property
    def items(self) -> Iterable[int]:
        """The items of which something was recorded late."""
        return chain(self._acts, self._targets, self._dates, self._phases)

    def acts(self, item_id: int) -> list[ItemAct]:
        """Return the acts on the agreed facts of an item, in the order of their days."""
        return self._acts.get(item_id, [])

    def of(self, item: ItemView) -> Iterator[LateMove]:
        """Yield the phase of an item, and each fact, date and target that was changed late, once for each day."""
        phase = self._phases.get(item.id)
        if phase:
            yield _late(Aspect.PHASE, phase.was, phase.now, Aspect.PHASE.value, phase)
        acts = self._acts.get(item.id)
        if acts:
            yield from _facts(acts, self._said)
        yield from _dates(item, self._dates.get(item.id, ()))
        yield from _targets(self._targets.get(item.id, ()))

    def _said(self, field: str, value: str | None) -> str | None:
        """Return a value of the history of an item in words, with the names that it stands for."""
        if field in (Aspect.LEAD, Aspect.SUPPORTING):
            return names_of_keys(value, self._names.get)
        if field == Aspect.ACCOUNTABLE:
            return names_of_keys(value, self._people.get)
        if field == Aspect.KIND and value:
            return self._kinds.get(value, value)
        return self._themes.get(value, value) if field == Aspect.THEME and value else value

    @cached_property
    def _names(self) -> dict[str, str]:
        return {row.key: row.name for row in self._reading.known_rows(Organisation)}

    @cached_property
    def _people(self) -> dict[str, str]:
        return {person.login: person.name for person in people_then(self._reading)}

    @cached_property
    def _kinds(self) -> dict[str, str]:
        return {kind.key: kind.title for kind in self._reading.plan.kinds}

    @cached_property
    def _themes(self) -> dict[str, str]:
        """The titles of the themes by their numbers, also of themes that were removed since."""
        plan = self._reading.plan
        every = {str(row.number): row.title for row in self._reading.known_rows(Theme) if row.plan_id == plan.id}
        return every | {str(theme.number): theme.title for theme in plan.themes}


_Record = TypeVar("_Record")


def _by_item(records: Iterable[tuple[int, _Record]]) -> dict[int, list[_Record]]:
    found: dict[int, list[_Record]] = defaultdict(list)
    for item_id, record in records:
        found[item_id].append(record)
    return found


def _facts(acts: Iterable[ItemAct], said: Callable[[str, str | None], str | None]) -> Iterator[LateMove]:
    """Yield each fact once for each day from which it changed, and each part that was added or removed.

    Of acts as of one day, only the last value holds on that day. `said` returns a value of a field in words.
    """
    facts: dict[tuple[str, str | None, date], list[ItemAct]] = defaultdict(list)
    for act in acts:
        # A new value of a fact replaces the one before, but a second milestone does not replace the first one.
        part = act.new_value or act.old_value if act.field in _OF_PARTS else None
        facts[act.field, part, act.as_of].append(act)
    for (field, _, _), own in facts.items():
        was, now = said(field, own[0].old_value), said(field, own[-1].new_value)
        if field in CONFIRMED.values() and was == now:
            continue  # the confirmation was undone
        yield _late(Aspect.ITEM, was, now, field, standing_act(own) or own[-1])


def _dates(item: ItemView, changes: Iterable[DateChangeView]) -> Iterator[LateMove]:
    """Yield the dates of an item that were moved late, once for each day from which they were moved.

    Those of milestones that it has no more are left out.
    """
    milestones = {milestone.id: milestone for milestone in item.milestones}
    dates: dict[tuple[Dated, date], list[DateChangeView]] = defaultdict(list)
    for change in changes:
        dates[change.dated, change.as_of].append(change)
    for ((_, milestone_id), _), own in dates.items():
        was, now = own[0].old, own[-1].new
        milestone = milestones.get(milestone_id) if milestone_id is not None else None
        if was == now or (milestone_id is not None and milestone is None):
            continue
        aspect = Aspect.MILESTONE if milestone else Aspect.DUE_DATE
        field = f"{aspect.value} {milestone.number}" if milestone else aspect.value
        days, since = (now - was).days, own[-1].as_of
        move = Move(MoveKind.RECORDED_LATE, aspect, was, now, milestone, days, field=field, since=since)
        yield LateMove(move, own[-1])


def _targets(acts: Iterable[TargetAct]) -> Iterator[LateMove]:
    by_day: dict[date, list[TargetAct]] = defaultdict(list)
    for act in acts:
        by_day[act.as_of].append(act)
    for revised in by_day.values():
        yield from _targets_of_day(revised)


def _targets_of_day(revised: Sequence[TargetAct]) -> Iterator[LateMove]:
    for number, was, now in targets_revised(revised):
        last = standing_revision(act for act in revised if act.number == number)
        if last is not None:
            yield _late(Aspect.INDICATOR, was, now, f"{Aspect.INDICATOR.value} {number}", last)


def _late(
    aspect: Aspect, was: str | None, now: str | None, field: str, record: ItemAct | TargetAct | PhaseLate
) -> LateMove:
    return LateMove(Move(MoveKind.RECORDED_LATE, aspect, was, now, field=field, since=record.as_of), record)
