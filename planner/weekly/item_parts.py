"""The rows of the section `items` part after part: as many as there are, in the memory that one part needs."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from planner.queries.clauses import read_clause_references
from planner.queries.item_views import ItemProgress
from planner.queries.register import Part, code_order, read_parts
from planner.queries.views import ItemView
from planner.weekly.reading import WeekReading


@dataclass(frozen=True, slots=True)
class ItemRow:
    """An item beside how far it was a week before: a `WeeklyRow` without what the section has no column for."""

    item: ItemView
    before: ItemProgress
    clauses: tuple[str, ...]
    simulated: bool


@dataclass(frozen=True)
class ItemPart:
    """Some rows in code order; how many items have been read with them, and of how many."""

    rows: list[ItemRow]
    read: int
    total: int


def read_item_parts(reading: WeekReading) -> Iterator[ItemPart]:
    """All rows in code order, for who puts each part away before asking for the next: then never two are in memory."""
    as_of, before = reading.instance.days
    plan, known_at = reading.plan, reading.instance.known_at
    clauses = read_clause_references(reading.session, plan, known_at)
    parts = read_parts(reading.session, plan, [as_of], known_at, further=[before], in_order=True)
    # The name that a loop gives a part would keep it while the next one is read.
    return map(partial(_item_part, clauses, plan.simulated), parts)


def _item_part(clauses: Mapping[str, tuple[str, ...]], simulated: bool, part: Part) -> ItemPart:
    (items,), (before,) = part.on_days, part.further
    pairs = sorted(zip(items, before, strict=True), key=lambda pair: code_order(pair[0]))
    rows = [ItemRow(item, then, clauses.get(item.measure, ()), simulated) for item, then in pairs]
    return ItemPart(rows, part.read, part.total)
