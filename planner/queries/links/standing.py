"""What holds of the links from measures and items to clauses: as reviewed, and whether an end changed since.

The one place that knows. The latest review of a link, as known at an instant, says its type, coverage and rationale and
pins the fingerprints of its ends as the reviewer was shown them; of a link without a review all this stands as it was
drawn. A rejected link holds no longer.

A link that holds is suspect where, since the pinning, one of its ends

- was reworded: the fingerprint it has now is not the one that is pinned; or
- was found to read otherwise: a copy of the document was attached of which the place that is cited for the end differs
  or is missing. A link that nobody reviewed was held against no copy, so of its ends every such copy tells.

To look changes nothing: a suspect link is cleared by a new review (planner.writes.link_reviews).
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select, true
from sqlalchemy.orm import Session

from planner.models import Base, Clause, Item, Link, Mandate, Measure
from planner.queries.among import among
from planner.queries.known import Rollback, rollback_to
from planner.queries.links.copies import CopiesOfEnds, DifferingCopy, read_copies
from planner.queries.links.reviews import LinkReviewView, latest_reviews
from planner.queries.links.suspects import ids_of_suspects
from planner.queries.plans import PlanView
from planner.vocabulary import Coverage, LinkState, LinkType, ReviewDecision


@dataclass(frozen=True)
class LinkEnd:
    """A measure, an item or a clause as the end of a link. `title` is what a clause says, restated.

    `pinned` is the fingerprint under which it was reviewed, or linked; `copies` are the attached copies that were found
    since to read otherwise than what is cited for it.
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
        """Whether its wording is another than the one that is pinned."""
        return self.fingerprint != self.pinned

    @property
    def suspect(self) -> bool:
        """Whether it changed since the pinning."""
        return self.reworded or bool(self.copies)

    @property
    def why(self) -> str:
        """What became of it since the pinning, in words; nothing where nothing did."""
        said = [f"the {self.kind} {self.name} was reworded"] if self.reworded else []
        return "; ".join([*said, *(f"{self.kind} {self.name}: {copy.statement}" for copy in self.copies)])


@dataclass(frozen=True)
class SeenLink:
    """A link as somebody was shown it: fingerprints of its ends, its latest review, the copies that read otherwise."""

    near_fingerprint: str
    clause_fingerprint: str
    review: int | None
    copies: tuple[int, ...]


@dataclass(frozen=True)
class LinkStanding:
    """A link as it stands: from a measure or an item (`near`) to a clause, how, how far, and who reviewed it.

    `theme` is the near end's theme by its number, None for a measure of the plan as a whole.
    """

    id: int
    near: LinkEnd
    clause: LinkEnd
    theme: int | None
    type: LinkType
    coverage: Coverage
    rationale: str
    review: LinkReviewView | None

    @property
    def name(self) -> str:
        """What people type: M1.01:merged:duty-5."""
        return f"{self.near.name}:{self.clause.name}"

    @property
    def seen(self) -> SeenLink:
        """What a review of it is held against, so that nobody decides about another wording than they were shown."""
        copies = tuple(copy.span for end in (self.near, self.clause) for copy in end.copies)
        review = self.review.id if self.review else None
        return SeenLink(self.near.fingerprint, self.clause.fingerprint, review, copies)

    @property
    def of_item(self) -> bool:
        """Whether it leads from an item by itself, not from the measure that items carry out."""
        return self.near.kind == "item"

    @property
    def mandate(self) -> str:
        """The key of the clause's mandate version."""
        return self.clause.name.partition(":")[0]

    @property
    def holds(self) -> bool:
        """Whether the near end stands on the clause: not where a reviewer rejected it."""
        return self.review is None or self.review.decision is not ReviewDecision.REJECTED

    @property
    def suspect(self) -> tuple[LinkEnd, ...]:
        """The ends that changed since they were pinned; none of a link that holds no longer."""
        return tuple(end for end in (self.near, self.clause) if end.suspect) if self.holds else ()

    @property
    def state(self) -> LinkState:
        """Where it stands in one word: what is suspect is so whether it was reviewed or not."""
        if self.suspect:
            return LinkState.SUSPECT
        return LinkState.UNREVIEWED if self.review is None else LinkState(self.review.decision.value)

    @property
    def wants_review(self) -> bool:
        """Whether somebody should look at it: nobody did yet, or an end changed since."""
        return self.review is None or bool(self.suspect)


def read_links(
    session: Session, plan: PlanView, known_at: datetime | None = None, *, ids: Collection[int] | None = None
) -> tuple[LinkStanding, ...]:
    """All links of a plan, or those with the ids given, as known at an instant; rejected ones too.

    In the order of measures (then items) and of the clauses of each version.
    """
    return _read(session, plan, known_at, rollback_to(session, known_at), ids)


def rejections(links: Iterable[LinkStanding]) -> str:
    """Which of some links were rejected, by whom and why, in sentences; nothing where none was."""
    rejected = [(link, link.review) for link in links if link.review is not None and not link.holds]
    return " ".join(
        f"The link to {link.clause.name} was rejected by {review.actor}: {_sentence(review.reason or link.rationale)}"
        for link, review in rejected
    )


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?", "。")) else f"{text}."


def read_suspects(session: Session, plan: PlanView, known_at: datetime | None = None) -> tuple[LinkStanding, ...]:
    """The suspect links of a plan as known at an instant. One statement finds them among all; only they are read."""
    back = rollback_to(session, known_at)
    # Of rows that were edited since the instant, the database only knows how they are now.
    edited = {table for table, _ in back.before}
    narrowed = None if edited & _READ else ids_of_suspects(session, known_at)
    return tuple(link for link in _read(session, plan, known_at, back, narrowed) if link.suspect)


_READ = {"link", "measure", "item", "clause", "clause_expression"}


def _read(
    session: Session, plan: PlanView, known_at: datetime | None, back: Rollback, ids: Collection[int] | None
) -> tuple[LinkStanding, ...]:
    chosen = true() if ids is None else among(session, Link.id, ids)
    links: Sequence[Link] = _rows(session, Link, back, and_(_of_plan(plan), chosen))
    if not links:
        return ()
    ends = _Ends.read(session, plan, back, links)
    reviews = latest_reviews(session, [link.id for link in links], known_at)
    copies = read_copies(session, back, known_at)
    found = (ends.standing(link, reviews.get(link.id), copies) for link in links if ends.known(link))
    return tuple(sorted(found, key=ends.place))


def _of_plan(plan: PlanView) -> ColumnElement[bool]:
    measures = select(Measure.id).where(Measure.plan_id == plan.id)
    items = select(Item.id).where(Item.plan_id == plan.id)
    return or_(Link.measure_id.in_(measures), Link.item_id.in_(items))


def _rows(session: Session, model: type[Base], back: Rollback, wanted: ColumnElement[bool]) -> list[Any]:
    return back.rows(list(session.execute(select(model).where(wanted)).scalars()))


@dataclass(frozen=True)
class _Ends:
    """What links lead from and to, as known at an instant, by id."""

    measures: dict[int, Measure]
    items: dict[int, Item]
    clauses: dict[int, Clause]
    mandates: dict[int, str]
    themes: dict[int, int]

    @classmethod
    def read(cls, session: Session, plan: PlanView, back: Rollback, links: Sequence[Link]) -> "_Ends":
        def by_id(model: type[Any], ids: Iterable[int | None]) -> dict[int, Any]:
            wanted = {number for number in ids if number is not None}
            rows = _rows(session, model, back, among(session, model.id, wanted)) if wanted else []
            return {row.id: row for row in rows}

        clauses = by_id(Clause, (link.clause_id for link in links))
        return cls(
            measures=by_id(Measure, (link.measure_id for link in links)),
            items=by_id(Item, (link.item_id for link in links)),
            clauses=clauses,
            mandates={row.id: row.key for row in by_id(Mandate, (row.mandate_id for row in clauses.values())).values()},
            themes={theme.id: theme.number for theme in plan.themes},
        )

    def known(self, link: Link) -> bool:
        """Whether both ends were known."""
        return link.clause_id in self.clauses and self._near(link) is not None

    def standing(self, link: Link, review: LinkReviewView | None, copies: CopiesOfEnds) -> LinkStanding:
        """A link as it stands, from its rows."""
        holds = review or link
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
                holds.near_fingerprint,
                copies.of_citation(near.citation_id, since),
            ),
            clause=LinkEnd(
                "clause",
                clause.id,
                reference,
                clause.restatement,
                clause.fingerprint,
                holds.clause_fingerprint,
                copies.of_clause(clause.id, since),
            ),
            theme=self.themes.get(near.theme_id) if near.theme_id else None,
            type=LinkType(holds.type),
            coverage=Coverage(holds.coverage),
            rationale=holds.rationale,
            review=review,
        )

    def place(self, link: LinkStanding) -> tuple[Any, ...]:
        """Where a link stands among others."""
        clause = self.clauses[link.clause.id]
        measure = self.measures.get(link.near.id) if link.near.kind == "measure" else None
        near = (0, measure.position, "") if measure else (1, 0, link.near.name)
        return (*near, clause.mandate_id, clause.position, link.id)

    def _near(self, link: Link) -> Any:
        return self.items.get(link.item_id) if link.item_id else self.measures.get(link.measure_id or 0)
