"""The days of the files of earlier imports, as their records keep them."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, select

from planner.base.views import value_class
from planner.queries.plans.earlier_imports import counting_imports
from planner.register.raw_rows import columns
from planner.register.reading import Reading
from planner.store.event_actions import IMPORT
from planner.store.models import AuditEvent, ImportBatch

# Where the record of an import has the days of the facts of its files, beside the columns of its tables, which are
# named by digests: for each day, the ids of the items that the import added or changed, or None for all of them.
IMPORT_DAYS = "days"


@value_class
class ImportDays:
    """The days of the files of one import. `of_all` is that of all its items, and `of_items` those of some of them."""

    of_all: date | None
    of_items: Mapping[int, date]

    def of(self, item_id: int) -> date | None:
        """Return the day of the file from which the import took an item, or None if nothing said it."""
        return self.of_items.get(item_id, self.of_all)

    @property
    def newest(self) -> date:
        """The day of the newest file."""
        return max((self.of_all or date.min, *self.of_items.values()))


def read_import_days(reading: Reading) -> dict[str, ImportDays]:
    """Return the days of the imports into a plan that count and of which anything said one, by their writes."""
    found = _imports(reading, columns(ImportBatch).mapping, count=True)
    return {write: _days(mapping[IMPORT_DAYS]) for write, mapping in found if mapping.get(IMPORT_DAYS)}


def read_undone_writes(reading: Reading) -> set[str]:
    """Return the writes of the imports into a plan that were undone."""
    return {write for (write,) in _imports(reading, count=False)}


def _imports(reading: Reading, *wanted: ColumnElement[Any], count: bool) -> Iterator[tuple[Any, ...]]:
    """Yield the write of each import into a plan that counts, or of each that does not, with the wanted columns."""
    batch, event = columns(ImportBatch), columns(AuditEvent)
    counting = select(batch.id).where(counting_imports(reading.plan.id))
    added = (event.table_name == ImportBatch.__tablename__) & (event.row_id == batch.id) & (event.action == IMPORT)
    rows = select(event.write_id, *wanted).join(ImportBatch.__table__, added)
    chosen = batch.id.in_(counting) if count else batch.id.not_in(counting)
    found = reading.session.execute(rows.where(batch.plan_id == reading.plan.id, chosen))
    return (tuple(row) for row in found)


def _days(recorded: Mapping[str, list[int] | None]) -> ImportDays:
    of_all = next((date.fromisoformat(day) for day, ids in recorded.items() if ids is None), None)
    return ImportDays(of_all, {one: date.fromisoformat(day) for day, ids in recorded.items() for one in ids or ()})
