"""What the acts on a plan changed about its items, beyond what the states of two days show."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from planner.base.formats import plain_number
from planner.queries.history.item_acts import ItemAct, names_of_keys
from planner.queries.history.target_acts import TargetAct
from planner.queries.moves.moves import Aspect, Move, MoveKind

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


def moves_told(acts: Sequence[ItemAct], names: Mapping[str, str], people: Mapping[str, str]) -> Iterator[Move]:
    """Yield what acts on one item changed about facts that an `ItemView` does not have.

    The acts are in their order. `names` has the names of organisations by their keys, and `people` those of people by
    their logins.
    """
    for aspect in _TOLD_BY_ACTS:
        own = [act for act in acts if act.field == aspect]
        # A split that was returned in the same week is told, because the new items were in nobody's list before.
        own = own[-1:] if aspect is Aspect.SPLIT_INTO else own
        if own and (own[0].old_value or "") != (own[-1].new_value or ""):
            was, now = own[0].old_value, own[-1].new_value
            if aspect is Aspect.SUPPORTING:
                was, now = names_of_keys(was, names.get), names_of_keys(now, names.get)
            if aspect is Aspect.ACCOUNTABLE:
                was, now = names_of_keys(was, people.get), names_of_keys(now, people.get)
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
