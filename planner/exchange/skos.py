"""Write clauses, crosswalk and links as SKOS in JSON-LD (see docs/exports.md).

Each mandate version is a concept scheme, and each clause a concept. Relations for which SKOS has a term use this term,
in both directions. Each crosswalk row and each link is also a node of its own with everything recorded about it.
Measures, items and links use our own terms, because SKOS has none for them.
"""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files

from planner.domain.symbols import SIMULATED
from planner.domain.vocabulary import LinkType, SetRelation
from planner.exchange.documents import ExchangedDocument
from planner.exchange.json_bytes import Json, without_nulls
from planner.exchange.link_sources import LinkSource, UnlinkedMeasure, place_of_link
from planner.exchange.mapped import Mapped, Row
from planner.exchange.quotes import Quote
from planner.exchange.versions import MappedClause, Version
from planner.queries.links.standing import LinkStanding
from planner.store.journal import encoded

# Our terms for the relation of a measure or item to a clause.
_LINKED: Mapping[LinkType, str] = {
    LinkType.IMPLEMENTS: "implements",
    LinkType.SUPPORTS: "supports",
    LinkType.DERIVED_FROM: "derivedFrom",
}

# The SKOS term for each relation, as seen from the earlier clause and from the later one. SKOS names the other end: a
# subset of the later clause has that clause as its broader match. `equivalent-to` is a close match, because SKOS treats
# exactMatch as transitive and would extend it from clause to clause.
_MATCHES: Mapping[SetRelation, tuple[str, str]] = {
    SetRelation.EQUAL_TO: ("exactMatch", "exactMatch"),
    SetRelation.EQUIVALENT_TO: ("closeMatch", "closeMatch"),
    SetRelation.SUBSET_OF: ("broadMatch", "narrowMatch"),
    SetRelation.SUPERSET_OF: ("narrowMatch", "broadMatch"),
}

# SKOS has no term for an overlap. Its nearest term is allowed only if neither concept is below the other.
_OVERLAP, _NEAREST = "intersectsWith", "relatedMatch"

_Relations = Mapping[str, Mapping[str, list[str]]]


def skos_document(mapped: Mapped, quotes: Mapping[int, Quote] | None = None) -> Json:
    """Return the whole document.

    `quotes` maps ids of citations to quotes. With quotes, clauses are also given in their original wording.
    """
    return {"@context": context(), "@graph": [*map(without_nulls, _nodes(mapped, quotes or {}))]}


@cache
def context() -> Json:
    """Return the JSON-LD context. The file includes it, so that readers need not fetch anything."""
    read: Json = json.loads(files("planner.exchange").joinpath("skos_context.json").read_bytes())
    return read


def _nodes(mapped: Mapped, quotes: Mapping[int, Quote]) -> Iterator[Json]:
    documents = {document.key: document for version in mapped.versions for document in version.documents}
    yield _register(mapped)
    yield _plan(mapped)
    yield from map(_document, documents.values())
    relations = _relations_of_clauses(mapped)
    for version in mapped.versions:
        yield _scheme(mapped, version)
        yield from (_concept(mapped, version, clause, relations, quotes) for clause in version.clauses)
    yield from (_crosswalk_row(mapped, row) for row in mapped.rows)
    yield from (_link_source_node(mapped, source) for source in mapped.sources)
    yield from (_link_node(mapped, link) for link in mapped.links)
    yield from (_unlinked_node(mapped, one) for one in mapped.unlinked)


def _register(mapped: Mapped) -> Json:
    """Return the node that describes the file as a whole."""
    simulated = mapped.plan.simulated
    return {
        "id": mapped.names.uri("export", "skos"),
        "type": "Register",
        "title": f"{'SIMULATED: ' if simulated else ''}Crosswalk and links of {mapped.plan.title}",
        "simulated": simulated,
        "notice": SIMULATED if simulated else None,
        "modified": mapped.edition.instant,
        "event": mapped.edition.event,
        "ofPlan": mapped.names.plan(),
    }


def _plan(mapped: Mapped) -> Json:
    plan = mapped.plan
    return {
        "id": mapped.names.plan(),
        "type": "Plan",
        "notation": plan.key,
        "title": plan.title,
        "inForceWhenMade": mapped.names.mandate(plan.mandate) if plan.has_mandate else None,
    }


def _document(document: ExchangedDocument) -> Json:
    return {
        "id": document.uri,
        "type": "Document",
        "identifier": document.key,
        "title": document.title,
        "language": document.language,
        "publisher": document.publisher or None,
        "address": document.address,
        "sha256": document.sha256,
    }


def _scheme(mapped: Mapped, version: Version) -> Json:
    """Return the node of a mandate version."""
    names = mapped.names
    return {
        "id": names.mandate(version.key),
        "type": "ConceptScheme",
        "notation": version.key,
        "title": version.title,
        "description": version.restatement,
        "body": [body for body in (version.body, version.also_body) if body],
        "inForceFrom": version.in_force_from.isoformat() if version.in_force_from else None,
        "replaces": names.mandate(version.supersedes) if version.supersedes else None,
        "isReplacedBy": [names.mandate(one.key) for one in mapped.versions if one.supersedes == version.key] or None,
        "expressedIn": [document.uri for document in version.documents] or None,
        "hasTopConcept": [names.clause(one.reference) for one in version.clauses if not one.parent] or None,
    }


def _concept(
    mapped: Mapped, version: Version, clause: MappedClause, relations: _Relations, quotes: Mapping[int, Quote]
) -> Json:
    """Return the JSON-LD node of a clause: its texts, its place in its version, and its relations to other versions."""
    names, in_scheme = mapped.names, mapped.names.mandate(version.key)
    parts = [names.clause(part.reference) for part in version.clauses if part.parent == clause.key]
    wording = {one.language: quotes[one.citation].exact for one in clause.printed if one.citation in quotes}
    return {
        "id": names.clause(clause.reference),
        "type": "Concept",
        "notation": clause.key,
        "prefLabel": clause.reference,
        "definition": clause.restatement,
        "inScheme": in_scheme,
        "topConceptOf": None if clause.parent else in_scheme,
        "broader": names.clause(f"{version.key}:{clause.parent}") if clause.parent else None,
        "narrower": parts or None,
        "printedNumber": {one.language: one.number for one in clause.printed if one.number} or None,
        "fingerprint": clause.fingerprint,
        "wording": wording or None,
        **relations.get(clause.reference, {}),
        "withoutRowTo": [*_without_row_to(mapped, version, clause)] or None,
    }


def _without_row_to(mapped: Mapped, version: Version, clause: MappedClause) -> Iterator[str]:
    """Yield the URI of each mandate version that is mapped to the clause's version, but has no row for the clause.

    Two versions are mapped to each other if a crosswalk row connects them, or if one supersedes the other.
    """
    for before, after in mapped.pairs:
        unmapped_before, unmapped_after = mapped.without_row(before, after)
        if version is before and clause.key in unmapped_before:
            yield mapped.names.mandate(after.key)
        if version is after and clause.key in unmapped_after:
            yield mapped.names.mandate(before.key)


def _crosswalk_row(mapped: Mapped, row: Row) -> Json:
    """Return the node of a crosswalk row, with lineage, relation and rationale in the register's own terms."""
    names = mapped.names
    return {
        "id": names.uri(*row.place),
        "type": "CrosswalkRow",
        "fromVersion": names.mandate(row.before),
        "toVersion": names.mandate(row.after),
        "fromClause": names.clause(row.from_clause) if row.from_clause else None,
        "toClause": names.clause(row.to_clause) if row.to_clause else None,
        "lineage": row.lineage.value,
        "relation": row.relation.value,
        "rationale": row.rationale,
    }


def _link_source_node(mapped: Mapped, source: LinkSource) -> Json:
    """Return the node of a measure or item, with the clauses that it is linked to."""
    names = mapped.names
    return {
        "id": names.plan(source.kind, source.code),
        "type": source.kind.title(),
        "ofPlan": names.plan(),
        "notation": source.code,
        "title": source.title,
        "description": source.restatement,
        "theme": source.theme,
        "ofMeasure": names.plan("measure", source.measure) if source.measure else None,
        "basis": source.basis.value,
        "fingerprint": source.fingerprint,
        **_linked_clauses(mapped, source),
    }


def _linked_clauses(mapped: Mapped, source: LinkSource) -> Mapping[str, list[str]]:
    """Return the clauses that a measure or item is linked to, by type of link. Rejected links are left out."""
    found: dict[str, list[str]] = defaultdict(list)
    for link in mapped.links_from.get((source.kind, source.code), ()):
        if link.holds:
            found[_LINKED[link.type]].append(mapped.names.clause(link.clause.name))
    return found


def _link_node(mapped: Mapped, link: LinkStanding) -> Json:
    """Return the node of a link. Rejected links are included; their state says that they are not valid."""
    names, review = mapped.names, link.review
    return {
        "id": names.uri(*place_of_link(names, link)),
        "type": "Link",
        "linkFrom": names.plan(link.near.kind, link.near.name),
        "linkTo": names.clause(link.clause.name),
        "linkType": link.type.value,
        "coverage": link.coverage.value,
        "state": link.state.value,
        "rationale": link.rationale,
        "pinnedNearFingerprint": link.near.pinned,
        "pinnedClauseFingerprint": link.clause.pinned,
        "changed": [end.why for end in link.suspect] or None,
        "decision": review.decision.value if review else None,
        "reviewedBy": review.actor if review else None,
        "reviewedAt": str(encoded(review.recorded_at)) if review else None,
        "reason": review.reason if review else None,
    }


def _unlinked_node(mapped: Mapped, one: UnlinkedMeasure) -> Json:
    """Return the node of a measure that is recorded as having no clause in a version, with the reason."""
    names = mapped.names
    return {
        "id": names.plan("unlinked", one.code, one.mandate),
        "type": "Unlinked",
        "linkFrom": names.plan("measure", one.code),
        "toVersion": names.mandate(one.mandate),
        "reason": one.reason,
    }


def _relations_of_clauses(mapped: Mapped) -> _Relations:
    """Return, for each clause and SKOS term, the URIs of the clauses to which this term relates it."""
    above = _clauses_above(mapped)
    relations: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for row in mapped.rows:
        if row.from_clause and row.to_clause:
            for from_word, to_word in _terms(row, above):
                relations[row.from_clause][from_word].append(mapped.names.clause(row.to_clause))
                relations[row.to_clause][to_word].append(mapped.names.clause(row.from_clause))
    return relations


def _terms(row: Row, above: Mapping[str | None, set[str]]) -> Iterator[tuple[str, str]]:
    """Yield pairs of SKOS terms for a crosswalk row: from the earlier clause to the later, and for the reverse."""
    if row.relation in _MATCHES:
        yield _MATCHES[row.relation]
    elif row.relation is SetRelation.INTERSECTS_WITH:
        yield _OVERLAP, _OVERLAP
        if row.to_clause not in above[row.from_clause] and row.from_clause not in above[row.to_clause]:
            yield _NEAREST, _NEAREST
    yield "isReplacedBy", "replaces"


def _clauses_above(mapped: Mapped) -> Mapping[str | None, set[str]]:
    """Return all clauses above each clause: its parents, the clauses that include it, and all clauses above those.

    SKOS (S27) forbids `related` between two concepts if one is above the other by any number of steps.
    """
    next_above: dict[str, set[str]] = defaultdict(set)
    for version in mapped.versions:
        for clause in version.clauses:
            if clause.parent:
                next_above[clause.reference].add(f"{version.key}:{clause.parent}")
    for row in mapped.rows:
        if row.from_clause and row.to_clause and row.relation is SetRelation.SUBSET_OF:
            next_above[row.from_clause].add(row.to_clause)
        if row.from_clause and row.to_clause and row.relation is SetRelation.SUPERSET_OF:
            next_above[row.to_clause].add(row.from_clause)
    return defaultdict(set, {clause: _reached(clause, next_above) for clause in next_above})


def _reached(clause: str, next_above: Mapping[str, set[str]]) -> set[str]:
    reached: set[str] = set()
    left = [clause]
    while left:
        for one in next_above.get(left.pop(), set()) - reached:
            reached.add(one)
            left.append(one)
    return reached
