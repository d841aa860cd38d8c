"""Which of several acts on one fact stands. What came and went again, such as an undone import, explains nothing."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from planner.queries.history.item_acts import ItemAct
from planner.queries.history.target_acts import TargetAct

_Act = TypeVar("_Act")


def standing_act(acts: Iterable[ItemAct]) -> ItemAct | None:
    """Return the act that gave a fact of an item its value, or None if there are no acts."""
    return _last(acts, lambda act: (act.field, act.old_value), lambda act: (act.field, act.new_value))


def standing_revision(acts: Iterable[TargetAct]) -> TargetAct | None:
    """Return the act that gave a target its value and its day, or None if there are no acts."""
    return _last(
        acts,
        lambda act: (act.target_id, act.old_value, act.old_due),
        lambda act: (act.target_id, act.new_value, act.new_due),
    )


def _last(acts: Iterable[_Act], before: Callable[[_Act], object], after: Callable[[_Act], object]) -> _Act | None:
    """Return the last act that no later one took back. If all of them were taken back, it is the last one.

    An act that gives back the value before an earlier one takes back this one and all acts between the two.
    """
    standing: list[_Act] = []
    last = None
    for last in acts:
        taken_back = next((at for at, act in enumerate(standing) if before(act) == after(last)), None)
        if taken_back is None:
            standing.append(last)
        else:
            del standing[taken_back:]
    return standing[-1] if standing else last
