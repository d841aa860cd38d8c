"""Links from measures and items to clauses, as they stand; all about one; and reviewing it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from planner.codes import has_words, search_words

if TYPE_CHECKING:
    from planner.queries.clause_views import ClauseView
    from planner.queries.links.changes import LinkDetail
    from planner.queries.links.standing import LinkStanding
    from planner.queries.search_texts import SearchTexts, Texts
    from planner.queries.views import ItemView
    from planner.writes.link_reviews import LinkVerdict
    from tui.data.door import Door


@dataclass(frozen=True)
class LinksPage:
    """All links of the plan in their order, rejected ones too, and the clauses in full by mandate:key.

    `texts` are what each link is found by, by its id; `names` are the names they were made from.
    """

    links: "tuple[LinkStanding, ...]"
    clauses: "Mapping[str, ClauseView]"
    texts: "Mapping[int, Texts]"
    names: "SearchTexts"

    def having(self, links: "Sequence[LinkStanding]", search: str) -> "list[LinkStanding]":
        """Of some links those that have every word in their rationale or in a name of their ends, in any language."""
        words = search_words(search)
        return [link for link in links if has_words(words, *self.texts[link.id])]

    def with_one(self, changed: "LinkStanding") -> "LinksPage":
        """The same after a link was reviewed."""
        from planner.queries.searching import link_texts

        links = tuple(changed if link.id == changed.id else link for link in self.links)
        texts = {**self.texts, changed.id: link_texts(changed, self.names)}
        return LinksPage(links, self.clauses, texts, self.names)


def read_all_links(door: "Door", items: "Sequence[ItemView]" = ()) -> LinksPage:
    """Every link as it stands; `items` are those of the plan, read already."""
    from planner.queries.clause_views import read_all_clauses
    from planner.queries.links.standing import read_links
    from planner.queries.search_texts import read_search_texts
    from planner.queries.searching import link_texts

    with door.reading() as (session, plan, point):
        clauses = {clause.reference: clause for clause in read_all_clauses(session)}
        links = read_links(session, plan, point.known_at)
        names = read_search_texts(session, plan, items, clauses.values())
    return LinksPage(links, clauses, {link.id: link_texts(link, names) for link in links}, names)


def read_detail(door: "Door", name: str) -> "LinkDetail":
    """All about one link: its reviews, and what became of its ends since. Raises UnknownNameError."""
    from planner.queries.links.changes import read_link_detail

    with door.reading() as (session, plan, point):
        return read_link_detail(session, plan, name, point.known_at)


def review(door: "Door", link: "LinkStanding", verdict: "LinkVerdict") -> "LinkStanding":
    """Decide about a link as it was shown; gives back how it stands then.

    Raises LinkConflictError where it stands otherwise by now, BadValueError for a decision it cannot have.
    """
    from planner.writes.link_reviews import review_links

    with door.writing() as (session, plan):
        seen = {link.name: link.seen}
        return review_links(session, door.actor, plan, [link.name], verdict, expected=seen, at=door.now())[0]
