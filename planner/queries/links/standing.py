"""The state of links from measures and items to clauses. This is the only place that computes it.

The latest review of a link, as known at an instant, sets its type, coverage and rationale. It also stores the
fingerprints of both ends that the reviewer saw: the pinned fingerprints. A link without a review has the values and
fingerprints from when it was made. A rejected link no longer holds. A link that the program suggested does not hold
until a person has reviewed it (docs/decisions/0130).

A link that holds is suspect if the fingerprint of one of its ends is no longer the pinned one. It is also suspect if,
since the review, an attached copy was recorded that differs from the citation of an end or lacks the passage. A link
without a review was never compared with a copy, so every differing copy counts.

Reading changes nothing. A new review clears a suspect link (planner.writes.link_reviews).
"""

from collections.abc import Collection, Iterable, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Select, bindparam, or_, select

from planner.base.language import tr
from planner.base.views import value_class
from planner.domain.vocabulary import Coverage, LinkOrigin, LinkState, LinkType, ReviewDecision
from planner.queries.id_in import dialect_of, ids_parameter, ids_value, is_among
from planner.queries.links.copies import CopiesOfEnds, DifferingCopy, read_copies
from planner.queries.links.reviews import LinkReviewView, latest_reviews
from planner.queries.links.suspects import ids_of_suspects
from planner.queries.links.wordings_then import of_wordings_then
from planner.register.item_rows import is_item_of
from planner.register.reading import Reading
from planner.store.models import Clause, Item, Link, Mandate, Measure


@value_class
class LinkEnd:
    """A measure, an item or a clause as the end of a link. `title` of a clause is its restatement.

    `pinned` is the fingerprint at the review, or when the link was made. `copies` are the attached copies that were
    found since then to differ from the citation of this end.
    """

    kind: str
    id: int
    name: str
    title: str
    fingerprint: str
    pinned: str
    copies: tuple[DifferingCopy, ...]

    @property
    def reworded(self) -> bool:
        """Whether the wording of this end has changed since the link was reviewed or made."""
        return self.fingerprint != self.pinned

    @property
    def suspect(self) -> bool:
        """Whether the end was reworded, or a copy differs from its citation."""
        return self.reworded or bool(self.copies)

    @property
    def why(self) -> str:
        """The changes of this end since the link was reviewed or made, in words; empty if there are none."""
        changes = [tr("the {kind} {name} was reworded", kind=self.kind, name=self.name)] if self.reworded else []
        return "; ".join([*changes, *(f"{self.kind} {self.name}: {copy.statement}" for copy in self.copies)])


@value_class
class ExpectedLink:
    """A link as a reviewer saw it: the fingerprints of its ends, its latest review and the copies that differ."""

    near_fingerprint: str
    clause_fingerprint: str
    review: int | None
    copies: tuple[int, ...]


@value_class
class LinkStanding:
    """A link from a measure or an item (`near`) to a clause, with its type, coverage and latest review.

    `theme` is the number of the theme of the measure or item, or None for a measure of the plan as a whole. `origin`
    is who made the link.
    """

    id: int
    near: LinkEnd
    clause: LinkEnd
    theme: int | None
    type: LinkType
    coverage: Coverage
    rationale: str
    origin: LinkOrigin
    review: LinkReviewView | None

    @property
    def name(self) -> str:
        """The name of the link as people type it, such as M1.01:merged:duty-5."""
        return f"{self.near.name}:{self.clause.name}"

    @property
    def seen(self) -> ExpectedLink:
        """The state that a review is checked against, so that nobody decides about a wording that they did not see."""
        copies = tuple(copy.span for end in (self.near, self.clause) for copy in end.copies)
        review = self.review.id if self.review else None
        return ExpectedLink(self.near.fingerprint, self.clause.fingerprint, review, copies)

    @property
    def of_item(self) -> bool:
        """Whether the link leads from an item itself, not from its measure."""
        return self.near.kind == "item"

    @property
    def mandate(self) -> str:
        """The key of the clause's mandate version."""
        return self.clause.name.partition(":")[0]

    @property
    def holds(self) -> bool:
        """Whether the link counts: it was neither rejected nor only suggested by the program."""
        return not self.rejected and not self.suggested

    @property
    def rejected(self) -> bool:
        """Whether the last review rejected the link."""
        return self.review is not None and self.review.decision is ReviewDecision.REJECTED

    @property
    def suggested(self) -> bool:
        """Whether the program suggested the link and nobody has reviewed it."""
        return self.review is None and self.origin is LinkOrigin.MACHINE

    @property
    def suspect(self) -> tuple[LinkEnd, ...]:
        """The ends that changed since the link was reviewed or made; empty for a link that does not hold."""
        return tuple(end for end in (self.near, self.clause) if end.suspect) if self.holds else ()

    @property
    def state(self) -> LinkState:
        """The state of the link. A suspect link has the state SUSPECT, whether it was reviewed or not."""
        if self.suspect:
            return LinkState.SUSPECT
        if self.suggested:
            return LinkState.SUGGESTED
        return LinkState.UNREVIEWED if self.review is None else LinkState(self.review.decision.value)

    @property
    def wants_review(self) -> bool:
        """Whether the link needs a review: it was never reviewed, or an end has changed since its last review."""
        return self.review is None or bool(self.suspect)


def read_links(reading: Reading, *, ids: Collection[int] | None = None) -> tuple[LinkStanding, ...]:
    """Return all links of a plan, or those with these ids, as known at an instant. Rejected links are included.

    They are ordered by measure or item, measures first, and then by mandate version and clause.
    """
    return () if ids is not None and not ids else _read(reading, ids)


def reasons_not_holding(links: Iterable[LinkStanding]) -> str:
    """Return a text that explains why each of these links does not hold. It is empty if all of them hold."""
    return " ".join(_why_not_holding(link) for link in links if not link.holds)


def _why_not_holding(link: LinkStanding) -> str:
    if link.review is None:
        return f"The program suggested a link to {link.clause.name}, and nobody has reviewed it."
    why = _sentence(link.review.reason or link.rationale)
    return f"The link to {link.clause.name} was rejected by {link.review.actor}: {why}"


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?", "。")) else f"{text}."


def read_suspects(reading: Reading) -> tuple[LinkStanding, ...]:
    """Return the suspect links of a plan as known at an instant. Only these are read."""
    # The statement compares current fingerprints. If rows were edited since the instant, all links must be read.
    edited = {table for table, _ in reading.rollback.before}
    narrowed = None if edited & _READ else ids_of_suspects(reading)
    return tuple(link for link in _read(reading, narrowed) if link.suspect)


_READ = {"link", "measure", "item", "clause", "clause_expression"}


def _read(reading: Reading, ids: Collection[int] | None) -> tuple[LinkStanding, ...]:
    dialect = dialect_of(reading.session)
    among = {} if ids is None else {"ids": ids_value(dialect, ids)}
    found_links = reading.session.execute(
        _select_links(dialect, bool(among)), {"plan_id": reading.plan.id, **among}
    ).scalars()
    links: Sequence[Link] = reading.rollback.rows(list(found_links))
    if not links:
        return ()
    ends = _Ends.read(reading, links)
    links, reviews = of_wordings_then(reading, links, latest_reviews(reading, [link.id for link in links]))
    copies = read_copies(reading)
    found = (ends.standing(link, reviews.get(link.id), copies) for link in links if ends.known(link))
    return tuple(sorted(found, key=ends.sort_key))


@cache
def _select_links(dialect: str, by_id: bool) -> Select[Link]:
    """Select the links of a plan, or only its links with the given ids."""
    plan_id: Any = bindparam("plan_id")
    # The ends are looked up from the links, because most items have no link of their own.
    ends = select(Link).outerjoin(Measure, Measure.id == Link.measure_id).outerjoin(Item, Item.id == Link.item_id)
    links = ends.where(or_(Measure.plan_id == plan_id, is_item_of(plan_id)))
    return links.where(is_among(dialect, Link.id, ids_parameter(dialect))) if by_id else links


@cache
def _select_by_id(dialect: str, model: Any) -> Select[Any]:
    return select(model).where(is_among(dialect, model.id, ids_parameter(dialect)))


@value_class
class _Ends:
    """The measures, items and clauses at the ends of links, by id, as known at an instant."""

    measures: dict[int, Measure]
    items: dict[int, Item]
    clauses: dict[int, Clause]
    mandates: dict[int, str]
    themes: dict[int, int]

    @classmethod
    def read(cls, reading: Reading, links: Sequence[Link]) -> "_Ends":
        dialect = dialect_of(reading.session)

        def by_id(model: Any, ids: Iterable[int | None]) -> dict[int, Any]:
            wanted = {number for number in ids if number is not None}
            if not wanted:
                return {}
            found = reading.session.execute(
                _select_by_id(dialect, model), {"ids": ids_value(dialect, wanted)}
            ).scalars()
            return {row.id: row for row in reading.rollback.rows(list(found))}

        clauses = by_id(Clause, (link.clause_id for link in links))
        return cls(
            measures=by_id(Measure, (link.measure_id for link in links)),
            items=by_id(Item, (link.item_id for link in links)),
            clauses=clauses,
            mandates={row.id: row.key for row in by_id(Mandate, (row.mandate_id for row in clauses.values())).values()},
            themes={theme.id: theme.number for theme in reading.plan.themes},
        )

    def known(self, link: Link) -> bool:
        """Return whether both ends of a link existed at the known-at instant."""
        return link.clause_id in self.clauses and self._near(link) is not None

    def standing(self, link: Link, review: LinkReviewView | None, copies: CopiesOfEnds) -> LinkStanding:
        """Return the view of a link, made from its rows."""
        current = review or link
        near, clause = self._near(link), self.clauses[link.clause_id]
        since = review.recorded_at if review else None
        reference = f"{self.mandates[clause.mandate_id]}:{clause.key}"
        return LinkStanding(
            id=link.id,
            near=LinkEnd(
                "item" if link.item_id else "measure",
                near.id,
                near.code,
                near.title,
                near.fingerprint,
                current.near_fingerprint,
                copies.of_citation(near.citation_id, since),
            ),
            clause=LinkEnd(
                "clause",
                clause.id,
                reference,
                clause.restatement,
                clause.fingerprint,
                current.clause_fingerprint,
                copies.of_clause(clause.id, since),
            ),
            theme=self.themes.get(near.theme_id) if near.theme_id else None,
            type=current.type,
            coverage=current.coverage,
            rationale=current.rationale,
            origin=link.origin,
            review=review,
        )

    def sort_key(self, link: LinkStanding) -> tuple[Any, ...]:
        """Return the sort key of a link."""
        clause = self.clauses[link.clause.id]
        measure = self.measures.get(link.near.id) if link.near.kind == "measure" else None
        near = (0, measure.position, "") if measure else (1, 0, link.near.name)
        return (*near, clause.mandate_id, clause.position, link.id)

    def _near(self, link: Link) -> Any:
        return self.items.get(link.item_id) if link.item_id else self.measures.get(link.measure_id or 0)
