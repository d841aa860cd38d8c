"""Links from measures and items to clauses: their current state, the details of one link, and reviews."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.domain.codes import has_words, search_words

if TYPE_CHECKING:
    from planner.queries.items.views import ItemView
    from planner.queries.links.changes import LinkDetail
    from planner.queries.links.standing import LinkStanding
    from planner.queries.mandates.clause_views import ClauseView
    from planner.queries.search.search_texts import SearchTexts, Texts
    from planner.writes.link_reviews import LinkVerdict
    from tui.data.door import Door


@dataclass(frozen=True)
class LinksPage:
    """All links of the plan in order, including rejected links, and the full clauses by mandate:key.

    `texts` are the searchable texts of each link, by the link's id. `names` are the names from which the texts were
    made.
    """

    links: "tuple[LinkStanding, ...]"
    clauses: "Mapping[str, ClauseView]"
    texts: "Mapping[int, Texts]"
    names: "SearchTexts"

    def having(self, links: "Sequence[LinkStanding]", search: str) -> "list[LinkStanding]":
        """Return the given links that contain every word of the search.

        The words are looked for in the rationale and in the names of the link's ends, in all languages.
        """
        words = search_words(search)
        return [link for link in links if has_words(words, *self.texts[link.id])]

    def with_one(self, changed: "LinkStanding") -> "LinksPage":
        """Return a copy of the page in which one link is replaced, after it was reviewed."""
        from planner.queries.search.matching import link_texts

        links = tuple(changed if link.id == changed.id else link for link in self.links)
        texts = {**self.texts, changed.id: link_texts(changed, self.names)}
        return LinksPage(links, self.clauses, texts, self.names)


def read_all_links(door: "Door", items: "Sequence[ItemView]" = ()) -> LinksPage:
    """Return the current state of every link. `items` are the plan's items, already loaded."""
    from planner.queries.links.standing import read_links
    from planner.queries.mandates.clause_views import read_all_clauses
    from planner.queries.search.matching import link_texts
    from planner.queries.search.search_texts import read_search_texts

    with door.reading() as reading:
        clauses = {clause.reference: clause for clause in read_all_clauses(reading)}
        links = read_links(reading)
        names = read_search_texts(reading, items, clauses.values())
    return LinksPage(links, clauses, {link.id: link_texts(link, names) for link in links}, names)


def read_detail(door: "Door", name: str) -> "LinkDetail":
    """Return the details of a link: its reviews, and the changes to its ends since.

    Raises UnknownNameError if there is no such link.
    """
    from planner.queries.links.changes import read_link_detail

    with door.reading() as reading:
        return read_link_detail(reading, name)


def review(door: "Door", link: "LinkStanding", verdict: "LinkVerdict") -> "LinkStanding":
    """Record a review of a link, as it was shown, and return its new state.

    Raises LinkConflictError if the link has changed since, and BadValueError if the decision is not possible.
    """
    from planner.writes.link_reviews import review_links

    with door.writing() as writing:
        return review_links(writing, [link.name], verdict, expected={link.name: link.seen})[0]
