"""Rows of milestones and indicators in an exported register that somebody moved or copied to another item.

An import moves no milestone and no indicator from one item to another. A row that was moved by mistake, such as one
whose code was edited, must not change what the other item has under its number.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from planner.base.language import tr
from planner.base.texts import same_words
from planner.intake.comparing.asking import Asking
from planner.intake.comparing.exported.since import SinceExport
from planner.intake.comparing.match_questions import NEW, code_given
from planner.intake.comparing.matching import Match
from planner.intake.comparing.stored import StoredIndicator, StoredMilestone, StoredRegister
from planner.intake.proposed import Field, Given, ProposedItem, ProposedRow

# The names of milestones and of indicators.
_NAMES = {Field.MILESTONES: Field.TITLE, Field.INDICATORS: Field.NAME}
# The most items that a question offers.
_MOST = 3

_Stored: TypeAlias = Mapping[int, Sequence[StoredMilestone | StoredIndicator]]


def settle_moved_parts(
    items: list[ProposedItem], matches: list[Match], stored: StoredRegister, since: SinceExport, asking: Asking
) -> None:
    """Ask of which item each moved row is, and give it to that item. An item that the files do not have is added."""
    for kind, parts in ((Field.MILESTONES, stored.milestones), (Field.INDICATORS, stored.indicators)):
        strange = list(_strange_rows(items, matches, kind, parts, since))
        if strange:
            _Moved(items, matches, kind, parts, stored, asking).settle(strange)


@dataclass
class _Strange:
    """A row of an item that has the key of a part which the item does not have. `place` is that of the item."""

    place: int
    row: ProposedRow
    key: str


def _strange_rows(
    items: Sequence[ProposedItem], matches: Sequence[Match], kind: Field, parts: _Stored, since: SinceExport
) -> Iterator[_Strange]:
    for place, (item, match) in enumerate(zip(items, matches, strict=True)):
        item_id = match.stored.id if match.stored is not None else 0
        own = {part.key for part in parts.get(item_id, ())}
        for row in _rows_of(item, kind):
            key = _text(row, Field.KEY)
            known = since(row.place) if key and key not in own else None
            if known is not None and (kind, item_id, key) not in known.gone_parts:
                yield _Strange(place, row, key)


class _Moved:
    """Settles the strange rows of one kind."""

    def __init__(
        self,
        items: list[ProposedItem],
        matches: list[Match],
        kind: Field,
        parts: _Stored,
        stored: StoredRegister,
        asking: Asking,
    ) -> None:
        self._items = items
        self._matches = matches
        self._kind = kind
        self._parts = parts
        self._by_id = {item.id: item for item in stored.items}
        self._asking = asking
        self._owners = self._by_key()
        self._in_files = {
            (match.stored.id, _text(row, Field.KEY))
            for item, match in zip(items, matches, strict=True)
            if match.stored is not None
            for row in _rows_of(item, kind)
        }

    def _by_key(self) -> Mapping[tuple[str, str], list[int]]:
        """Return the ids of items by the keys and names of their parts."""
        name = _NAMES[self._kind].value
        owners: dict[tuple[str, str], list[int]] = defaultdict(list)
        for item_id, parts in self._parts.items():
            for part in parts:
                owners[part.key, same_words(getattr(part, name))].append(item_id)
        return owners

    def settle(self, strange: Iterable[_Strange]) -> None:
        """Ask about the rows that were moved, and let none of the rows change another part under its number."""
        for one in strange:
            owners = self._owners.get((one.key, same_words(_text(one.row, _NAMES[self._kind]))), ())
            if not owners:
                continue
            one.row.facts.pop(Field.NUMBER, None)
            left = [item_id for item_id in owners if (item_id, one.key) not in self._in_files]
            if left and self._has_owner(left):
                self._ask(one, left[:_MOST])

    def _has_owner(self, owners: Iterable[int]) -> bool:
        """Return whether the files have one of the items, so that the row of its part is missing there."""
        found = {match.stored.id for match in self._matches if match.stored is not None}
        return not found.isdisjoint(owners)

    def _ask(self, one: _Strange, owners: Sequence[int]) -> None:
        """Ask whether a row is that of one of its owners. Otherwise its item gets a new part."""
        owner = self._by_id[owners[0]]
        code, match = code_given(self._items[one.place]), self._matches[one.place]
        other = match.stored.code if match.stored is not None else code.value if code is not None else ""
        what = tr(
            "'{name}' is of {owner} in the register, but this row names {other}",
            name=_text(one.row, _NAMES[self._kind]),
            owner=owner.code,
            other=other,
        )
        do = tr(
            "An import moves none to another item. Answer '{owner}' to leave it there, or '{new}' if {other} gets one "
            "too",
            owner=owner.code,
            other=other,
            new=NEW,
        )
        codes = [self._by_id[item_id].code for item_id in owners]
        answer = self._asking.ask(Given(other, one.row.place), None, what, do, [*codes, NEW])
        if answer is not None and answer != NEW:
            self._give(one, owners[codes.index(answer)])

    def _give(self, one: _Strange, item_id: int) -> None:
        """Give a row to the item of which it is."""
        setattr(self._items[one.place], self._kind.value, _without(self._items[one.place], self._kind, one.row))
        stored = self._by_id[item_id]
        for item, match in zip(self._items, self._matches, strict=True):
            if match.stored is not None and match.stored.id == item_id and not match.given_away:
                setattr(item, self._kind.value, [*_rows_of(item, self._kind), one.row])
                return
        added = ProposedItem(one.row.place, {Field.CODE: Given(stored.code, one.row.place)})
        setattr(added, self._kind.value, [one.row])
        self._items.append(added)
        self._matches.append(Match(stored))


def _rows_of(item: ProposedItem, kind: Field) -> list[ProposedRow]:
    return getattr(item, kind.value) or []


def _without(item: ProposedItem, kind: Field, row: ProposedRow) -> list[ProposedRow]:
    return [one for one in _rows_of(item, kind) if one is not row]


def _text(row: ProposedRow, fact: Field) -> str:
    given = row.facts.get(fact)
    return "" if given is None or given.value is None else str(given.value)
