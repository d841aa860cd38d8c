"""A change of an item in few words, for lists. The words of acts and late records are those of the history."""

from collections.abc import Mapping
from datetime import date

from planner.base.formats import percent
from planner.base.language import tr, tr_count
from planner.base.listing import with_commas
from planner.domain.symbols import asked_words, date_words, last_period, words
from planner.domain.vocabulary import Asked, Cadence
from planner.queries.moves.moves import Aspect, Move, MoveKind


def in_words(move: Move) -> str:
    """Return a change in few words: what changed, and from what to what."""
    if move.kind is MoveKind.RECORDED_LATE:
        return _recorded_late(move)
    if move.days is not None:
        return _re_dated(move, move.days)
    if move.aspect is Aspect.MILESTONE:
        return _milestone(move)
    if move.kind is MoveKind.PLAN_CHANGED:
        return tr("{fact} changed", fact=words(move.aspect))
    if move.kind is MoveKind.NEW:
        return tr("new item")
    return _state(move)


def _recorded_late(move: Move) -> str:
    """Return what was recorded late: the new phase of an item, or the fact that changed, and from which day on."""
    if move.field == Aspect.ITEM:
        return tr("recorded late: new item, from {day}", day=move.since)
    fact = words(str(move.now if move.aspect is Aspect.PHASE else move.field))
    return tr("recorded late: {fact}, from {day}", fact=fact, day=move.since)


def slips_in_words(slips: Mapping[Asked, int], cadence: Cadence = Cadence.WEEKLY) -> str:
    """Return how many dates were moved to a later day in a period, and how many of them somebody had asked for."""
    parts = with_commas(f"{slips[asked]:,} {asked_words(asked)}" for asked in Asked if slips[asked])
    number = sum(slips.values())
    return tr_count(
        "{count} date was moved to a later day since {period}: {parts}",
        "{count} dates were moved to a later day since {period}: {parts}",
        number,
        period=last_period(cadence),
        parts=parts,
    )


def _state(move: Move) -> str:
    """Return a changed state or percent in words."""
    if move.aspect is Aspect.PHASE and move.kind is not MoveKind.FELL_BACK:
        return words(move.kind)
    was, now = _value(move.was), _value(move.now)
    if move.aspect is Aspect.CONFIDENCE:
        return tr("rated {was} → {now}", was=was, now=now)
    return f"{was} → {now}"


def _re_dated(move: Move, days: int) -> str:
    date_name = date_words(move.milestone.number if move.milestone else None)
    if days < 0:
        return tr_count("{date}: {count} day earlier", "{date}: {count} days earlier", -days, date=date_name)
    text = tr_count("{date}: {count} day later", "{date}: {count} days later", days, date=date_name)
    return text if move.asked in (None, Asked.NOT) else with_commas((text, asked_words(move.asked)))


def _milestone(move: Move) -> str:
    number = move.milestone.number if move.milestone else ""
    if move.kind is MoveKind.MET:
        return tr("milestone {number} met", number=number)
    if move.kind is MoveKind.FELL_BACK:
        return tr("milestone {number} not met any more", number=number)
    if move.now is None:
        return tr("milestone {number} removed", number=number)
    return tr("milestone {number} added", number=number)


def _value(value: str | date | float | None) -> str:
    if value is None or isinstance(value, float | int):
        return percent(value)
    return words(str(value))
