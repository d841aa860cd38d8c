"""What an OSCAL mapping is between, as resources of its back matter: mandate versions, the plan, the documents.

Clauses, measures and items are not OSCAL controls of some catalogue elsewhere, so what they say stands here: each is a
property of its resource, with its restatement as remarks, and what else there is of it in the group of its key.
"""

from collections.abc import Iterator

from planner.exchange.documents import ExchangedDocument
from planner.exchange.json_bytes import Json, without_nothing
from planner.exchange.mapped import Mapped, Row
from planner.exchange.markdown import escaped
from planner.exchange.names import Names
from planner.exchange.near_ends import NearEnd
from planner.exchange.oscal_parts import prop, props, title_line
from planner.exchange.versions import MappedClause, Version


def resource_uuid(names: Names, kind: str, key: str) -> str:
    """The UUID by which a document refers to one of its resources."""
    return names.uuid("resource", kind, key)


def resources(mapped: Mapped) -> list[Json]:
    """The mandate versions, the plan where something is linked, and the documents that carry the versions."""
    documents = {document.key: document for version in mapped.versions for document in version.documents}
    return [
        *(_mandate(mapped, version) for version in mapped.versions),
        *([_plan(mapped)] if mapped.near else []),
        *(_document(mapped.names, document) for document in documents.values()),
    ]


def _mandate(mapped: Mapped, version: Version) -> Json:
    in_force = version.in_force_from.isoformat() if version.in_force_from else None
    return without_nothing(
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
    """Per clause that is mapped to nothing of another version: that it was withdrawn, is new, or that no row tells."""
    for before, after in mapped.pairs:
        rows, untold = mapped.rows_between(before, after), mapped.without_row(before, after)
        if version is before:
            yield from (_gap(row, row.from_key, after) for row in rows if not row.to_key)
            yield from (prop("without-row", after.key, group=key) for key in untold[0])
        if version is after:
            yield from (_gap(row, row.to_key, before) for row in rows if not row.from_key)
            yield from (prop("without-row", before.key, group=key) for key in untold[1])


def _gap(row: Row, key: str | None, other: Version) -> Json | None:
    return prop(row.lineage.value, other.key, group=key, kind=row.relation.value, remarks=row.rationale)


def _plan(mapped: Mapped) -> Json:
    plan = mapped.plan
    return without_nothing(
        {
            "uuid": resource_uuid(mapped.names, "plan", plan.key),
            "title": title_line(plan.title),
            "props": props(
                prop("plan", plan.key),
                prop("in-force-when-made", plan.mandate),
                *(made for near in mapped.near for made in _near(near)),
                *(prop("without-clause", one.mandate, group=one.code, remarks=one.reason) for one in mapped.unlinked),
            ),
        }
    )


def _near(near: NearEnd) -> Iterator[Json | None]:
    yield prop(near.kind, near.code, group=near.code, remarks=near.restatement)
    yield prop("title", near.title, group=near.code)
    yield prop("basis", near.basis.value, group=near.code)
    yield prop("theme", str(near.theme) if near.theme is not None else None, group=near.code)
    yield prop("of-measure", near.measure, group=near.code)
    yield prop("fingerprint", near.fingerprint, group=near.code)


def _document(names: Names, document: ExchangedDocument) -> Json:
    return without_nothing(
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
