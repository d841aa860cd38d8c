"""Write the crosswalk and the links as an OSCAL control mapping (`mapping-collection`; see docs/exports.md).

There is one mapping for each pair of mandate versions, and one for each version with links. Facts for which OSCAL has
no field become properties in our own namespace. No OSCAL term is used for something that it does not mean.
"""

import hashlib
from collections.abc import Iterator, Sequence

from planner.base.errors import NothingToMapError
from planner.base.fingerprints import canonical_json
from planner.domain.symbols import SIMULATED
from planner.domain.vocabulary import SetRelation
from planner.exchange.json_bytes import Json, without_nulls
from planner.exchange.link_sources import place_of_link
from planner.exchange.mapped import Mapped, Row
from planner.exchange.markdown import escaped
from planner.exchange.names import VOCABULARY
from planner.exchange.oscal_parts import entry, gap_summary, prop, props, title_line
from planner.exchange.oscal_resources import resource_uuid, resources
from planner.exchange.versions import Version
from planner.queries.links.standing import LinkEnd, LinkStanding
from planner.store.journal import encoded

OSCAL_VERSION = "1.2.1"
COMPLETE, NOT_COMPLETE, DRAFT = "complete", "not-complete", "draft"

_DESCRIPTION = (
    "What became of each clause from one mandate version to the next, and on which clauses the measures of the plan"
    " stand. Clauses and measures are restated in the words of the register; the official texts are not in this file."
)


def oscal_document(mapped: Mapped) -> Json:
    """Return the whole document.

    Raises NothingToMapError if there is nothing to map, because OSCAL does not allow an empty list of mappings.
    """
    mappings = [*_crosswalks(mapped), *_linkings(mapped)]
    if not mappings:
        raise NothingToMapError(
            "no clause is mapped to another and nothing is linked to one"
            if mapped.plan.has_mandate
            else "this plan has no mandate, so there is nothing to map",
            where="OSCAL",
            do="'planner export skos' writes clauses also without any mapping",
        )
    content: Json = {
        "metadata": _metadata(mapped),
        "provenance": _provenance(mappings),
        "mappings": mappings,
        "back-matter": {"resources": resources(mapped)},
    }
    # The UUID is made from the content, so that it changes exactly when the content changes.
    digest = hashlib.sha256(canonical_json(content)).hexdigest()
    return {"mapping-collection": {"uuid": mapped.names.uuid("oscal", digest), **content}}


def _metadata(mapped: Mapped) -> Json:
    plan = mapped.plan
    simulated = "SIMULATED: " if plan.simulated else ""
    return without_nulls(
        {
            "title": title_line(f"{simulated}Crosswalk and links of {plan.title}"),
            "last-modified": mapped.edition.instant,
            "version": str(mapped.edition.event),
            "oscal-version": OSCAL_VERSION,
            "props": props(prop("plan", plan.key), prop("simulated", "yes" if plan.simulated else "no")),
            "remarks": SIMULATED if plan.simulated else None,
        }
    )


def _provenance(mappings: Sequence[Json]) -> Json:
    methods = {mapping["method"] for mapping in mappings}
    statuses = {mapping["status"] for mapping in mappings}
    return {
        "method": methods.pop() if len(methods) == 1 else "hybrid",
        "matching-rationale": "semantic",
        "status": next(status for status in (DRAFT, NOT_COMPLETE, COMPLETE) if status in statuses),
        "mapping-description": _DESCRIPTION,
    }


def _crosswalks(mapped: Mapped) -> Iterator[Json]:
    for before, after in mapped.pairs:
        rows = mapped.rows_between(before, after)
        maps = [_map_of_row(mapped, row) for row in rows if row.from_key and row.to_key]
        # Withdrawn and new clauses have no mapping. They are listed in the resources, with their reasons.
        if maps:
            yield _crosswalk(mapped, before, after, rows, maps)


def _crosswalk(mapped: Mapped, before: Version, after: Version, rows: Sequence[Row], maps: list[Json]) -> Json:
    place = ("crosswalk", before.key, after.key)
    pairs = [row for row in rows if row.from_key and row.to_key]
    return without_nulls(
        {
            "uuid": mapped.names.uuid(*place),
            "method": "hybrid" if after.drafted else "human",
            "matching-rationale": "semantic",
            "status": NOT_COMPLETE if any(mapped.without_row(before, after)) else COMPLETE,
            "source-resource": _resource(mapped, "mandate", before.key),
            "target-resource": _resource(mapped, "mandate", after.key),
            "maps": maps,
            "props": props(prop("mapping", "crosswalk")),
            "source-gap-summary": _gaps(mapped, place, "source", before.keys_but({row.from_key for row in pairs})),
            "target-gap-summary": _gaps(mapped, place, "target", after.keys_but({row.to_key for row in pairs})),
        }
    )


def _gaps(mapped: Mapped, place: tuple[str, ...], side: str, keys: Sequence[str]) -> Json | None:
    return gap_summary(mapped.names.uuid(*place, "gaps", side), keys)


def _map_of_row(mapped: Mapped, row: Row) -> Json:
    return {
        "uuid": mapped.names.uuid(*row.place),
        "relationship": row.relation.value,
        "sources": [entry(str(row.from_key))],
        "targets": [entry(str(row.to_key))],
        "props": props(prop("lineage", row.lineage.value)),
        "remarks": escaped(row.rationale),
    }


def _resource(mapped: Mapped, kind: str, key: str) -> Json:
    return {"ns": VOCABULARY, "type": kind, "href": f"#{resource_uuid(mapped.names, kind, key)}"}


def _linkings(mapped: Mapped) -> Iterator[Json]:
    for version in mapped.versions:
        links = mapped.links_to(version)
        if links:
            yield _linking(mapped, version, links)


def _linking(mapped: Mapped, version: Version, links: Sequence[LinkStanding]) -> Json:
    place = ("plan", mapped.plan.key, "links", version.key)
    holding = [link for link in links if link.holds]
    near = {link.near.name for link in holding}
    unlinked = [one.code for one in mapped.sources if one.kind == "measure" and one.code not in near]
    bare = version.keys_but({_key(link.clause) for link in holding})
    return without_nulls(
        {
            "uuid": mapped.names.uuid(*place),
            "method": "human",
            "matching-rationale": "functional",
            "status": DRAFT if any(link.wants_review for link in links) else COMPLETE,
            "source-resource": _resource(mapped, "plan", mapped.plan.key),
            "target-resource": _resource(mapped, "mandate", version.key),
            "maps": [_map_of_link(mapped, link) for link in links],
            "props": props(prop("mapping", "links")),
            "source-gap-summary": _gaps(mapped, place, "source", unlinked),
            "target-gap-summary": _gaps(mapped, place, "target", bare),
        }
    )


def _map_of_link(mapped: Mapped, link: LinkStanding) -> Json:
    """Return the mapping of a link.

    A rejected link is no longer valid. It is exported with OSCAL's own term for having no relationship.
    """
    basis = mapped.sources_by_code[link.near.kind, link.near.name].basis
    holds = {"ns": VOCABULARY, "relationship": link.type.value}
    return {
        "uuid": mapped.names.uuid(*place_of_link(mapped.names, link)),
        **(holds if link.holds else {"relationship": SetRelation.NO_RELATIONSHIP.value}),
        "sources": [_end(link, link.near, link.near.name, prop("basis", basis.value))],
        "targets": [_end(link, link.clause, _key(link.clause))],
        "props": _about_link(link),
        "remarks": escaped(link.rationale),
    }


def _key(clause: LinkEnd) -> str:
    return clause.name.partition(":")[2]


def _end(link: LinkStanding, end: LinkEnd, key: str, *more: Json | None) -> Json:
    changed = end.why if end in link.suspect else None
    return entry(key, *more, prop("pinned-fingerprint", end.pinned), prop("changed", changed))


def _about_link(link: LinkStanding) -> list[Json] | None:
    review = link.review
    return props(
        prop("link-type", link.type.value),
        prop("coverage", link.coverage.value),
        prop("state", link.state.value),
        *(
            (
                prop("decision", review.decision.value, remarks=review.reason),
                prop("reviewed-by", review.actor),
                prop("reviewed-at", str(encoded(review.recorded_at))),
            )
            if review
            else ()
        ),
    )
