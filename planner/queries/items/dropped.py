"""Dropped items: those whose cancellation or merger was reported and confirmed."""

from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Select, and_, literal_column, select

from planner.domain.rules.endings import completion_of, is_dropped
from planner.domain.vocabulary import Phase
from planner.queries.chosen import Chosen, items_among
from planner.queries.items.reported import EndingKey, History, read_confirmed, read_newest
from planner.register.raw_rows import columns
from planner.register.reading import Reading
from planner.store.models import Item, StatusUpdate


class _Ending(NamedTuple):
    """The columns of a report that identify an ending. `owner` is the item's id."""

    owner: int
    phase: Phase
    ended_on: date | None
    merged_into: str | None


_DROPPED = [phase for phase in Phase if phase.dropped]


def _select_ever_dropped() -> Select[int]:
    """Select the items with any report that they were cancelled or merged. Only these few reports are in an index."""
    # As in the index, or SQLite would not use it: words in the statement, and no parameters.
    words: list[Any] = [literal_column(f"'{phase.value}'") for phase in _DROPPED]
    return select(columns(StatusUpdate).item_id).where(columns(StatusUpdate).phase.in_(words))


_ENDINGS = History(
    StatusUpdate,
    _Ending,
    Item,
    lambda: columns(StatusUpdate).item_id == columns(Item).id,
    items_among,
    kept=lambda report: and_(report.phase.in_(_DROPPED), columns(Item).id.in_(_select_ever_dropped())),
)


def read_dropped(reading: Reading, chosen: Chosen) -> frozenset[int]:
    """Return the ids of the chosen items that are dropped at a point in time."""
    reported = [EndingKey(*ending) for ending in read_newest(reading, _ENDINGS, chosen).values()]
    confirmed = read_confirmed(reading, chosen) if reported else set()
    return frozenset(
        ending.item_id
        for ending in reported
        if is_dropped(ending.phase, completion_of(ending.phase, ending in confirmed))
    )
