"""Write the crosswalk and the links as an OSCAL control mapping (`mapping-collection`; see docs/exports.md).

There is one mapping for each pair of mandate versions, and one for each version with links. Facts for which OSCAL has
no field become properties in our own namespace. No OSCAL term is used for something that it does not mean.

Clauses, measures and items are not controls of an existing OSCAL catalogue, so their texts are in the back matter. Each
clause is a property of its version's resource, and each measure or item is a property of the plan's resource, with the
restatement as remarks. Further properties of a clause, measure or item have its key as their group.
"""

import hashlib
from collections.abc import Iterator, Sequence

from planner.base.errors import NothingToMapError
from planner.base.fingerprints import canonical_json
from planner.base.visible_text import one_line
from planner.domain.symbols import SIMULATED
from planner.domain.vocabulary import SetRelation
from planner.exchange.documents import ExchangedDocument
from planner.exchange.json_bytes import Json, without_nulls
from planner.exchange.link_sources import LinkSource, place_of_link
from planner.exchange.mapped import Mapped, Row
from planner.exchange.names import VOCABULARY, Names
from planner.exchange.versions import MappedClause, Version
from planner.pages.markdown import escaped
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
        "back-matter": {"resources": _resources(mapped)},
    }
    # The UUID is made from the content, so that it changes exactly when the content changes.
    digest = hashlib.sha256(canonical_json(content)).hexdigest()
    return {"mapping-collection": {"uuid": mapped.names.uuid("oscal", digest), **content}}


def _metadata(mapped: Mapped) -> Json:
    plan = mapped.plan
    simulated = "SIMULATED: " if plan.simulated else ""
    return without_nulls(
        {
            "title": _title_line(f"{simulated}Crosswalk and links of {plan.title}"),
            "last-modified": mapped.edition.instant,
            "version": str(mapped.edition.event),
            "oscal-version": OSCAL_VERSION,
            "props": _props(_prop("plan", plan.key), _prop("simulated", "yes" if plan.simulated else "no")),
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
    only_before = before.keys_but({row.from_key for row in pairs})
    only_after = after.keys_but({row.to_key for row in pairs})
    return without_nulls(
        {
            "uuid": mapped.names.uuid(*place),
            "method": "hybrid" if after.drafted else "human",
            "matching-rationale": "semantic",
            "status": NOT_COMPLETE if any(mapped.without_row(before, after)) else COMPLETE,
            "source-resource": _resource_reference(mapped, "mandate", before.key),
            "target-resource": _resource_reference(mapped, "mandate", after.key),
            "maps": maps,
            "props": _props(_prop("mapping", "crosswalk")),
            "source-gap-summary": _gap_summary(mapped, place, "source", only_before),
            "target-gap-summary": _gap_summary(mapped, place, "target", only_after),
        }
    )


def _gap_summary(mapped: Mapped, place: tuple[str, ...], side: str, keys: Sequence[str]) -> Json | None:
    """Return the summary of the unmapped sources or targets of a mapping, or None if all are mapped."""
    if not keys:
        return None
    return {"uuid": mapped.names.uuid(*place, "gaps", side), "unmapped-controls": [{"with-ids": list(keys)}]}


def _map_of_row(mapped: Mapped, row: Row) -> Json:
    return {
        "uuid": mapped.names.uuid(*row.place),
        "relationship": row.relation.value,
        "sources": [_entry(str(row.from_key))],
        "targets": [_entry(str(row.to_key))],
        "props": _props(_prop("lineage", row.lineage.value)),
        "remarks": escaped(row.rationale),
    }


def _resource_reference(mapped: Mapped, kind: str, key: str) -> Json:
    return {"ns": VOCABULARY, "type": kind, "href": f"#{_resource_uuid(mapped.names, kind, key)}"}


def _linkings(mapped: Mapped) -> Iterator[Json]:
    for version in mapped.versions:
        # docs/decisions/0130: OSCAL has no term for a link that nobody has confirmed.
        links = [link for link in mapped.links_to(version) if not link.suggested]
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
            "source-resource": _resource_reference(mapped, "plan", mapped.plan.key),
            "target-resource": _resource_reference(mapped, "mandate", version.key),
            "maps": [_map_of_link(mapped, link) for link in links],
            "props": _props(_prop("mapping", "links")),
            "source-gap-summary": _gap_summary(mapped, place, "source", unlinked),
            "target-gap-summary": _gap_summary(mapped, place, "target", bare),
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
        "sources": [_end(link, link.near, link.near.name, _prop("basis", basis.value))],
        "targets": [_end(link, link.clause, _key(link.clause))],
        "props": _about_link(link),
        "remarks": escaped(link.rationale),
    }


def _key(clause: LinkEnd) -> str:
    return clause.name.partition(":")[2]


def _end(link: LinkStanding, end: LinkEnd, key: str, *more: Json | None) -> Json:
    changed = end.why if end in link.suspect else None
    return _entry(key, *more, _prop("pinned-fingerprint", end.pinned), _prop("changed", changed))


def _about_link(link: LinkStanding) -> list[Json] | None:
    review = link.review
    return _props(
        _prop("link-type", link.type.value),
        _prop("coverage", link.coverage.value),
        _prop("state", link.state.value),
        *(
            (
                _prop("decision", review.decision.value, remarks=review.reason),
                _prop("reviewed-by", review.actor),
                _prop("reviewed-at", str(encoded(review.recorded_at))),
            )
            if review
            else ()
        ),
    )


def _resource_uuid(names: Names, kind: str, key: str) -> str:
    """Return the UUID by which the document refers to one of its resources."""
    return names.uuid("resource", kind, key)


def _resources(mapped: Mapped) -> list[Json]:
    """Return the resources of the file: the mandate versions, their documents, and the plan if any item has a link."""
    documents = {document.key: document for version in mapped.versions for document in version.documents}
    return [
        *(_mandate_resource(mapped, version) for version in mapped.versions),
        *([_plan_resource(mapped)] if mapped.sources else []),
        *(_document_resource(mapped.names, document) for document in documents.values()),
    ]


def _mandate_resource(mapped: Mapped, version: Version) -> Json:
    in_force = version.in_force_from.isoformat() if version.in_force_from else None
    return without_nulls(
        {
            "uuid": _resource_uuid(mapped.names, "mandate", version.key),
            "title": _title_line(version.title),
            "description": escaped(version.restatement),
            "props": _props(
                _prop("mandate", version.key),
                _prop("body", version.body),
                _prop("body", version.also_body),
                _prop("supersedes", version.supersedes),
                _prop("in-force-from", in_force),
                *(_prop("expression", document.key, kind=document.language) for document in version.documents),
                *(made for clause in version.clauses for made in _clause_props(clause)),
                *_mandate_gaps(mapped, version),
            ),
        }
    )


def _clause_props(clause: MappedClause) -> Iterator[Json | None]:
    yield _prop("clause", clause.key, group=clause.key, remarks=clause.restatement)
    yield _prop("parent", clause.parent, group=clause.key)
    yield _prop("fingerprint", clause.fingerprint, group=clause.key)
    for printed in clause.printed:
        yield _prop("printed-number", printed.number, group=clause.key, kind=printed.language)


def _mandate_gaps(mapped: Mapped, version: Version) -> Iterator[Json | None]:
    """Yield a property for each clause that is new, withdrawn or without a crosswalk row to another version."""
    for before, after in mapped.pairs:
        rows, unmapped = mapped.rows_between(before, after), mapped.without_row(before, after)
        if version is before:
            yield from (_gap_prop(row, row.from_key, after) for row in rows if not row.to_key)
            yield from (_prop("without-row", after.key, group=key) for key in unmapped[0])
        if version is after:
            yield from (_gap_prop(row, row.to_key, before) for row in rows if not row.from_key)
            yield from (_prop("without-row", before.key, group=key) for key in unmapped[1])


def _gap_prop(row: Row, key: str | None, other: Version) -> Json | None:
    return _prop(row.lineage.value, other.key, group=key, kind=row.relation.value, remarks=row.rationale)


def _plan_resource(mapped: Mapped) -> Json:
    plan = mapped.plan
    return without_nulls(
        {
            "uuid": _resource_uuid(mapped.names, "plan", plan.key),
            "title": _title_line(plan.title),
            "props": _props(
                _prop("plan", plan.key),
                _prop("in-force-when-made", plan.mandate if plan.has_mandate else None),
                *(made for source in mapped.sources for made in _source_props(source)),
                *(_prop("without-clause", one.mandate, group=one.code, remarks=one.reason) for one in mapped.unlinked),
            ),
        }
    )


def _source_props(source: LinkSource) -> Iterator[Json | None]:
    yield _prop(source.kind, source.code, group=source.code, remarks=source.restatement)
    yield _prop("title", source.title, group=source.code)
    yield _prop("basis", source.basis.value, group=source.code)
    yield _prop("theme", str(source.theme) if source.theme is not None else None, group=source.code)
    yield _prop("of-measure", source.measure, group=source.code)
    yield _prop("fingerprint", source.fingerprint, group=source.code)


def _document_resource(names: Names, document: ExchangedDocument) -> Json:
    return without_nulls(
        {
            "uuid": _resource_uuid(names, "document", document.key),
            "title": _title_line(document.title),
            "props": _props(
                _prop("document", document.key),
                _prop("language", document.language),
                _prop("publisher", document.publisher),
                _prop("address", document.address),
            ),
            "rlinks": [{"href": document.uri, "hashes": [{"algorithm": "SHA-256", "value": document.sha256}]}],
        }
    )


def _prop(
    name: str, value: str | None, *, group: str | None = None, kind: str | None = None, remarks: str | None = None
) -> Json | None:
    """Return a property in our own namespace, or None if there is no value.

    `kind` is the property's class. `group` is the key of the clause, measure or item that the property describes. It
    is None if the property describes the object that contains it.
    """
    line = one_line(value) if value else ""
    if not line:
        return None
    parts = {"name": name, "ns": VOCABULARY, "value": line, "class": kind, "group": group}
    return without_nulls({**parts, "remarks": escaped(remarks) if remarks else None})


def _props(*given: Json | None) -> list[Json] | None:
    """Return the properties that are not None.

    Return None if there are none, because OSCAL does not allow an empty list.
    """
    return [one for one in given if one is not None] or None


def _entry(key: str, *properties: Json | None) -> Json:
    """Return the entry of a clause, measure or item in a mapping.

    OSCAL allows only controls and statements as entries. The resource states what the entry really is.
    """
    return without_nulls({"type": "control", "id-ref": key, "props": _props(*properties)})


def _title_line(text: str) -> str:
    """Return a title in the form that OSCAL requires, a single line of Markdown."""
    return escaped(one_line(text))
