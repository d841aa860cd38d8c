"""The back-matter resources of an OSCAL mapping: mandate versions, the plan, and the documents.

Clauses, measures and items are not controls of an existing OSCAL catalogue, so their texts are given here. Each one is
a property of its resource, with its restatement as remarks. Further properties about it have its key as their group.
"""

from collections.abc import Iterator

from planner.exchange.documents import ExchangedDocument
from planner.exchange.json_bytes import Json, without_nulls
from planner.exchange.link_sources import LinkSource
from planner.exchange.mapped import Mapped, Row
from planner.exchange.markdown import escaped
from planner.exchange.names import Names
from planner.exchange.oscal_parts import prop, props, title_line
from planner.exchange.versions import MappedClause, Version


def resource_uuid(names: Names, kind: str, key: str) -> str:
    """Return the UUID by which the document refers to one of its resources."""
    return names.uuid("resource", kind, key)


def resources(mapped: Mapped) -> list[Json]:
    """Return the mandate versions, the plan if anything is linked, and the documents of the versions."""
    documents = {document.key: document for version in mapped.versions for document in version.documents}
    return [
        *(_mandate(mapped, version) for version in mapped.versions),
        *([_plan(mapped)] if mapped.sources else []),
        *(_document(mapped.names, document) for document in documents.values()),
    ]


def _mandate(mapped: Mapped, version: Version) -> Json:
    in_force = version.in_force_from.isoformat() if version.in_force_from else None
    return without_nulls(
        {
            "uuid": resource_uuid(mapped.names, "mandate", version.key),
            "title": title_line(version.title),
            "description": escaped(version.restatement),
            "props": props(
                prop("mandate", version.key),
                prop("body", version.body),
                prop("body", version.also_body),
                prop("supersedes", version.supersedes),
                prop("in-force-from", in_force),
                *(prop("expression", document.key, kind=document.language) for document in version.documents),
                *(made for clause in version.clauses for made in _clause(clause)),
                *_gaps(mapped, version),
            ),
        }
    )


def _clause(clause: MappedClause) -> Iterator[Json | None]:
    yield prop("clause", clause.key, group=clause.key, remarks=clause.restatement)
    yield prop("parent", clause.parent, group=clause.key)
    yield prop("fingerprint", clause.fingerprint, group=clause.key)
    for printed in clause.printed:
        yield prop("printed-number", printed.number, group=clause.key, kind=printed.language)


def _gaps(mapped: Mapped, version: Version) -> Iterator[Json | None]:
    """Yield, for each clause without a counterpart in another version: withdrawn, new, or without a crosswalk row."""
    for before, after in mapped.pairs:
        rows, unmapped = mapped.rows_between(before, after), mapped.without_row(before, after)
        if version is before:
            yield from (_gap(row, row.from_key, after) for row in rows if not row.to_key)
            yield from (prop("without-row", after.key, group=key) for key in unmapped[0])
        if version is after:
            yield from (_gap(row, row.to_key, before) for row in rows if not row.from_key)
            yield from (prop("without-row", before.key, group=key) for key in unmapped[1])


def _gap(row: Row, key: str | None, other: Version) -> Json | None:
    return prop(row.lineage.value, other.key, group=key, kind=row.relation.value, remarks=row.rationale)


def _plan(mapped: Mapped) -> Json:
    plan = mapped.plan
    return without_nulls(
        {
            "uuid": resource_uuid(mapped.names, "plan", plan.key),
            "title": title_line(plan.title),
            "props": props(
                prop("plan", plan.key),
                prop("in-force-when-made", plan.mandate if plan.has_mandate else None),
                *(made for source in mapped.sources for made in _link_source(source)),
                *(prop("without-clause", one.mandate, group=one.code, remarks=one.reason) for one in mapped.unlinked),
            ),
        }
    )


def _link_source(source: LinkSource) -> Iterator[Json | None]:
    yield prop(source.kind, source.code, group=source.code, remarks=source.restatement)
    yield prop("title", source.title, group=source.code)
    yield prop("basis", source.basis.value, group=source.code)
    yield prop("theme", str(source.theme) if source.theme is not None else None, group=source.code)
    yield prop("of-measure", source.measure, group=source.code)
    yield prop("fingerprint", source.fingerprint, group=source.code)


def _document(names: Names, document: ExchangedDocument) -> Json:
    return without_nulls(
        {
            "uuid": resource_uuid(names, "document", document.key),
            "title": title_line(document.title),
            "props": props(
                prop("document", document.key),
                prop("language", document.language),
                prop("publisher", document.publisher),
                prop("address", document.address),
            ),
            "rlinks": [{"href": document.uri, "hashes": [{"algorithm": "SHA-256", "value": document.sha256}]}],
        }
    )
