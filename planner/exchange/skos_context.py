"""The JSON-LD context of the SKOS file. It is included in the file, so that readers need not fetch anything."""

from typing import Any

from planner.exchange.names import VOCABULARY


def _reference(name: str) -> dict[str, str]:
    return {"@id": name, "@type": "@id"}


def _of_type(name: str, kind: str) -> dict[str, str]:
    return {"@id": name, "@type": f"xsd:{kind}"}


def _by_language(name: str) -> dict[str, str]:
    return {"@id": name, "@container": "@language"}


_REFERENCES = ("hasTopConcept", "topConceptOf", "inScheme", "broader", "narrower")
_MATCHES = ("exactMatch", "closeMatch", "broadMatch", "narrowMatch", "relatedMatch")
# Our own terms: first classes and properties with plain text, then properties that refer to other nodes.
_WORDS = (
    "CrosswalkRow",
    "Item",
    "Link",
    "Measure",
    "Plan",
    "Register",
    "Unlinked",
    "address",
    "basis",
    "body",
    "changed",
    "coverage",
    "decision",
    "event",
    "fingerprint",
    "lineage",
    "linkType",
    "notice",
    "pinnedClauseFingerprint",
    "pinnedNearFingerprint",
    "rationale",
    "reason",
    "relation",
    "reviewedBy",
    "sha256",
    "state",
    "theme",
)
_OWN_REFERENCES = (
    "derivedFrom",
    "expressedIn",
    "fromClause",
    "fromVersion",
    "implements",
    "inForceWhenMade",
    "intersectsWith",
    "linkFrom",
    "linkTo",
    "ofMeasure",
    "ofPlan",
    "supports",
    "toClause",
    "toVersion",
    "withoutRowTo",
)

CONTEXT: dict[str, Any] = {
    "@version": 1.1,
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "planner": VOCABULARY,
    "id": "@id",
    "type": "@type",
    "ConceptScheme": "skos:ConceptScheme",
    "Concept": "skos:Concept",
    "Document": "dcterms:BibliographicResource",
    "notation": "skos:notation",
    "prefLabel": "skos:prefLabel",
    "definition": "skos:definition",
    **{word: _reference(f"skos:{word}") for word in (*_REFERENCES, *_MATCHES)},
    "identifier": "dcterms:identifier",
    "title": "dcterms:title",
    "description": "dcterms:description",
    "language": "dc:language",
    "publisher": "dc:publisher",
    "modified": _of_type("dcterms:modified", "dateTime"),
    "replaces": _reference("dcterms:replaces"),
    "isReplacedBy": _reference("dcterms:isReplacedBy"),
    **{word: f"planner:{word}" for word in _WORDS},
    **{word: _reference(f"planner:{word}") for word in _OWN_REFERENCES},
    "simulated": _of_type("planner:simulated", "boolean"),
    "inForceFrom": _of_type("planner:inForceFrom", "date"),
    "reviewedAt": _of_type("planner:reviewedAt", "dateTime"),
    "printedNumber": _by_language("planner:printedNumber"),
    "wording": _by_language("planner:wording"),
}
