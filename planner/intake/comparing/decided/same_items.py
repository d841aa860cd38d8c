"""Which item of the register an item of the files is, as people said in earlier imports.

Without a code of its own, an item is found by its title. If a person has changed the title in the register, the import
asks. The answer is recorded with the import, so that it is not asked again. If the import is undone, it does not count.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from planner.base.texts import same_words
from planner.intake.comparing.differences.items import SameItem
from planner.intake.comparing.stored import StoredItem
from planner.intake.proposed import Field, ProposedItem
from planner.queries.plans.earlier_imports import counting_imports
from planner.store.models import ImportBatch

# Where the record of an import has these answers, beside the columns of its tables, which are named by digests.
SAME_ITEMS = "items"


def read_same_items(session: Session, plan_id: int) -> dict[str, int]:
    """Return the ids of items by the titles that files gave them, as imports that are not undone recorded it."""
    batches = select(ImportBatch.mapping).where(counting_imports(plan_id)).order_by(ImportBatch.id)
    found: dict[str, int] = {}
    for mapping in session.execute(batches).scalars():
        said = mapping.get(SAME_ITEMS)
        found |= said if isinstance(said, dict) else {}
    return found


class SameItems:
    """The answers of earlier imports, and those of this one.

    A title that several items of the files have says nothing, and neither does one that an item of the register has.
    """

    def __init__(self, said: Mapping[str, int]) -> None:
        self._said = said
        self._now: dict[str, StoredItem] = {}
        self._in_files: Counter[str] = Counter()

    @property
    def now(self) -> tuple[SameItem, ...]:
        """What was said in this import about titles that only one item of the files has."""
        return tuple(
            SameItem(title, stored.id, stored.code) for title, stored in self._now.items() if self._in_files[title] == 1
        )

    def earlier(self, items: Sequence[ProposedItem], stored: Iterable[StoredItem]) -> dict[int, StoredItem]:
        """Return the item of the register for each place of an item about which people said it earlier."""
        self._in_files = Counter(map(_title, items))
        wanted = {title for title in self._said if title and self._in_files[title] == 1}
        if not wanted:
            return {}
        by_id, titles = {}, set()
        for one in stored:
            by_id[one.id] = one
            titles.add(same_words(one.title))
        places = {_title(item): place for place, item in enumerate(items)}
        return {
            places[title]: by_id[self._said[title]] for title in sorted(wanted - titles) if self._said[title] in by_id
        }

    def keep(self, item: ProposedItem, stored: StoredItem) -> None:
        """Note that a person said which item of the register an item without a code of its own is."""
        title = _title(item)
        if title and title != same_words(stored.title) and self._said.get(title) != stored.id:
            self._now[title] = stored


def _title(item: ProposedItem) -> str:
    title = item.facts.get(Field.TITLE)
    return same_words(str(title.value)) if title is not None and title.value else ""
