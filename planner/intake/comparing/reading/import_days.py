"""The days of the files of earlier imports, as their records keep them."""

from collections.abc import Mapping
from datetime import date

from sqlalchemy import select

from planner.base.views import value_class
from planner.register.raw_rows import columns
from planner.register.reading import Reading
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
    """Return the days of the imports into a plan of which anything said one, by their writes."""
    batch, event = columns(ImportBatch), columns(AuditEvent)
    added = (event.table_name == ImportBatch.__tablename__) & (event.row_id == batch.id)
    rows = select(event.write_id, batch.mapping).join(ImportBatch.__table__, added)
    found = reading.session.execute(rows.where(batch.plan_id == reading.plan.id))
    return {write: _days(mapping[IMPORT_DAYS]) for write, mapping in found if mapping.get(IMPORT_DAYS)}


def _days(recorded: Mapping[str, list[int] | None]) -> ImportDays:
    of_all = next((date.fromisoformat(day) for day, ids in recorded.items() if ids is None), None)
    return ImportDays(of_all, {one: date.fromisoformat(day) for day, ids in recorded.items() for one in ids or ()})
