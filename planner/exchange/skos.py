"""Write clauses, crosswalk and links as SKOS in JSON-LD (see docs/exports.md).

Each mandate version is a concept scheme, and each clause a concept. Relations for which SKOS has a term use this term,
in both directions. Each crosswalk row and each link is also a node of its own with everything recorded about it.
"""

from collections.abc import Iterator, Mapping

from planner.domain.symbols import SIMULATED
from planner.exchange.documents import ExchangedDocument
from planner.exchange.json_bytes import Json, without_nulls
from planner.exchange.mapped import Mapped
from planner.exchange.quotes import Quote
from planner.exchange.skos_clauses import concept, crosswalk_row, scheme
from planner.exchange.skos_context import CONTEXT
from planner.exchange.skos_links import link_node, link_source_node, unlinked_node
from planner.exchange.skos_matches import relations_of_clauses


def skos_document(mapped: Mapped, quotes: Mapping[int, Quote] | None = None) -> Json:
    """Return the whole document.

    If quotes are given (by citation), clauses have their original wording in the languages of the quotes.
    """
    return {"@context": CONTEXT, "@graph": [*_nodes(mapped, quotes or {})]}


def _nodes(mapped: Mapped, quotes: Mapping[int, Quote]) -> Iterator[Json]:
    documents = {document.key: document for version in mapped.versions for document in version.documents}
    yield _register(mapped)
    yield _plan(mapped)
    yield from map(_document, documents.values())
    relations = relations_of_clauses(mapped)
    for version in mapped.versions:
        yield scheme(mapped, version)
        yield from (concept(mapped, version, clause, relations, quotes) for clause in version.clauses)
    yield from (crosswalk_row(mapped, row) for row in mapped.rows)
    yield from (link_source_node(mapped, source) for source in mapped.sources)
    yield from (link_node(mapped, link) for link in mapped.links)
    yield from (unlinked_node(mapped, one) for one in mapped.unlinked)


def _register(mapped: Mapped) -> Json:
    """Return the node that describes the file as a whole."""
    simulated = mapped.plan.simulated
    return without_nulls(
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
    return without_nulls(
        {
            "id": mapped.names.plan(),
            "type": "Plan",
            "notation": plan.key,
            "title": plan.title,
            "inForceWhenMade": mapped.names.mandate(plan.mandate) if plan.has_mandate else None,
        }
    )


def _document(document: ExchangedDocument) -> Json:
    return without_nulls(
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
