"""The criterion: on what authority an item is in the plan. Its measure, and the clauses that the measure is linked to.

All of it as the rows of the pack have it; only what holds of a link is read (planner.queries.links).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from planner.evidence.logged import LoggedRow, LoggedRows
from planner.evidence.quotes import Quote
from planner.queries.links.changes import EndChange, read_link_detail
from planner.queries.links.reviews import LinkReviewView, read_reviews
from planner.queries.links.standing import LinkStanding, read_links
from planner.queries.plans import PlanView
from planner.queries.point import Point
from planner.vocabulary import Basis, SpanMatch


@dataclass(frozen=True)
class CitedText:
    """A place in a document that states something. `quotes` are what attached copies say there, the best match first.

    `number` is what a clause bears in this language; nothing for what has none.
    """

    number: str
    language: str
    document: str
    title: str
    publisher: str
    address: str | None
    document_sha256: str
    start: int
    end: int
    quoted_sha256: str
    quotes: tuple[Quote, ...]


@dataclass(frozen=True)
class Correspondence:
    """A row of the crosswalk in words, why it is so, and the clause at the other end, if there is one."""

    statement: str
    rationale: str
    other: str | None
    restatement: str | None


@dataclass(frozen=True)
class ClauseText:
    """A clause by its name (mandate:key), restated, in its languages; the clause it is a part of; what became of it."""

    name: str
    restatement: str
    fingerprint: str
    part_of: "ClauseText | None"
    texts: tuple[CitedText, ...]
    crosswalk: tuple[Correspondence, ...]
    findings: tuple[str, ...]


@dataclass(frozen=True)
class LinkedClause:
    """A link with its reviews, oldest first, what changed since the last of them, and its clause."""

    link: LinkStanding
    reviews: tuple[LinkReviewView, ...]
    changes: tuple[EndChange, ...]
    clause: ClauseText


@dataclass(frozen=True)
class Version:
    """A mandate version, and what the item stands on in it; `without` says why there is nothing."""

    key: str
    title: str
    in_force: bool
    links: tuple[LinkedClause, ...]
    without: str | None

    @property
    def holding(self) -> tuple[LinkedClause, ...]:
        """The links that nobody rejected."""
        return tuple(one for one in self.links if one.link.holds)


@dataclass(frozen=True)
class Criterion:
    """The measure that an item carries out, where the plan's text says so, and the mandate versions.

    The version in force when the plan was made comes first.
    """

    code: str
    title: str
    restatement: str
    basis: Basis
    cited: CitedText | None
    findings: tuple[str, ...]
    versions: tuple[Version, ...]


def read_criterion(
    session: Session, plan: PlanView, point: Point, item_id: int, rows: LoggedRows, quotes: Sequence[Quote]
) -> Criterion:
    """The criterion of an item as known at a point."""
    return _Reader(session, plan, point, rows, quotes).criterion(rows.row("item", item_id))


@dataclass(frozen=True)
class _Reader:
    session: Session
    plan: PlanView
    point: Point
    rows: LoggedRows
    quotes: Sequence[Quote]

    def criterion(self, item: LoggedRow) -> Criterion:
        measure = self.rows.row("measure", item.values["measure_id"])
        values, cited = measure.values, measure.values["citation_id"]
        links = self._links(item.id, measure.id)
        versions = sorted(self.rows.rows("mandate"), key=lambda row: (row.values["key"] != self.plan.mandate, row.id))
        return Criterion(
            code=values["code"],
            title=values["title"],
            restatement=values["restatement"],
            basis=Basis(values["basis"]),
            cited=None if cited is None else self._cited(cited),
            findings=self._findings(measure_id=measure.id),
            versions=tuple(self._version(row, measure.id, links) for row in versions),
        )

    def _links(self, item: int, measure: int) -> list[LinkedClause]:
        """The links of the item itself and of the measure it carries out now."""
        own = [
            row.id
            for row in self.rows.rows("link")
            if (row.values["item_id"], row.values["measure_id"]) in ((item, None), (None, measure))
        ]
        reviews = read_reviews(self.session, own, self.point.known_at)
        return [
            LinkedClause(link, reviews.get(link.id, ()), self._changes(link), self._clause(link.clause.id, whole=True))
            for link in read_links(self.session, self.plan, self.point.known_at, ids=own)
        ]

    def _changes(self, link: LinkStanding) -> tuple[EndChange, ...]:
        if not link.suspect:
            return ()
        return read_link_detail(self.session, self.plan, link.name, self.point.known_at).changes

    def _version(self, mandate: LoggedRow, measure: int, links: Iterable[LinkedClause]) -> Version:
        without = [
            row.values["reason"]
            for row in self.rows.rows("unlinked")
            if (row.values["measure_id"], row.values["mandate_id"]) == (measure, mandate.id)
        ]
        key = mandate.values["key"]
        return Version(
            key=key,
            title=mandate.values["title"],
            in_force=key == self.plan.mandate,
            links=tuple(one for one in links if one.link.mandate == key),
            without=without[0] if without else None,
        )

    def _clause(self, number: int, *, whole: bool) -> ClauseText:
        """A clause; as a whole with its crosswalk and findings and the clause it is a part of."""
        values = self.rows.row("clause", number).values
        parent = values["parent_id"]
        texts = [row.values for row in self._of("clause_expression", "clause_id", number)]
        return ClauseText(
            name=self._name(number),
            restatement=values["restatement"],
            fingerprint=values["fingerprint"],
            part_of=self._clause(parent, whole=False) if whole and parent else None,
            texts=tuple(self._cited(text["citation_id"], text["printed_number"]) for text in texts),
            crosswalk=tuple(self._crosswalk(number)) if whole else (),
            findings=self._findings(clause_id=number) if whole else (),
        )

    def _crosswalk(self, clause: int) -> Iterator[Correspondence]:
        for row in self.rows.rows("crosswalk_row"):
            ends = (row.values["from_clause_id"], row.values["to_clause_id"])
            if clause not in ends:
                continue
            names = [self._name(end) if end else None for end in ends]
            other = ends[1] if ends[0] == clause else ends[0]
            yield Correspondence(
                statement=" ".join(part for part in (names[0], row.values["lineage"], names[1]) if part)
                + f" ({row.values['relation']})",
                rationale=row.values["rationale"],
                other=self._name(other) if other else None,
                restatement=self.rows.row("clause", other).values["restatement"] if other else None,
            )

    def _findings(self, **about: int) -> tuple[str, ...]:
        """What the texts themselves raise about rows, each named by its column; a finding once."""
        sides = [row for column, number in about.items() for row in self._of("finding_side", column, number)]
        found = {row.values["finding_id"] for row in sides}
        return tuple(self.rows.row("text_finding", finding).values["statement"] for finding in sorted(found))

    def _name(self, clause: int) -> str:
        values = self.rows.row("clause", clause).values
        return f"{self.rows.row('mandate', values['mandate_id']).values['key']}:{values['key']}"

    def _cited(self, citation: int, number: str = "") -> CitedText:
        cited = self.rows.row("citation", citation).values
        document = self.rows.row("document", cited["document_id"]).values
        quotes = [quote for quote in self.quotes if quote.citation == citation]
        return CitedText(
            number=number,
            language=document["language"],
            document=document["key"],
            title=document["title"],
            publisher=document["publisher"],
            address=document["address"],
            document_sha256=document["sha256"],
            start=cited["start_point"],
            end=cited["end_point"],
            quoted_sha256=cited["quoted_sha256"],
            quotes=tuple(sorted(quotes, key=lambda quote: (_MATCHES.index(quote.match), quote.span))),
        )

    def _of(self, table: str, column: str, number: Any) -> Iterator[LoggedRow]:
        return (row for row in self.rows.rows(table) if row.values[column] == number)


# The better match first.
_MATCHES = [match.value for match in SpanMatch]
