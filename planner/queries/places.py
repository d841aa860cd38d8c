"""Where one can go by typing a few words: what of a plan and its mandates has them all, in any script and language."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Generic, TypeVar

from sqlalchemy.orm import Session

from planner.codes import canonical_code, has_words, search_words
from planner.queries.clause_views import ClauseView, read_all_clauses
from planner.queries.items import shared_text
from planner.queries.organisations import OrganisationEntry, read_organisations
from planner.queries.plans import PlanView
from planner.queries.search_texts import clause_text, organisation_text, title_text
from planner.queries.titles import TitleView, read_titles
from planner.queries.views import ItemView
from planner.texts import folded

_Place = TypeVar("_Place")

# So many texts are looked through before it is asked whether anybody still waits for the answer.
_STRETCH = 500


@dataclass(frozen=True)
class Found:
    """What has the words. `named` is the item of which they are the code; it is not among the others.

    Items that have the words in their own code and title come first.
    """

    named: ItemView | None
    items: tuple[ItemView, ...]
    clauses: tuple[ClauseView, ...]
    organisations: tuple[OrganisationEntry, ...]
    titles: tuple[TitleView, ...] = ()


class GivenUp(Exception):  # noqa: N818  (nothing went wrong)
    """Nobody waits for the answer any more."""


class Finder:
    """Finds among the items, goals, themes and measures of a plan, and the clauses and organisations of a register.

    Each text is folded once.
    """

    def __init__(
        self,
        items: Sequence[ItemView],
        clauses: Sequence[ClauseView],
        organisations: Sequence[OrganisationEntry],
        titles: Sequence[TitleView] = (),
    ) -> None:
        self._codes = {item.code: item for item in items}
        self._items = _SearchedItems(items)
        self._titles = _Searched(titles, title_text)
        self._clauses = _Searched(clauses, clause_text)
        self._organisations = _Searched(organisations, organisation_text)

    def find(self, search: str, most: int | None = None, waiting: Callable[[], bool] = lambda: True) -> Found:
        """What has every word, at most so many of each sort; nothing where there is no word.

        Raises GivenUp as soon as nobody is `waiting`.
        """
        words = search_words(search)
        if not words:
            return Found(None, (), (), ())
        named = self._codes.get(canonical_code(search))
        items = self._items.having(words, most, waiting)
        return Found(
            named=named,
            items=tuple(item for item in items if item is not named),
            clauses=tuple(self._clauses.having(words, most, waiting)),
            organisations=tuple(self._organisations.having(words, most, waiting)),
            titles=tuple(self._titles.having(words, most, waiting)),
        )


class _Searched(Generic[_Place]):
    """Places with the text each is found by, which is made when it is first looked at."""

    def __init__(self, places: Sequence[_Place], text: Callable[[_Place], str]) -> None:
        self._places = places
        self._text = text
        self._texts: list[str] = []

    def having(self, words: list[tuple[str, ...]], most: int | None, waiting: Callable[[], bool]) -> list[_Place]:
        """The first places of which the text has every word."""
        found = (place for place, text in zip(self._places, self._all(waiting), strict=False) if has_words(words, text))
        return list(islice(found, most))

    def _all(self, waiting: Callable[[], bool]) -> Iterator[str]:
        for number, place in enumerate(self._places):
            if number % _STRETCH == 0 and not waiting():
                raise GivenUp
            if number == len(self._texts):
                self._texts.append(self._text(place))
            yield self._texts[number]


class _SearchedItems(_Searched[ItemView]):
    """Items, found by what they are called or by what the register's own search looks in besides.

    Many items share the second text. It is folded once, and kept once.
    """

    def __init__(self, items: Sequence[ItemView]) -> None:
        super().__init__(items, _item_text)
        self._folded: dict[str, str] = {}
        self._shared: list[str] = []

    def having(self, words: list[tuple[str, ...]], most: int | None, waiting: Callable[[], bool]) -> list[ItemView]:
        """The first items of which code and title have every word, then those that have it with the shared text."""
        called = super().having(words, most, waiting)
        wanted = None if most is None else most - len(called)
        if wanted == 0:
            return called
        codes = {item.code for item in called}
        more = (item for item in self._having_shared(words, waiting) if item.code not in codes)
        return [*called, *islice(more, wanted)]

    def _having_shared(self, words: list[tuple[str, ...]], waiting: Callable[[], bool]) -> Iterator[ItemView]:
        for number, (item, own) in enumerate(zip(self._places, self._all(waiting), strict=False)):
            if number == len(self._shared):
                self._shared.append(self._shared_text(item))
            shared = self._shared[number]
            if has_words(words, own, shared):
                yield item

    def _shared_text(self, item: ItemView) -> str:
        text = shared_text(item)
        if text not in self._folded:
            self._folded[text] = folded(text)
        return self._folded[text]


def read_finder(session: Session, plan: PlanView, items: Sequence[ItemView]) -> Finder:
    """A finder over items that are read already, and over all titles, clauses and organisations."""
    titles = read_titles(session, plan.id)
    return Finder(items, read_all_clauses(session), read_organisations(session), titles)


def _item_text(item: ItemView) -> str:
    """What it is called."""
    return folded(f"{item.code}\n{item.title}")
