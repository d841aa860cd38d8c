"""Measures and linked items, and their links to clauses, in words of our own: SKOS has none for them."""

from collections import defaultdict
from collections.abc import Mapping

from planner.exchange.json_bytes import Json, without_nothing
from planner.exchange.mapped import Mapped
from planner.exchange.near_ends import NearEnd, UnlinkedMeasure, place_of_link
from planner.journal import encoded
from planner.queries.links.standing import LinkStanding
from planner.vocabulary import LinkType

# What a measure or an item is to a clause.
LINKED: Mapping[LinkType, str] = {
    LinkType.IMPLEMENTS: "implements",
    LinkType.SUPPORTS: "supports",
    LinkType.DERIVED_FROM: "derivedFrom",
}


def near_node(mapped: Mapped, near: NearEnd) -> Json:
    """A measure or an item, and the clauses that it stands on."""
    names = mapped.names
    return without_nothing(
        {
            "id": names.plan(near.kind, near.code),
            "type": near.kind.title(),
            "ofPlan": names.plan(),
            "notation": near.code,
            "title": near.title,
            "description": near.restatement,
            "theme": near.theme,
            "ofMeasure": names.plan("measure", near.measure) if near.measure else None,
            "basis": near.basis.value,
            "fingerprint": near.fingerprint,
            **_stands_on(mapped, near),
        }
    )


def _stands_on(mapped: Mapped, near: NearEnd) -> Mapping[str, list[str]]:
    """The clauses that a measure or an item stands on, by the word for how. Rejected links are left out."""
    found: dict[str, list[str]] = defaultdict(list)
    for link in mapped.links_from.get((near.kind, near.code), ()):
        if link.holds:
            found[LINKED[link.type]].append(mapped.names.clause(link.clause.name))
    return found


def link_node(mapped: Mapped, link: LinkStanding) -> Json:
    """A link as it stands, rejected ones too: its state says whether it holds."""
    names, review = mapped.names, link.review
    return without_nothing(
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
    """That a measure stands on no clause of a version, and why."""
    names = mapped.names
    return {
        "id": names.plan("unlinked", one.code, one.mandate),
        "type": "Unlinked",
        "linkFrom": names.plan("measure", one.code),
        "toVersion": names.mandate(one.mandate),
        "reason": one.reason,
    }
