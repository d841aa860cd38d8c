"""Searches everything in a plan and its mandates for words, in any script and language."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Generic, TypeVar

from planner.base.texts import as_typed, folded
from planner.domain.codes import canonical_code, has_words, search_words
from planner.queries.items.filters import shared_text
from planner.queries.items.views import ItemView, SearchedItem
from planner.queries.mandates.clause_views import ClauseView, read_all_clauses
from planner.queries.people.organisations import OrganisationEntry
from planner.queries.people.organisations_then import organisations_then
from planner.queries.search.search_texts import clause_text, organisation_text, title_text
from planner.queries.search.titles import TitleView, read_titles
from planner.register.reading import Reading

_Thing = TypeVar("_Thing")
# A screen searches the items that it shows, and a command those that it reads for the search alone.
_Item = TypeVar("_Item", bound=ItemView | SearchedItem)

# The number of texts that are searched between two checks whether anybody still waits for the answer.
_STRETCH = 500


@dataclass(frozen=True)
class SearchResults(Generic[_Item]):
    """The results of a search. `named` is the item whose code was typed, and is not among `items`.

    Items with the words in their own code and title come before other items.
    """

    named: _Item | None
    items: tuple[_Item, ...]
    clauses: tuple[ClauseView, ...]
    organisations: tuple[OrganisationEntry, ...]
    titles: tuple[TitleView, ...] = ()


class SearchCancelled(Exception):  # noqa: N818  (nothing went wrong)
    """Raised when a search stops because nobody waits for its results any more."""


class GlobalSearch(Generic[_Item]):
    """Searches the items, goals, themes and measures of a plan, and the clauses and organisations of a register.

    Each text is folded only once.
    """

    def __init__(
        self,
        items: Sequence[_Item],
        clauses: Sequence[ClauseView],
        organisations: Sequence[OrganisationEntry],
        titles: Sequence[TitleView] = (),
    ) -> None:
        self._codes = {item.code.casefold(): item for item in items}
        self._items = _SearchedItems(items)
        self._titles = _Searched(titles, title_text)
        self._clauses = _Searched(clauses, clause_text)
        self._organisations = _Searched(organisations, organisation_text)

    def find(
        self, search: str, most: int | None = None, waiting: Callable[[], bool] = lambda: True
    ) -> SearchResults[_Item]:
        """Return the results that contain every word, at most `most` of each kind. Empty if there is no word.

        Raises SearchCancelled as soon as `waiting` returns False.
        """
        words = search_words(search)
        if not words:
            return SearchResults(None, (), (), ())
        forms = (canonical_code(search).casefold(), as_typed(search).casefold())
        named = next((self._codes[form] for form in forms if form in self._codes), None)
        items = self._items.having(words, most, waiting)
        return SearchResults(
            named=named,
            items=tuple(item for item in items if item is not named),
            clauses=tuple(self._clauses.having(words, most, waiting)),
            organisations=tuple(self._organisations.having(words, most, waiting)),
            titles=tuple(self._titles.having(words, most, waiting)),
        )


class _Searched(Generic[_Thing]):
    """A list of things to search. The searched text of a thing is made when it is first needed."""

    def __init__(self, things: Sequence[_Thing], text: Callable[[_Thing], str]) -> None:
        self._things = things
        self._text = text
        self._texts: list[str] = []

    def having(self, words: list[tuple[str, ...]], most: int | None, waiting: Callable[[], bool]) -> list[_Thing]:
        """Return the first things whose text contains every word."""
        found = (thing for thing, text in zip(self._things, self._all(waiting), strict=False) if has_words(words, text))
        return list(islice(found, most))

    def _all(self, waiting: Callable[[], bool]) -> Iterator[str]:
        for number, thing in enumerate(self._things):
            if number % _STRETCH == 0 and not waiting():
                raise SearchCancelled
            if number == len(self._texts):
                self._texts.append(self._text(thing))
            yield self._texts[number]


class _SearchedItems(_Searched[_Item]):
    """Items to search by code and title, and by the names of the things that they refer to.

    Many items share these names, so each text of names is folded and kept once.
    """

    def __init__(self, items: Sequence[_Item]) -> None:
        super().__init__(items, _item_text)
        self._folded: dict[str, str] = {}
        self._shared: list[str] = []

    def having(self, words: list[tuple[str, ...]], most: int | None, waiting: Callable[[], bool]) -> list[_Item]:
        """Return the first items with every word in their own code and title, then those that match by shared names."""
        by_title = super().having(words, most, waiting)
        wanted = None if most is None else most - len(by_title)
        if wanted == 0:
            return by_title
        codes = {item.code for item in by_title}
        more = (item for item in self._having_shared(words, waiting) if item.code not in codes)
        return [*by_title, *islice(more, wanted)]

    def _having_shared(self, words: list[tuple[str, ...]], waiting: Callable[[], bool]) -> Iterator[_Item]:
        for number, (item, own) in enumerate(zip(self._things, self._all(waiting), strict=False)):
            if number == len(self._shared):
                self._shared.append(self._shared_text(item))
            shared = self._shared[number]
            if has_words(words, own, shared):
                yield item

    def _shared_text(self, item: _Item) -> str:
        text = shared_text(item)
        if text not in self._folded:
            self._folded[text] = folded(text)
        return self._folded[text]


def read_global_search(reading: Reading, items: Sequence[_Item]) -> GlobalSearch[_Item]:
    """Return an object that searches these items, and all titles, clauses and organisations."""
    titles = read_titles(reading)
    return GlobalSearch(items, read_all_clauses(reading), organisations_then(reading), titles)


def _item_text(item: ItemView | SearchedItem) -> str:
    """Return the folded code and title of an item."""
    return folded(f"{item.code}\n{item.title}")
