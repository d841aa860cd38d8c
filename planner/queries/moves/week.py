"""All changes of the items of a plan in a week, from every source. The overview and the weekly file count the same."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from itertools import chain

from planner.base.views import value_class
from planner.domain.rules.figures import points_between
from planner.domain.rules.weeks import Week
from planner.queries.history.item_acts import ItemAct, read_acts_since
from planner.queries.history.target_acts import TargetAct, read_targets_revised_since
from planner.queries.items.arrivals import read_arrivals
from planner.queries.items.ordering import register_order
from planner.queries.items.views import ItemView
from planner.queries.moves.late import LateMoves
from planner.queries.moves.moves import Move, MoveKind, arrival_of, importance, is_worse, moves_of
from planner.queries.moves.told import moves_of_targets, moves_told
from planner.register.reading import Reading
from planner.store.models import Organisation


@value_class
class ItemMove:
    """A change of an item, and by how many percentage points the item moved in the week (0 if by none)."""

    item: ItemView
    move: Move
    points: float

    @property
    def key(self) -> tuple[object, ...]:
        """What tells the change from the others of the week."""
        move = self.move
        return (self.item.id, move.kind, move.aspect, move.milestone and move.milestone.id, move.indicator, move.field)

    @property
    def worse(self) -> bool:
        """Whether the change is one for the worse."""
        return is_worse(self.move)


class WeekMoves:
    """What changed in a week. What was recorded about the plan itself in the week is read when this is made."""

    def __init__(self, reading: Reading, week: Week) -> None:
        before, span = week.previous.sunday, week.span(reading.plan.time_zone)
        self._reading = reading
        self.arrived = read_arrivals(reading, *span)
        self.late = LateMoves(reading, before, span)
        self._acts: dict[int, list[ItemAct]] = defaultdict(list)
        for act in read_acts_since(reading, before):
            self._acts[act.item_id].append(act)
        self._targets: dict[int, list[TargetAct]] = defaultdict(list)
        for revision in read_targets_revised_since(reading, before):
            self._targets[revision.item_id].append(revision)

    def acts(self, item_id: int) -> list[ItemAct]:
        """Return the acts of the week on the agreed facts of an item, in their order."""
        return self._acts.get(item_id, [])

    def revisions(self, item_id: int) -> list[TargetAct]:
        """Return the revisions of the item's targets in the week, in their order."""
        return self._targets.get(item_id, [])

    def of(self, item: ItemView, was: ItemView | None) -> Iterable[Move]:
        """Return the changes of an item. `was` is the item at the end of the week before, if the plan had it."""
        if was is None or item.id in self.arrived:
            return [arrival_of(item)]
        if item.id not in self._recorded:
            return moves_of(item, was)
        acts, targets = self.acts(item.id), self.revisions(item.id)
        told = moves_told(acts, self._names) if acts else ()
        return chain(moves_of(item, was), told, moves_of_targets(targets), (one.move for one in self.late.of(item)))

    @cached_property
    def _recorded(self) -> frozenset[int]:
        """The items of which acts or late records tell more than their states. Most items of a plan have none."""
        return frozenset({*self._acts, *self._targets, *self.late.items})

    @cached_property
    def _names(self) -> dict[str, str]:
        """The names of the organisations on the last day, by their keys."""
        return {row.key: row.name for row in self._reading.known_rows(Organisation)}


def moved_items(
    items: Iterable[ItemView], earlier: Mapping[int, ItemView], recorded: WeekMoves | None
) -> tuple[ItemMove, ...]:
    """Return the changes of items in a week: those for the worse first, and then in the order of the weekly file.

    `earlier` has the items at the end of the week before, by id. Without `recorded`, only what the states of the two
    days show is returned.
    """
    found = list(_moves(items, earlier, recorded))
    return tuple(sorted(found, key=_worse_first))


def _worse_first(moved: ItemMove) -> tuple[object, ...]:
    return (not moved.worse, *importance(moved.move, moved.points), register_order(moved.item))


def _moves(
    items: Iterable[ItemView], earlier: Mapping[int, ItemView], recorded: WeekMoves | None
) -> Iterator[ItemMove]:
    for item in items:
        was = earlier.get(item.id)
        moves = recorded.of(item, was) if recorded is not None else moves_of(item, was) if was is not None else ()
        for move in moves:
            moved = None if was is None or move.kind is MoveKind.NEW else points_between(item.actual or 0.0, was.actual)
            yield ItemMove(item, move, moved or 0.0)
