"""Which items got worse between two weekly files, so that a comparison begins with them."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import date

from planner.domain.vocabulary import Confidence, Phase, Schedule, UnknownWordError
from planner.queries.moves.moves import (
    Aspect,
    Move,
    MoveKind,
    confidence_move,
    importance,
    is_explained,
    is_worse,
    phase_kind,
    re_dated,
    schedule_move,
)
from planner.tables.columns import Value


def worst_changes(cells: Iterable[tuple[str, str | None, Value, Value]]) -> dict[str, Move]:
    """Return the worst change of each item that got worse, by its code: the worst item first.

    Each of the changed cells of the section `items` is the code of an item, a column, and the value before and after.
    """
    of_items: dict[str, dict[str | None, Move]] = {}
    for code, column, was, now in cells:
        move = _move(column, was, now)
        if move is not None:
            of_items.setdefault(code, {})[column] = move
    worst = {code: _worst(moves) for code, moves in of_items.items()}
    found = ((code, move) for code, move in worst.items() if move is not None)
    return dict(sorted(found, key=lambda one: _importance(one[1])))


def _worst(moves: Mapping[str | None, Move]) -> Move | None:
    """Return the worst of the changes of an item, or None if none is for the worse."""
    phase = moves.get("phase")
    phases = () if phase is None else (Phase(str(phase.was)), Phase(str(phase.now)))
    worse = (move for move in moves.values() if is_worse(move) and not is_explained(move.aspect, phases))
    return min(worse, key=_importance, default=None)


def _importance(move: Move) -> tuple[float, ...]:
    was, now = move.was, move.now
    if isinstance(was, int | float) and isinstance(now, int | float):
        return importance(move, now - was)
    return importance(move, 0.0)


def _move(column: str | None, was: Value, now: Value) -> Move | None:
    """Return what a changed cell means for its item, or None if it says nothing of better and worse."""
    if not was or now is None:
        return None
    # An issued week can have a word that this version does not know.
    with suppress(UnknownWordError):
        return _known_move(column, was, now)
    return None


def _known_move(column: str | None, was: Value, now: Value) -> Move | None:
    """Return what a changed cell means. Raises UnknownWordError for a word that this version does not know."""
    if column == "schedule":
        return schedule_move(Schedule(str(was)), Schedule(str(now)))
    if column == "confidence":
        return confidence_move(Confidence(str(was)), Confidence(str(now)))
    if column == "phase":
        kind = phase_kind(Phase(str(was)), Phase(str(now)))
        return Move(kind, Aspect.PHASE, str(was), str(now)) if kind else None
    if column == "percent" and isinstance(was, int | float) and isinstance(now, int | float):
        return Move(MoveKind.FELL_BACK if now < was else MoveKind.PROGRESSED, Aspect.PERCENT, was, now)
    if column == "current_due":
        return re_dated(Aspect.DUE_DATE, date.fromisoformat(str(was)), date.fromisoformat(str(now)))
    return None
