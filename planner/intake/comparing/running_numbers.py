"""Items whose code is only the running number of their row.

A running number says where a row stands, not which item it is: a row that is inserted renumbers all rows after it. So
such items are found by their titles first, and their numbers never change the codes of the register.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from planner.domain.codes import code_key
from planner.intake.comparing.asking import same_words
from planner.intake.comparing.stored import StoredItem
from planner.intake.proposed import Field, Given, ProposedItem


def running_number(item: ProposedItem) -> Given | None:
    """Return the running number that serves as an item's code, or None if the files give it a code of its own."""
    number = item.facts.get(Field.NUMBER)
    return number if number is not None and number.value else None


def pair_by_title(
    items: Sequence[ProposedItem], titles: Sequence[str], stored: Iterable[StoredItem]
) -> Mapping[int, StoredItem]:
    """Return the item of the register for each place of an item whose title is equal.

    Several items with one title are paired in the order of their numbers if the register has as many of them.
    Otherwise, only those whose numbers are equal too are paired.
    """
    wanted: dict[str, list[int]] = defaultdict(list)
    for place, title in enumerate(titles):
        if title:
            wanted[same_words(title)].append(place)
    found: dict[str, list[StoredItem]] = defaultdict(list)
    for one in stored:
        title = same_words(one.title)
        if title in wanted:
            found[title].append(one)
    paired: dict[int, StoredItem] = {}
    for title, ones in found.items():
        paired |= _pair(items, wanted[title], ones)
    return paired


def _pair(items: Sequence[ProposedItem], places: list[int], stored: list[StoredItem]) -> Mapping[int, StoredItem]:
    keys = {place: _number_key(items[place]) for place in places}
    if len(places) == len(stored):
        in_order = sorted(stored, key=lambda one: one.code_key)
        return dict(zip(sorted(places, key=keys.__getitem__), in_order, strict=True))
    by_key = {one.code_key: one for one in stored}
    return {place: by_key[key] for place, key in keys.items() if key in by_key}


def _number_key(item: ProposedItem) -> str:
    number = running_number(item)
    return code_key(str(number.value)) if number is not None else ""
