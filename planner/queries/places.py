"""Where one can go by typing a few words: items, clauses and organisations that have them all, in any script."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Generic, TypeVar

from sqlalchemy.orm import Session

from planner.codes import canonical_code, has_words, search_words
from planner.queries.clause_views import ClauseView, read_all_clauses
from planner.queries.organisations import OrganisationEntry, read_organisations
from planner.queries.views import ItemView
from planner.texts import folded

_Place = TypeVar("_Place")

# So many texts are looked through before it is asked whether anybody still waits for the answer.
_STRETCH = 500


@dataclass(frozen=True)
class Found:
    """What has the words. `named` is the item of which they are the code; it is not among the others."""

    named: ItemView | None
    items: tuple[ItemView, ...]
    clauses: tuple[ClauseView, ...]
    organisations: tuple[OrganisationEntry, ...]


class GivenUp(Exception):  # noqa: N818  (nothing went wrong)
    """Nobody waits for the answer any more."""


class Finder:
    """Finds among the items of a plan, and the clauses and organisations of a register. Each text is folded once."""

    def __init__(
        self, items: Sequence[ItemView], clauses: Sequence[ClauseView], organisations: Sequence[OrganisationEntry]
    ) -> None:
        self._codes = {item.code: item for item in items}
        self._items = _Searched(items, _item_text)
        self._clauses = _Searched(clauses, clause_text)
        self._organisations = _Searched(organisations, _organisation_text)

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
        )


class _Searched(Generic[_Place]):
    """Places with the text each is found by, which is made when it is first looked at."""

    def __init__(self, places: Sequence[_Place], text: Callable[[_Place], str]) -> None:
        self._places = places
        self._text = text
        self._texts: list[str] = []

    def having(self, words: list[tuple[str, ...]], most: int | None, waiting: Callable[[], bool]) -> list[_Place]:
        """The first places of which the text has every word."""
        found = (place for place, text in zip(self._places, self._all(waiting), strict=False) if has_words(text, words))
        return list(islice(found, most))

    def _all(self, waiting: Callable[[], bool]) -> Iterator[str]:
        for number, place in enumerate(self._places):
            if number % _STRETCH == 0 and not waiting():
                raise GivenUp
            if number == len(self._texts):
                self._texts.append(self._text(place))
            yield self._texts[number]


def read_finder(session: Session, items: Sequence[ItemView]) -> Finder:
    """A finder over items that are read already, and all clauses and organisations."""
    return Finder(items, read_all_clauses(session), read_organisations(session))


def _item_text(item: ItemView) -> str:
    """What it is called; the register's own search looks in more."""
    return folded(f"{item.code}\n{item.title}")


def clause_text(clause: ClauseView) -> str:
    """What a clause is found by: name, restatement, and per language the printed number and any attached text."""
    parts = [clause.reference, clause.key, clause.restatement]
    parts += [part for text in clause.texts for part in (text.number, text.citation.text) if part]
    return folded("\n".join(parts))


def _organisation_text(organisation: OrganisationEntry) -> str:
    names = [name for _, name in organisation.names]
    return folded("\n".join([organisation.key, organisation.name, organisation.short_name, *names]))
