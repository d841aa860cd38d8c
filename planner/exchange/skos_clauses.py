"""SKOS nodes for mandate versions (concept schemes), their clauses (concepts), and the rows of the crosswalk."""

from collections.abc import Iterator, Mapping

from planner.exchange.json_bytes import Json, without_nulls
from planner.exchange.mapped import Mapped, Row
from planner.exchange.quotes import Quote
from planner.exchange.skos_matches import Relations
from planner.exchange.versions import MappedClause, Version


def scheme(mapped: Mapped, version: Version) -> Json:
    """Return the node of a mandate version."""
    names = mapped.names
    return without_nulls(
        {
            "id": names.mandate(version.key),
            "type": "ConceptScheme",
            "notation": version.key,
            "title": version.title,
            "description": version.restatement,
            "body": [body for body in (version.body, version.also_body) if body],
            "inForceFrom": version.in_force_from.isoformat() if version.in_force_from else None,
            "replaces": names.mandate(version.supersedes) if version.supersedes else None,
            "isReplacedBy": [names.mandate(one.key) for one in mapped.versions if one.supersedes == version.key]
            or None,
            "expressedIn": [document.uri for document in version.documents] or None,
            "hasTopConcept": [names.clause(one.reference) for one in version.clauses if not one.parent] or None,
        }
    )


def concept(
    mapped: Mapped, version: Version, clause: MappedClause, relations: Relations, quotes: Mapping[int, Quote]
) -> Json:
    """Return the node of a clause: its restatement, its place, and its relations to clauses of other versions."""
    names, in_scheme = mapped.names, mapped.names.mandate(version.key)
    parts = [names.clause(part.reference) for part in version.clauses if part.parent == clause.key]
    wording = {one.language: quotes[one.citation].exact for one in clause.printed if one.citation in quotes}
    return without_nulls(
        {
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
    )


def _without_row_to(mapped: Mapped, version: Version, clause: MappedClause) -> Iterator[str]:
    """Yield the versions to which the crosswalk has no row for a clause."""
    for before, after in mapped.pairs:
        unmapped_before, unmapped_after = mapped.without_row(before, after)
        if version is before and clause.key in unmapped_before:
            yield mapped.names.mandate(after.key)
        if version is after and clause.key in unmapped_after:
            yield mapped.names.mandate(before.key)


def crosswalk_row(mapped: Mapped, row: Row) -> Json:
    """Return the node of a crosswalk row, with lineage, relation and rationale in the register's own terms."""
    names = mapped.names
    return without_nulls(
        {
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
    )
