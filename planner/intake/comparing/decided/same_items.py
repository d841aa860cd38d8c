"""Which item of the register an item of the files is, as people said in earlier imports.

Without a code of its own, an item is found by its title. If a person has changed the title in the register, the import
asks. The answer is recorded with the import, so that it is not asked again. If the import is undone, it does not count.
The answer that an item is new is recorded with the item that the import added, so that it is not added again.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from planner.base.texts import same_words
from planner.domain.codes import code_key
from planner.intake.comparing.differences.items import NewItem, SaidNew, SameItem
from planner.intake.comparing.stored import SaidEarlier, StoredItem
from planner.intake.proposed import Field, ProposedItem
from planner.queries.plans.earlier_imports import counting_imports
from planner.store.models import ImportBatch

# Where the record of an import has these answers, beside the columns of its tables, which are named by digests.
SAME_ITEMS = "items"
# Where it has the items that it added because people said that they are new.
NEW_ITEMS = "new"


def read_same_items(session: Session, plan_id: int) -> SaidEarlier:
    """Return what people said in imports that are not undone."""
    batches = select(ImportBatch.mapping).where(counting_imports(plan_id)).order_by(ImportBatch.id)
    said = SaidEarlier()
    for mapping in session.execute(batches).scalars():
        for name, found in ((SAME_ITEMS, said.same), (NEW_ITEMS, said.new)):
            kept = mapping.get(name)
            found |= kept if isinstance(kept, dict) else {}
    return said


class SameItems:
    """The answers of earlier imports, and those of this one.

    A title that several items of the files have says nothing, and neither does one that an item of the register has.
    """

    def __init__(self, said: SaidEarlier) -> None:
        self._said = said.same
        self._said_new = said.new
        self._now: dict[str, StoredItem] = {}
        self._new: dict[str, ProposedItem | None] = {}
        self._in_files: Counter[str] = Counter()

    @property
    def now(self) -> tuple[SameItem, ...]:
        """What was said in this import about titles that only one item of the files has."""
        return tuple(
            SameItem(title, stored.id, stored.code) for title, stored in self._now.items() if self._in_files[title] == 1
        )

    def new_among(self, added: Iterable[NewItem]) -> tuple[SaidNew, ...]:
        """Return the items, among those that this import adds, that people said in it are new."""
        names = {item.place: name for name, item in self._new.items() if item is not None}
        return tuple(SaidNew(names[one.place], one.code) for one in added if one.place in names) if names else ()

    def keep_new(self, item: ProposedItem) -> None:
        """Note that a person said that an item is new. Of several with one code and title, none is noted."""
        name = _name(item)
        self._new[name] = None if name in self._new else item

    def added(self, item: ProposedItem) -> int | None:
        """Return the id of the item that an earlier import added because a person said that this one is new."""
        return self._said_new.get(_name(item)) if self._said_new else None

    def earlier(self, items: Sequence[ProposedItem], stored: Iterable[StoredItem]) -> dict[int, StoredItem]:
        """Return the item of the register for each place of an item about which people said it earlier."""
        self._count_titles(items, self._said)
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

    def note_titles(self, items: Iterable[ProposedItem]) -> None:
        """Count the items of the files with each title that people said something about in this import."""
        self._count_titles(items, self._now)

    def _count_titles(self, items: Iterable[ProposedItem], wanted: Collection[str]) -> None:
        # Most imports want none, and all titles of a large file take memory.
        self._in_files = Counter(title for item in items if (title := _title(item)) in wanted) if wanted else Counter()

    def keep(self, item: ProposedItem, stored: StoredItem) -> None:
        """Note that a person said which item of the register an item without a code of its own is."""
        title = _title(item)
        if title and title != same_words(stored.title) and self._said.get(title) != stored.id:
            self._now[title] = stored


def _title(item: ProposedItem) -> str:
    title = item.facts.get(Field.TITLE)
    return same_words(str(title.value)) if title is not None and title.value else ""


def _name(item: ProposedItem) -> str:
    """Return by what an item of the files is known again: its code and its title."""
    code = item.facts.get(Field.CODE)
    return f"{code_key(str(code.value)) if code is not None and code.value else ''} {_title(item)}"
