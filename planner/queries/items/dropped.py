"""Dropped items: those whose cancellation or merger was reported and confirmed."""

from functools import cache
from typing import Any

from sqlalchemy import Select

from planner.domain.rules.endings import completion_of, is_dropped
from planner.queries.chosen import Condition, items_of_plan
from planner.queries.id_in import dialect_of
from planner.queries.items.reported import EndingKey, read_confirmed
from planner.queries.latest import latest
from planner.register.reading import Reading
from planner.store.models import Item, StatusUpdate

# The columns that identify an ending, together with the item.
_ENDING = ("phase", "ended_on", "merged_into")


def read_dropped(reading: Reading) -> frozenset[int]:
    """Return the ids of the plan's dropped items at a point in time."""
    chosen = items_of_plan(reading.plan.id)
    newest = _newest_endings(dialect_of(reading.session), chosen.condition, reading.point.in_past)
    found = [EndingKey(*row) for row in reading.session.execute(newest, {**chosen.values, **reading.point.values})]
    reported = [ending for ending in found if ending.phase.dropped]
    confirmed = read_confirmed(reading, chosen) if reported else set()
    return frozenset(
        ending.item_id
        for ending in reported
        if is_dropped(ending.phase, completion_of(ending.phase, ending in confirmed))
    )


@cache
def _newest_endings(dialect: str, condition: Condition, in_past: bool) -> Select[Any]:
    belongs = StatusUpdate.item_id == Item.id
    return latest(dialect, StatusUpdate, Item.id, belongs, _ENDING, in_past=in_past).where(condition(dialect))
