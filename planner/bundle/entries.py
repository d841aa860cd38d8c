"""Loads the milestones and indicators of an item. They are identified by key, not by their position in the file."""

from collections.abc import Iterable, Mapping
from itertools import count
from typing import Any, Generic, TypeVar

from planner.bundle import forms
from planner.bundle.keys import entry_keys
from planner.bundle.loading import BundleLoad
from planner.bundle.reader import place
from planner.store.models import Indicator, Item, Milestone, Target

_Row = TypeVar("_Row", bound=Milestone | Indicator)


def put_milestones(loading: BundleLoad, file: str, form: forms.ItemForm, item: Item) -> None:
    """Load the milestones of an item."""
    titles = [milestone.title for milestone in form.milestones]
    where = place(file, form.code, "milestones")
    keys = entry_keys([milestone.key for milestone in form.milestones], titles, where)
    entries = _Entries(loading, Milestone, form.code, item)
    entries.adopt("title", zip(titles, keys, strict=True))
    for key, milestone in zip(keys, form.milestones, strict=True):
        entries.put(
            key,
            {
                "title": milestone.title,
                "baseline_date": milestone.date,
                "weight": milestone.weight,
                "completion_test": milestone.test or "",
                **loading.based(milestone),
            },
        )


def put_indicators(loading: BundleLoad, file: str, form: forms.ItemForm, item: Item) -> None:
    """Load the indicators of an item with their targets."""
    names = [indicator.name for indicator in form.indicators]
    where = place(file, form.code, "indicators")
    keys = entry_keys([indicator.key for indicator in form.indicators], names, where)
    entries = _Entries(loading, Indicator, form.code, item)
    entries.adopt("name", zip(names, keys, strict=True), parts=Target)
    for key, indicator in zip(keys, form.indicators, strict=True):
        row = entries.put(
            key,
            {
                "name": indicator.name,
                "unit": indicator.unit,
                "direction": indicator.direction,
                "baseline_value": indicator.baseline,
                **loading.based(indicator),
            },
        )
        if indicator.target is not None:
            loading.seeder.flush()
            target = {"indicator_id": row.id, "due": indicator.by, "value": indicator.target}
            loading.seeder.put(Target, entries.seed_key(key), {**target, **loading.based(indicator)})


class _Entries(Generic[_Row]):
    """The milestones or the indicators of an item.

    An entry gets its number once and keeps it, because people type the number and earlier reports refer to it.
    """

    def __init__(self, loading: BundleLoad, model: type[_Row], code: str, item: Item) -> None:
        self._seeder = loading.seeder
        self._model = model
        self._owner = f"{loading.plan.key}:{code}"
        self._item = item
        self._numbers = count(loading.seeder.highest_number(model, item.id) + 1)

    def seed_key(self, key: str) -> str:
        """Return the key by which the loader identifies an entry."""
        return f"{self._owner}:{key}"

    def adopt(self, name: str, entries: Iterable[tuple[str, str]], parts: type[Target] | None = None) -> None:
        """Add keys to rows that were loaded without keys. Each row gets the key of the entry with the same title.

        `name` is the column with the title. `parts` is a second table with one row per entry, such as the targets. Its
        rows get the same keys.
        """
        for title, key in entries:
            if self._seeder.knows(self._model, self.seed_key(key)):
                continue
            number = self._seeder.adopt(self._model, self._owner, name, title, key)
            if number is not None and parts is not None:
                self._seeder.rename(parts, self.seed_key(number), self.seed_key(key))

    def put(self, key: str, values: Mapping[str, Any]) -> _Row:
        """Add or update one entry."""
        seed_key = self.seed_key(key)
        once = {} if self._seeder.knows(self._model, seed_key) else {"number": next(self._numbers)}
        return self._seeder.put(self._model, seed_key, {"item_id": self._item.id, "key": key, **values}, once=once)
