"""The links from measures and items to clauses, with their current state and searchable texts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.domain.codes import has_words, search_words

if TYPE_CHECKING:
    from planner.queries.items.views import ItemView
    from planner.queries.links.standing import LinkStanding
    from planner.queries.mandates.clause_views import ClauseView
    from planner.queries.search.search_texts import SearchTexts, Texts
    from planner.register.reading import Reading


@dataclass(frozen=True)
class LinksPage:
    """All links of the plan in order, including rejected links, and the full clauses by their references (mandate:key).

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


def read_page(reading: "Reading", items: "Sequence[ItemView]" = ()) -> LinksPage:
    """Return the current state of every link. `items` are the plan's items, already loaded."""
    from planner.queries.links.standing import read_links
    from planner.queries.mandates.clause_views import read_all_clauses
    from planner.queries.search.matching import link_texts
    from planner.queries.search.search_texts import read_search_texts

    clauses = {clause.reference: clause for clause in read_all_clauses(reading)}
    links = read_links(reading)
    names = read_search_texts(reading, items, clauses.values())
    return LinksPage(links, clauses, {link.id: link_texts(link, names) for link in links}, names)
