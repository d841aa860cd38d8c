"""Read the criterion of an item, which is its measure and the clauses linked to the item or the measure.

All values are taken from the rows of the pack, except the state of links, which planner.queries.links computes.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from planner.base.views import value_class
from planner.domain.vocabulary import NO_MANDATE, Basis, SpanMatch
from planner.evidence.logged import LoggedRow, LoggedRows
from planner.evidence.quotes import CopiedPassage
from planner.queries.links.changes import EndChange, read_link_detail
from planner.queries.links.reviews import LinkReviewView, read_reviews
from planner.queries.links.standing import LinkStanding, read_links
from planner.register.reading import Reading


@value_class
class CitedText:
    """A cited passage in a document, which states a clause or a measure.

    `quotes` are the words of attached copies at this passage, the best match first. `number` is the printed number of
    the clause in this document, or an empty text.
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
    quotes: tuple[CopiedPassage, ...]


@value_class
class CriterionCrosswalk:
    """A crosswalk row in words, with its rationale, seen from one of its clauses.

    `other` and `restatement` are the name and restatement of the other clause. They are None if there is no other.
    """

    statement: str
    rationale: str
    other: str | None
    restatement: str | None


@value_class
class ClauseText:
    """A clause: its name (mandate:key), restatement, parent clause, texts by language, crosswalk rows and findings."""

    name: str
    restatement: str
    fingerprint: str
    part_of: "ClauseText | None"
    texts: tuple[CitedText, ...]
    crosswalk: tuple[CriterionCrosswalk, ...]
    findings: tuple[str, ...]


@value_class
class CriterionLink:
    """A link to a clause, its reviews (oldest first), the clause, and the changes since the last review."""

    link: LinkStanding
    reviews: tuple[LinkReviewView, ...]
    changes: tuple[EndChange, ...]
    clause: ClauseText


@value_class
class CriterionVersion:
    """A mandate version and the links of the item to its clauses.

    `without` is the recorded reason why there is no link, or None.
    """

    key: str
    title: str
    in_force: bool
    links: tuple[CriterionLink, ...]
    without: str | None

    @property
    def holding(self) -> tuple[CriterionLink, ...]:
        """The links that are not rejected."""
        return tuple(one for one in self.links if one.link.holds)


@value_class
class Criterion:
    """The measure of an item, its passage in the plan's text if it has one, and the mandate versions.

    The version in force when the plan was made comes first. An item without a measure has only versions.
    """

    code: str | None
    title: str | None
    restatement: str | None
    basis: Basis | None
    cited: CitedText | None
    findings: tuple[str, ...]
    versions: tuple[CriterionVersion, ...]


def read_criterion(reading: Reading, item_id: int, rows: LoggedRows, quotes: Sequence[CopiedPassage]) -> Criterion:
    """Read the criterion of an item as of a date and as known at an instant."""
    return _Reader(reading.session, reading.plan, reading.point, rows, quotes).criterion(rows.row("item", item_id))


@value_class
class _Reader(Reading):
    rows: LoggedRows
    quotes: Sequence[CopiedPassage]

    def criterion(self, item: LoggedRow) -> Criterion:
        measure = item.values["measure_id"]
        values = self.rows.row("measure", measure).values if measure else {}
        cited, basis = values.get("citation_id"), values.get("basis")
        links = self._links(item.id, measure)
        mandates = [row for row in self.rows.rows("mandate") if row.values["key"] != NO_MANDATE]
        versions = sorted(mandates, key=lambda row: (row.values["key"] != self.plan.mandate, row.id))
        return Criterion(
            code=values.get("code"),
            title=values.get("title"),
            restatement=values.get("restatement"),
            basis=Basis(basis) if basis else None,
            cited=None if cited is None else self._cited(cited),
            findings=self._findings(measure_id=measure) if measure else (),
            versions=tuple(self._version(row, measure, links) for row in versions),
        )

    def _links(self, item: int, measure: int | None) -> list[CriterionLink]:
        """Return the links of the item itself and of its current measure."""
        ends = [(item, None), *([(None, measure)] if measure else [])]
        own = [row.id for row in self.rows.rows("link") if (row.values["item_id"], row.values["measure_id"]) in ends]
        reviews = read_reviews(self, own)
        return [
            CriterionLink(link, reviews.get(link.id, ()), self._changes(link), self._clause(link.clause.id, whole=True))
            for link in read_links(self, ids=own)
        ]

    def _changes(self, link: LinkStanding) -> tuple[EndChange, ...]:
        if not link.suspect:
            return ()
        return read_link_detail(self, link.name).changes

    def _version(self, mandate: LoggedRow, measure: int | None, links: Iterable[CriterionLink]) -> CriterionVersion:
        without = [
            row.values["reason"]
            for row in self.rows.rows("unlinked")
            if (row.values["measure_id"], row.values["mandate_id"]) == (measure, mandate.id)
        ]
        key = mandate.values["key"]
        return CriterionVersion(
            key=key,
            title=mandate.values["title"],
            in_force=key == self.plan.mandate,
            links=tuple(one for one in links if one.link.mandate == key),
            without=without[0] if without else None,
        )

    def _clause(self, number: int, *, whole: bool) -> ClauseText:
        """Return a clause. If `whole` is True, its crosswalk, findings and parent clause are included."""
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

    def _crosswalk(self, clause: int) -> Iterator[CriterionCrosswalk]:
        for row in self.rows.rows("crosswalk_row"):
            ends = (row.values["from_clause_id"], row.values["to_clause_id"])
            if clause not in ends:
                continue
            names = [self._name(end) if end else None for end in ends]
            other = ends[1] if ends[0] == clause else ends[0]
            yield CriterionCrosswalk(
                statement=" ".join(part for part in (names[0], row.values["lineage"], names[1]) if part)
                + f" ({row.values['relation']})",
                rationale=row.values["rationale"],
                other=self._name(other) if other else None,
                restatement=self.rows.row("clause", other).values["restatement"] if other else None,
            )

    def _findings(self, **about: int) -> tuple[str, ...]:
        """Return the statement of each finding about a row once. The row is given as a column name and an id."""
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


# The best match first.
_MATCHES = [match.value for match in SpanMatch]
