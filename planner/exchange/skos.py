"""Clauses, crosswalk and links as SKOS in JSON-LD (docs/exports.md says what stands where).

Each mandate version is a concept scheme, each clause a concept. What SKOS has a word for is said in that word, from
both ends; each row and each link is also a thing of its own, with all that was recorded of it.
"""

from collections.abc import Iterator, Mapping

from planner.exchange.documents import ExchangedDocument
from planner.exchange.json_bytes import Json, without_nothing
from planner.exchange.mapped import Mapped
from planner.exchange.quotes import Quote
from planner.exchange.skos_clauses import concept, crosswalk_row, scheme
from planner.exchange.skos_context import CONTEXT
from planner.exchange.skos_links import link_node, near_node, unlinked_node
from planner.exchange.skos_matches import said_of_clauses
from planner.marks import SIMULATED


def skos_document(mapped: Mapped, quotes: Mapping[int, Quote] | None = None) -> Json:
    """The whole document. With quotes, by citation, clauses have their wording in the languages of these."""
    return {"@context": CONTEXT, "@graph": [*_nodes(mapped, quotes or {})]}


def _nodes(mapped: Mapped, quotes: Mapping[int, Quote]) -> Iterator[Json]:
    documents = {document.key: document for version in mapped.versions for document in version.documents}
    yield _register(mapped)
    yield _plan(mapped)
    yield from map(_document, documents.values())
    said = said_of_clauses(mapped)
    for version in mapped.versions:
        yield scheme(mapped, version)
        yield from (concept(mapped, version, clause, said, quotes) for clause in version.clauses)
    yield from (crosswalk_row(mapped, row) for row in mapped.rows)
    yield from (near_node(mapped, near) for near in mapped.near)
    yield from (link_node(mapped, link) for link in mapped.links)
    yield from (unlinked_node(mapped, one) for one in mapped.unlinked)


def _register(mapped: Mapped) -> Json:
    """What the file as a whole is."""
    simulated = mapped.plan.simulated
    return without_nothing(
        {
            "id": mapped.names.uri("export", "skos"),
            "type": "Register",
            "title": f"{'SIMULATED: ' if simulated else ''}Crosswalk and links of {mapped.plan.title}",
            "simulated": simulated,
            "notice": SIMULATED if simulated else None,
            "modified": mapped.edition.instant,
            "event": mapped.edition.event,
            "ofPlan": mapped.names.plan(),
        }
    )


def _plan(mapped: Mapped) -> Json:
    plan = mapped.plan
    return {
        "id": mapped.names.plan(),
        "type": "Plan",
        "notation": plan.key,
        "title": plan.title,
        "inForceWhenMade": mapped.names.mandate(plan.mandate),
    }


def _document(document: ExchangedDocument) -> Json:
    return without_nothing(
        {
            "id": document.uri,
            "type": "Document",
            "identifier": document.key,
            "title": document.title,
            "language": document.language,
            "publisher": document.publisher or None,
            "address": document.address,
            "sha256": document.sha256,
        }
    )
