"""What got worse in the week, and why: one line for each item, with all its movements for the worse."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from planner.base.formats import percent
from planner.base.numbers import counted
from planner.domain.rules.figures import tenths
from planner.domain.symbols import asked_words, date_words, words
from planner.domain.vocabulary import Phase
from planner.queries.moves.moves import Aspect, Move, MoveKind, is_worse, phase_kind
from planner.weekly.brief.lines import item_line
from planner.weekly.brief.model import BriefLine
from planner.weekly.sections.movements import Movement


def for_the_worse(movements: Iterable[Movement]) -> list[Movement]:
    """Return the movements for the worse."""
    return [row for row in movements if is_worse(row.move)]


def worsened(movements: Iterable[Movement]) -> Iterator[BriefLine]:
    """Yield a line for each item that got worse, from the movements for the worse, in the order of these."""
    of_items: dict[int, list[Movement]] = {}
    for row in movements:
        of_items.setdefault(row.item.id, []).append(row)
    return map(_line, of_items.values())


def _line(rows: Sequence[Movement]) -> BriefLine:
    reason = next((row.why.reason for row in rows if row.why and row.why.reason), None)
    facts = "; ".join(dict.fromkeys(in_words(row.move) for row in rows))
    return item_line(rows[0].item, facts if reason else f"{facts}; no reason was given", reason)


def in_words(move: Move) -> str:
    """Return a movement for the worse in words, without the texts of people."""
    if move.since is not None:
        return f"{_change(move)} (recorded late, from {move.since})"
    return _change(move)


def _change(move: Move) -> str:
    if move.days is not None:
        asked = f", {asked_words(move.asked)}" if move.asked else ""
        return f"{_dated(move)}: {move.was} → {move.now}, {counted(move.days, 'day')} later{asked}"
    if move.aspect is Aspect.MILESTONE:
        return f"{_dated(move)} no longer met"
    kind = phase_kind(Phase(str(move.was)), Phase(str(move.now))) if move.aspect is Aspect.PHASE else None
    if kind in (MoveKind.SUSPENDED, MoveKind.DROPPED):
        return f"reported as {_value(move.now)}"
    if kind is MoveKind.REOPENED:
        return f"open again, was {_value(move.was)}"
    rated = "rated " if move.aspect is Aspect.CONFIDENCE else ""
    return f"{rated}{_value(move.was)} → {_value(move.now)}"


def _dated(move: Move) -> str:
    return date_words(move.milestone.number if move.milestone else None)


def _value(value: str | date | float | None) -> str:
    if isinstance(value, float | int):
        return percent(tenths(value))
    return "nothing" if value is None else words(str(value))
