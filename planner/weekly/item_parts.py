"""Read the rows of the section `items` in parts, so that memory use does not grow with the number of items."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from planner.queries.items.ordering import register_order
from planner.queries.items.register import RegisterPart, read_parts
from planner.queries.items.states import not_yet_added
from planner.queries.items.views import NO_LINEAGE, ItemLineage
from planner.queries.mandates.clauses import read_clause_references
from planner.queries.plans.item_lineage import read_lineages
from planner.weekly.part import PlanPart
from planner.weekly.reading import ItemAndWeekBefore, WeekReading


@dataclass(frozen=True)
class ItemPart:
    """Some rows, sorted by item code, with the number of items read so far and the number of all items of the plan."""

    rows: list[ItemAndWeekBefore]
    read: int
    total: int


def read_item_parts(reading: WeekReading) -> Iterator[ItemPart]:
    """Return an iterator over all rows, sorted by item code, part by part.

    The caller should release each part before taking the next, so that two parts are never in memory together.
    """
    as_of, before = reading.instance.days
    clauses, lineages = read_clause_references(reading), read_lineages(reading)
    # docs/decisions/0075: a million items need the memory of one part.
    parts = read_parts(reading, [as_of], further=[before], in_order=True)
    # `map` instead of a loop, because a loop variable would keep a part in memory while the next one is read.
    return map(partial(_item_part, reading.instance.part, clauses, lineages, reading.plan.simulated), parts)


def _item_part(
    chosen: PlanPart,
    clauses: Mapping[str, tuple[str, ...]],
    lineages: Mapping[int, ItemLineage],
    simulated: bool,
    part: RegisterPart,
) -> ItemPart:
    (items,), (earlier,) = part.on_days, part.further
    before = {progress.id: progress for progress in earlier}
    rows = [
        ItemAndWeekBefore(
            item,
            before.get(item.id) or not_yet_added(item.id),
            clauses.get(item.measure or "", ()),
            simulated,
            lineages.get(item.id, NO_LINEAGE),
        )
        for item in sorted(chosen.of(items), key=register_order)
    ]
    return ItemPart(rows, part.read, part.total)
