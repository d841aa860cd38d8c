"""Every cited passage of the official texts, with the facts, clauses and findings that cite it."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from planner.exchange.citation_uses import TABLES as CITATION_USE_TABLES
from planner.exchange.citation_uses import CitationUse, read_citation_uses
from planner.exchange.documents import ExchangedDocument, exchanged_documents
from planner.exchange.edition import Edition, last_edition
from planner.exchange.names import Names
from planner.register.plan_view import PlanView
from planner.register.reading import Reading
from planner.store.models import Citation

# The tables that are read.
TABLES = (*CITATION_USE_TABLES, "citation", "document", "attachment", "attached_span")


@dataclass(frozen=True)
class CitedPlace:
    """A cited passage of a document, with the digests of its words and the things that cite the passage.

    `start` and `end` are in code points of the document's NFC text.
    """

    id: int
    document: ExchangedDocument
    start: int
    end: int
    quoted_sha256: str
    normal_sha256: str
    uses: tuple[CitationUse, ...]


@dataclass(frozen=True)
class CitedPlaces:
    """All cited passages, in the order of the documents and of the passages in them."""

    plan: PlanView
    names: Names
    edition: Edition
    places: tuple[CitedPlace, ...]


def read_cited_places(reading: Reading) -> CitedPlaces:
    """Return every passage that something in a plan's register cites, as known at an instant.

    Passages cited only by a mandate version that is still a proposal are left out, because nothing depends on them yet.
    """
    documents = exchanged_documents(reading)
    uses: dict[int, list[CitationUse]] = defaultdict(list)
    for citation, one in read_citation_uses(reading):
        uses[citation].append(one)
    citations = (row for row in reading.known_rows(Citation) if row.id in uses)
    ordered = sorted(citations, key=lambda row: (row.document_id, row.start_point, row.end_point))
    places = tuple(_places(ordered, documents, uses))
    return CitedPlaces(reading.plan, Names.of(reading.plan), last_edition(reading, TABLES), places)


def _places(
    citations: list[Citation], documents: dict[int, ExchangedDocument], uses: dict[int, list[CitationUse]]
) -> Iterator[CitedPlace]:
    for row in citations:
        yield CitedPlace(
            id=row.id,
            document=documents[row.document_id],
            start=row.start_point,
            end=row.end_point,
            quoted_sha256=row.quoted_sha256,
            normal_sha256=row.normal_sha256,
            uses=tuple(uses[row.id]),
        )
