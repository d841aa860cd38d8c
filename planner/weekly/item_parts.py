"""Read the section `items` in parts, as rows or as lines of a CSV, so that memory does not grow with the items."""

from collections.abc import Sequence

from planner.base.views import value_class
from planner.queries.items.ordering import register_order
from planner.queries.items.register import Ids, part_reader
from planner.queries.items.states import not_yet_added
from planner.queries.items.views import NO_LINEAGE
from planner.queries.mandates.clauses import read_clause_references
from planner.queries.plans.item_lineage import read_lineages
from planner.queries.weeks.my_week import owes
from planner.tables.csv_form import CsvStyle, csv_bytes
from planner.weekly.reading import ItemAndWeekBefore, WeekReading
from planner.weekly.sections.items import ITEMS


# docs/decisions/0075: a million items need the memory of one part.
class ItemPartReader:
    """Reads the rows of some items of a week."""

    def __init__(self, reading: WeekReading) -> None:
        as_of, before = reading.instance.days
        self._read = part_reader(reading, [as_of], further=[before], in_order=True, searched=False)
        self._part = reading.instance.part
        self._clauses, self._lineages = read_clause_references(reading), read_lineages(reading)
        self._simulated = reading.plan.simulated

    def __call__(self, ids: Ids) -> list[ItemAndWeekBefore]:
        """Return the rows of those of the items that the week is about, sorted by item code.

        The caller should release them before it reads the next part, so that two parts are never in memory together.
        """
        (items,), (earlier,) = self._read(ids)
        before = {progress.id: progress for progress in earlier}
        return [
            ItemAndWeekBefore(
                item,
                before.get(item.id) or not_yet_added(item.id),
                self._clauses.get(item.measure or "", ()),
                self._simulated,
                self._lineages.get(item.id, NO_LINEAGE),
            )
            for item in sorted(self._part.of(items), key=register_order)
        ]


@value_class
class ItemLines:
    """The CSV lines of some items: their bytes, their number, and whether any of the items owes a report."""

    content: bytes
    count: int
    owed: bool


class ItemLineReader:
    """Reads items of a week as lines of a CSV with some columns."""

    def __init__(self, reading: WeekReading, columns: Sequence[str], style: CsvStyle) -> None:
        self._read = ItemPartReader(reading)
        # The lines are without the header and without the mark before it.
        self._style = CsvStyle(decimal_comma=style.decimal_comma)
        self._columns = ITEMS.choosing(columns).columns_in(reading.instance.frame)

    def __call__(self, ids: Ids) -> ItemLines:
        """Return the lines of those of the items that the week is about, without the header."""
        rows = self._read(ids)
        _header, *lines = csv_bytes(self._columns, rows, self._style)
        return ItemLines(b"".join(lines), len(rows), any(owes(row.item) for row in rows))
