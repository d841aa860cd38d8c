"""Narrowing a large register at the speed of typing: which items pass, in which order, and how many of each facet.

Which items have a value is kept as the bits of one number, an item a bit. Choosing, combining and counting a hundred
thousand items is then an operation on numbers of twelve kilobytes, some microseconds each.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import compress
from operator import and_, or_
from typing import Any, TypeVar, overload

from planner.codes import search_words
from planner.queries.items import VALUES, WORDS, Facet, Filters, shared_text
from planner.queries.ordering import order_of
from planner.queries.views import ItemView
from planner.texts import folded

_Kept = TypeVar("_Kept")

# Of so many words it is remembered which items have them.
WORDS_KEPT = 64

# How many items pass, by value, of each facet.
Counts = Mapping[Facet, Mapping[Any, int]]


@dataclass(frozen=True)
class Narrowed:
    """What passes, sorted; and of each facet how many would with one of its values and all the other facets' choices.

    A value that no item has at all is left out of the counts, except of the closed vocabularies.
    """

    filters: Filters
    items: Sequence[ItemView]
    codes: Sequence[str]
    counts: Counts
    # Where an item stands among them by its code; None where it does not pass.
    place_of: Callable[[str], int | None]


class Picked(Sequence[_Kept]):
    """Some of many, in an order of their own, without touching each: to list a hundred thousand takes milliseconds."""

    def __init__(self, among: Sequence[_Kept], places: Sequence[int]) -> None:
        self._among = among
        self._places = places

    def __len__(self) -> int:
        return len(self._places)

    def __iter__(self) -> Iterator[_Kept]:
        return map(self._among.__getitem__, self._places)

    @overload
    def __getitem__(self, place: int) -> _Kept: ...

    @overload
    def __getitem__(self, place: slice) -> "Picked[_Kept]": ...

    def __getitem__(self, place: int | slice) -> "_Kept | Picked[_Kept]":
        if isinstance(place, slice):
            return Picked(self._among, self._places[place])
        return self._among[self._places[place]]


class Narrowing:
    """Some items (in the order of their codes), ready to be narrowed again and again. Safe to use from any thread."""

    def __init__(self, items: Sequence[ItemView]) -> None:
        self.items = items
        self._all = (1 << len(items)) - 1
        self._having = {facet: self._values(values) for facet, values in VALUES.items()}
        self._texts = [folded(f"{item.code}\n{item.title}") for item in items]
        self._shared = _by_value(((shared_text(item),) for item in items), len(items), folded)
        # Kept beside the items: going through a hundred thousand of these for it costs more than all the rest.
        self._codes = [item.code for item in items]
        self._by_code = {code: place for place, code in enumerate(self._codes)}
        self._orders: dict[str, list[int]] = {}
        self._words: dict[tuple[str, ...], int] = {}

    def is_quick(self, filters: Filters, column: str = "code", *, reverse: bool = False) -> bool:
        """Whether narrowing so takes but a few milliseconds: the words were looked for, the column sorted by before."""
        known = all(word in self._words for word in search_words(filters.search))
        return known and (column == "code" or _order_name(column, reverse) in self._orders)

    def narrow(self, filters: Filters, column: str = "code", *, reverse: bool = False) -> Narrowed:
        """What passes, sorted by a column; items that are alike in it stay in the order of their codes."""
        passing = {facet: self._passing(facet, filters) for facet in Facet if filters.chosen(facet)}
        found = self._found(filters.search)
        kept = reduce(and_, passing.values(), found)
        counts = {facet: self._counted(facet, passing, found) for facet in Facet}
        places = self._places(kept, column, reverse)
        return Narrowed(
            filters,
            items=Picked(self.items, places),
            codes=Picked(self._codes, places),
            counts=counts,
            place_of=self._finder(kept, places),
        )

    def _values(self, values: Callable[[ItemView], Collection[Any]]) -> dict[Any, int]:
        return _by_value((values(item) for item in self.items), len(self.items))

    def _passing(self, facet: Facet, filters: Filters) -> int:
        having = self._having[facet]
        return reduce(or_, (having.get(value, 0) for value in filters.chosen(facet)))

    def _counted(self, facet: Facet, passing: Mapping[Facet, int], found: int) -> dict[Any, int]:
        others = reduce(and_, (mask for other, mask in passing.items() if other is not facet), found)
        having = self._having[facet]
        values = WORDS.get(facet) or sorted(having)
        return {value: (having.get(value, 0) & others).bit_count() for value in values}

    def _found(self, search: str) -> int:
        """The items that have every word."""
        return reduce(and_, (self._with(word) for word in search_words(search)), self._all)

    def _with(self, word: tuple[str, ...]) -> int:
        """The items that have a word. The last words looked for are kept: one goes on typing the same ones."""
        found = self._words.get(word)
        if found is None:
            found = reduce(or_, map(self._spelled, word))
            if len(self._words) >= WORDS_KEPT:
                self._words.clear()
            self._words[word] = found
        return found

    def _spelled(self, spelling: str) -> int:
        own = _bits([spelling in text for text in self._texts])
        return reduce(or_, (mask for text, mask in self._shared.items() if spelling in text), own)

    def _places(self, kept: int, column: str, reverse: bool) -> Sequence[int]:
        """The places of what passes among all items, sorted."""
        if kept == self._all and column == "code":
            return range(len(self.items))[:: -1 if reverse else 1]
        flags = _flags(kept, len(self.items))
        if column == "code":
            places = list(compress(range(len(flags)), flags))
            return places[::-1] if reverse else places
        return [place for place in self._order(column, reverse) if flags[place]]

    def _finder(self, kept: int, places: Sequence[int]) -> Callable[[str], int | None]:
        def place_of(code: str) -> int | None:
            place = self._by_code.get(code)
            return None if place is None or not kept >> place & 1 else places.index(place)

        return place_of

    def _order(self, column: str, reverse: bool) -> list[int]:
        """The places of all items in the order of a column, found once."""
        name = _order_name(column, reverse)
        if name not in self._orders:
            by = order_of(column)
            keys = [by(item) for item in self.items]
            self._orders[name] = sorted(range(len(keys)), key=keys.__getitem__, reverse=reverse)
        return self._orders[name]


def _order_name(column: str, reverse: bool) -> str:
    return f"-{column}" if reverse else column


def _by_value(
    values: Iterable[Iterable[Any]], number: int, called: Callable[[Any], Any] = lambda value: value
) -> dict[Any, int]:
    """The items that have each value, as bits."""
    places = defaultdict(list)
    for place, some in enumerate(values):
        for value in some:
            places[value].append(place)
    masks: dict[Any, int] = defaultdict(int)
    for value, having in places.items():
        flags = bytearray(number)
        for place in having:
            flags[place] = 1
        masks[called(value)] |= _bits(flags)
    return dict(masks)


# Numbers are read from and written as text in base 2, which Python does in linear time; the last digit is bit 0.
_TO_DIGITS = bytes.maketrans(b"\0\1", b"01")
_TO_FLAGS = bytes.maketrans(b"01", b"\0\1")


def _bits(flags: Iterable[int]) -> int:
    """A flag per item as the bits of a number."""
    return int(bytes(flags)[::-1].translate(_TO_DIGITS) or b"0", 2)


def _flags(bits: int, number: int) -> bytes:
    """The bits of a number as a flag per item."""
    return f"{bits:0{number}b}".encode("ascii").translate(_TO_FLAGS)[::-1] if number else b""
