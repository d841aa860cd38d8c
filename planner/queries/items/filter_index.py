"""Filters a large register as fast as a person types: the matching items, their order, and the counts per facet.

For each value of a facet, one number has a bit per item, which is set if the item has the value. To select, combine or
count a hundred thousand items, the program then only computes with numbers of twelve kilobytes, which takes some
microseconds.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import compress
from operator import and_, or_
from typing import Any, TypeVar, overload

from planner.base.texts import folded
from planner.domain.codes import search_words
from planner.queries.items.filters import VALUES, WORDS, Facet, Filters, shared_text
from planner.queries.items.ordering import order_of
from planner.queries.items.views import ItemView

_Kept = TypeVar("_Kept")

# The number of search words whose matching items are cached.
WORDS_KEPT = 64

# The number of matching items for each value of each facet.
Counts = Mapping[Facet, Mapping[Any, int]]


@dataclass(frozen=True)
class FilteredItems:
    """The matching items, sorted, with the counts of each facet.

    The count of a value is the number of items that have the value and match the filters of all other facets. Values
    that no item has are included only for facets with a fixed vocabulary.
    """

    filters: Filters
    items: Sequence[ItemView]
    codes: Sequence[str]
    counts: Counts
    # Returns the position of an item with this code among the matches, or None if it does not match.
    place_of: Callable[[str], int | None]


class Picked(Sequence[_Kept]):
    """A selection from a sequence, in the order of the given positions. Elements are looked up only when they are used.

    This way, listing a hundred thousand of them takes milliseconds.
    """

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


class FilterIndex:
    """Items in code order that can be filtered repeatedly. It is safe to use from any thread."""

    def __init__(self, items: Sequence[ItemView]) -> None:
        self.items = items
        self._all = (1 << len(items)) - 1
        # docs/decisions/0051: one number per value, with a bit per item.
        self._having = {facet: self._values(values) for facet, values in VALUES.items()}
        self._kinds = sorted(self._having[Facet.KIND], key=_places_of_kinds(items).__getitem__)
        self._texts = [folded(f"{item.code}\n{item.title}") for item in items]
        self._shared = _by_value(((shared_text(item),) for item in items), len(items), folded)
        # Kept as a list, because collecting the codes of a hundred thousand items costs more than a whole filtering.
        self._codes = [item.code for item in items]
        self._by_code = {code: place for place, code in enumerate(self._codes)}
        self._orders: dict[str, list[int]] = {}
        self._words: dict[tuple[str, ...], int] = {}

    def is_quick(self, filters: Filters, column: str = "code", *, reverse: bool = False) -> bool:
        """Return whether filtering takes only a few milliseconds, because the words and the sort order are cached."""
        known = all(word in self._words for word in search_words(filters.search))
        return known and (column == "code" or _order_name(column, reverse) in self._orders)

    def apply(self, filters: Filters, column: str = "code", *, reverse: bool = False) -> FilteredItems:
        """Return the matching items sorted by a column. Items with equal values stay in code order."""
        passing = {facet: self._passing(facet, filters) for facet in Facet if filters.chosen(facet)}
        found = self._matching(filters.search)
        kept = reduce(and_, passing.values(), found)
        counts = {facet: self._counted(facet, passing, found) for facet in Facet}
        places = self._places(kept, column, reverse)
        return FilteredItems(
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
        values = self._kinds if facet is Facet.KIND else WORDS.get(facet) or sorted(having)
        return {value: (having.get(value, 0) & others).bit_count() for value in values}

    def _matching(self, search: str) -> int:
        """Return, as bits, the items whose text contains every word of a search."""
        return reduce(and_, (self._with_word(word) for word in search_words(search)), self._all)

    def _with_word(self, word: tuple[str, ...]) -> int:
        """Return, as bits, the items whose text contains a word.

        The results for recent words are cached, because typing repeats them.
        """
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
        """Return the positions of the matching items among all items, sorted."""
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
        """Return the positions of all items in the order of a column. The result is cached."""
        name = _order_name(column, reverse)
        if name not in self._orders:
            by = order_of(column)
            keys = [by(item) for item in self.items]
            self._orders[name] = sorted(range(len(keys)), key=keys.__getitem__, reverse=reverse)
        return self._orders[name]


def _places_of_kinds(items: Iterable[ItemView]) -> dict[str, tuple[int, str]]:
    """Return the sort key of each kind that an item has: its place in the plan."""
    return {item.kind: (item.kind_view.place if item.kind_view else 0, item.kind) for item in items}


def _order_name(column: str, reverse: bool) -> str:
    return f"-{column}" if reverse else column


def _by_value(
    values: Iterable[Iterable[Any]], number: int, called: Callable[[Any], Any] = lambda value: value
) -> dict[Any, int]:
    """Return, for each value, the items that have it, as bits."""
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


# Numbers are converted through text in base 2, because Python does that in linear time. The last digit is bit 0.
_TO_DIGITS = bytes.maketrans(b"\0\1", b"01")
_TO_FLAGS = bytes.maketrans(b"01", b"\0\1")


def _bits(flags: Iterable[int]) -> int:
    """Convert one flag per item to the bits of a number."""
    return int(bytes(flags)[::-1].translate(_TO_DIGITS) or b"0", 2)


def _flags(bits: int, number: int) -> bytes:
    """Convert the bits of a number to one flag per item."""
    return f"{bits:0{number}b}".encode("ascii").translate(_TO_FLAGS)[::-1] if number else b""
