"""SKOS nodes for measures, linked items and their links to clauses. They use our own terms, because SKOS has none."""

from collections import defaultdict
from collections.abc import Mapping

from planner.domain.vocabulary import LinkType
from planner.exchange.json_bytes import Json, without_nulls
from planner.exchange.link_sources import LinkSource, UnlinkedMeasure, place_of_link
from planner.exchange.mapped import Mapped
from planner.queries.links.standing import LinkStanding
from planner.store.journal import encoded

# Our terms for the relation of a measure or item to a clause.
LINKED: Mapping[LinkType, str] = {
    LinkType.IMPLEMENTS: "implements",
    LinkType.SUPPORTS: "supports",
    LinkType.DERIVED_FROM: "derivedFrom",
}


def link_source_node(mapped: Mapped, source: LinkSource) -> Json:
    """Return the node of a measure or item, with the clauses that it is linked to."""
    names = mapped.names
    return without_nulls(
        {
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
    )


def _linked_clauses(mapped: Mapped, source: LinkSource) -> Mapping[str, list[str]]:
    """Return the clauses that a measure or item is linked to, by type of link. Rejected links are left out."""
    found: dict[str, list[str]] = defaultdict(list)
    for link in mapped.links_from.get((source.kind, source.code), ()):
        if link.holds:
            found[LINKED[link.type]].append(mapped.names.clause(link.clause.name))
    return found


def link_node(mapped: Mapped, link: LinkStanding) -> Json:
    """Return the node of a link. Rejected links are included; their state says that they are not valid."""
    names, review = mapped.names, link.review
    return without_nulls(
        {
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
    )


def unlinked_node(mapped: Mapped, one: UnlinkedMeasure) -> Json:
    """Return the node which says that a measure has no clause in a version, and why."""
    names = mapped.names
    return {
        "id": names.plan("unlinked", one.code, one.mandate),
        "type": "Unlinked",
        "linkFrom": names.plan("measure", one.code),
        "toVersion": names.mandate(one.mandate),
        "reason": one.reason,
    }
