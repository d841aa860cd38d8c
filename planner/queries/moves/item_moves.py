"""The changes of items in a week, those for the worse first.

This module imports no SQLAlchemy, because the app's first screen is drawn before SQLAlchemy is imported.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from planner.base.views import value_class
from planner.domain.rules.figures import points_between
from planner.queries.items.ordering import register_order
from planner.queries.items.views import ItemView
from planner.queries.moves.moves import Move, MoveKind, importance, is_worse, moves_of

if TYPE_CHECKING:
    from planner.queries.moves.week import WeekMoves


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
        milestone = move.milestone and move.milestone.id
        return (self.item.id, move.kind, move.aspect, milestone, move.indicator, move.field, move.since)

    @property
    def worse(self) -> bool:
        """Whether the change is one for the worse."""
        return is_worse(self.move)


def moved_items(
    items: Iterable[ItemView], earlier: Mapping[int, ItemView], recorded: "WeekMoves | None"
) -> tuple[ItemMove, ...]:
    """Return the changes of items in a week: those for the worse first, and then in the order of the weekly file.

    `earlier` has the items at the end of the week before, by id. Without `recorded`, only what the states of the two
    days show is returned.
    """
    found = list(_moves(items, earlier, recorded))
    return tuple(sorted(found, key=_most_important_first))


def _most_important_first(moved: ItemMove) -> tuple[object, ...]:
    return (*importance(moved.move, moved.points), register_order(moved.item))


def _moves(
    items: Iterable[ItemView], earlier: Mapping[int, ItemView], recorded: "WeekMoves | None"
) -> Iterator[ItemMove]:
    for item in items:
        was = earlier.get(item.id)
        moves = recorded.of(item, was) if recorded is not None else moves_of(item, was) if was is not None else ()
        for move in moves:
            moved = None if was is None or move.kind is MoveKind.NEW else points_between(item.actual or 0.0, was.actual)
            yield ItemMove(item, move, moved or 0.0)
