"""Items of the files and of the register with equal titles: which of them are surely the same.

Several offices can have items with one title, such as "Hold a meeting". The lead then says whose item it is.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Protocol

from planner.domain.codes import code_key
from planner.domain.vocabulary import ASSUMED
from planner.intake.comparing.numbering.running_numbers import running_number
from planner.intake.comparing.same_values import title_words
from planner.intake.comparing.stored import StoredItem
from planner.intake.proposed import Field, ProposedItem


class Leads(Protocol):
    """The organisations that lead items. One that was merged into another counts as the one that has its work now."""

    def lead_of(self, item: ProposedItem) -> str | None:
        """Return the key of the organisation that leads an item of the files, or None if the files do not say it."""

    def at_present(self, key: str) -> str:
        """Return the key of the organisation that has the work of an organisation now."""

    def name_of(self, key: str) -> str:
        """Return the name of an organisation."""


class LeadsNotSaid:
    """The leads of files that say none."""

    def lead_of(self, item: ProposedItem) -> str | None:
        """Return None."""
        return None

    def at_present(self, key: str) -> str:
        """Return the same key."""
        return key

    def name_of(self, key: str) -> str:
        """Return the key."""
        return key


def pair_by_title(
    items: Sequence[ProposedItem], titles: Sequence[str], stored: Iterable[StoredItem], leads: Leads
) -> Mapping[int, StoredItem]:
    """Return the item of the register for each place of an item whose title is equal, if that is sure.

    Items with one title are told apart by their leads. Those with the same lead, or without any, are paired in the
    order of their running numbers if the register has as many of them. An item with another lead is the same only if
    its running number is equal too.
    """
    wanted: dict[str, list[int]] = defaultdict(list)
    for place, title in enumerate(titles):
        if title:
            wanted[title_words(title)].append(place)
    found: dict[str, list[StoredItem]] = defaultdict(list)
    for one in stored:
        title = title_words(one.title)
        if title in wanted:
            found[title].append(one)
    paired: dict[int, StoredItem] = {}
    for title, ones in found.items():
        places = wanted[title]
        # This is so for nearly all of very many items.
        if len(places) == len(ones) == 1 and _number_key(items[places[0]]) == ones[0].code_key:
            paired[places[0]] = ones[0]
        else:
            paired |= _Group(items, places, ones, leads).pairs()
    return paired


class _Group:
    """The items with one title: their places in the files, and those of the register."""

    def __init__(
        self, items: Sequence[ProposedItem], places: Iterable[int], stored: Iterable[StoredItem], leads: Leads
    ) -> None:
        self._numbers = {place: _number_key(items[place]) for place in places}
        self._stored = sorted(stored, key=lambda one: one.code_key)
        self._leads = {place: leads.lead_of(items[place]) for place in self._numbers}
        self._at_present = leads.at_present
        self._paired: dict[int, StoredItem] = {}

    def pairs(self) -> dict[int, StoredItem]:
        """Return the item of the register for each place for which it is sure."""
        for lead in dict.fromkeys(lead for lead in self._leads.values() if lead is not None):
            places = [place for place in self._open() if self._leads[place] == lead]
            self._pair(places, [one for one in self._free() if self._lead(one) == lead])
        places, free = self._open(), self._free()
        if all(self._leads[place] is None for place in places) or all(self._lead(one) is None for one in free):
            self._pair(places, free)
        self._pair_by_number(self._open(), self._free())
        return self._paired

    def _lead(self, item: StoredItem) -> str | None:
        """Return the organisation that leads an item of the register, or None if the program only assumed it."""
        return None if item.basis_of(Field.LEAD) in ASSUMED else self._at_present(item.lead)

    def _open(self) -> list[int]:
        return [place for place in self._numbers if place not in self._paired]

    def _free(self) -> list[StoredItem]:
        taken = {one.id for one in self._paired.values()}
        return [one for one in self._stored if one.id not in taken]

    def _pair(self, places: list[int], stored: list[StoredItem]) -> None:
        """Pair in the order of the numbers, if there are as many of both. Several without numbers are not paired."""
        if len(places) == len(stored) and (len(places) == 1 or all(self._numbers[place] for place in places)):
            self._paired.update(zip(sorted(places, key=self._numbers.__getitem__), stored, strict=True))
        else:
            self._pair_by_number(places, stored)

    def _pair_by_number(self, places: list[int], stored: list[StoredItem]) -> None:
        by_key = {one.code_key: one for one in stored}
        self._paired.update(_with_number(self._numbers, places, by_key))


def _with_number(
    numbers: Mapping[int, str], places: Iterable[int], by_key: Mapping[str, StoredItem]
) -> Iterator[tuple[int, StoredItem]]:
    return ((place, by_key[numbers[place]]) for place in places if numbers[place] in by_key)


def _number_key(item: ProposedItem) -> str:
    number = running_number(item)
    return code_key(str(number.value)) if number is not None else ""
