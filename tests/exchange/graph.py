"""Reads exported JSON-LD as triples, with a reader that is not ours and without a network."""

import json
import warnings
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS, RDF, SKOS, DefinedNamespace
from rdflib.term import Node

from planner.exchange.annotations import CONTEXT
from planner.exchange.names import VOCABULARY
from planner.store.journal import encoded
from tests.exchange.told import ToldGap, ToldLink, ToldRow

PLANNER = Namespace(VOCABULARY)
OA = Namespace("http://www.w3.org/ns/oa#")

# Of the context that the standard publishes, the terms that we use, as it defines them.
ANNOTATION_TERMS: dict[str, Any] = {
    "oa": "http://www.w3.org/ns/oa#",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "dctypes": "http://purl.org/dc/dcmitype/",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "as": "http://www.w3.org/ns/activitystreams#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "id": {"@type": "@id", "@id": "@id"},
    "type": {"@type": "@id", "@id": "@type"},
    "Annotation": "oa:Annotation",
    "SpecificResource": "oa:SpecificResource",
    "TextPositionSelector": "oa:TextPositionSelector",
    "TextQuoteSelector": "oa:TextQuoteSelector",
    "AnnotationCollection": "as:OrderedCollection",
    "AnnotationPage": "as:OrderedCollectionPage",
    "Text": "dctypes:Text",
    "identifying": "oa:identifying",
    "assessing": "oa:assessing",
    "linking": "oa:linking",
    "body": {"@type": "@id", "@id": "oa:hasBody"},
    "target": {"@type": "@id", "@id": "oa:hasTarget"},
    "source": {"@type": "@id", "@id": "oa:hasSource"},
    "selector": {"@type": "@id", "@id": "oa:hasSelector"},
    "state": {"@type": "@id", "@id": "oa:hasState"},
    "motivation": {"@type": "@vocab", "@id": "oa:motivatedBy"},
    "purpose": {"@type": "@vocab", "@id": "oa:hasPurpose"},
    "via": {"@type": "@id", "@id": "oa:via"},
    "exact": "oa:exact",
    "prefix": "oa:prefix",
    "suffix": "oa:suffix",
    "language": "dc:language",
    "label": "rdfs:label",
    "modified": {"@type": "xsd:dateTime", "@id": "dcterms:modified"},
    "start": {"@type": "xsd:nonNegativeInteger", "@id": "oa:start"},
    "end": {"@type": "xsd:nonNegativeInteger", "@id": "oa:end"},
    "total": {"@type": "xsd:nonNegativeInteger", "@id": "as:totalItems"},
    "startIndex": {"@type": "xsd:nonNegativeInteger", "@id": "as:startIndex"},
    "items": {"@type": "@id", "@id": "as:items", "@container": "@list"},
    "partOf": {"@type": "@id", "@id": "as:partOf"},
    "first": {"@type": "@id", "@id": "as:first"},
}


def graph_of(document: dict[str, Any]) -> Graph:
    """A document as triples. Of annotations the standard's context is put in, which readers of them have."""
    context = document["@context"]
    if context == CONTEXT:
        context = [ANNOTATION_TERMS, *CONTEXT[1:]]
    graph = Graph()
    with warnings.catch_warnings():
        # What its own reader makes use of it calls deprecated.
        warnings.filterwarnings("ignore", category=DeprecationWarning, message="ConjunctiveGraph")
        graph.parse(data=json.dumps({**document, "@context": context}), format="json-ld")
    return graph


class SkosFile:
    """A graph of clauses, rows and links."""

    def __init__(self, document: dict[str, Any]) -> None:
        self.graph = graph_of(document)

    def rows(self) -> set[ToldRow]:
        """The rows of the crosswalk."""
        return {
            ToldRow(
                self._key(row, "fromVersion") or "",
                self._key(row, "toVersion") or "",
                self._key(row, "fromClause"),
                self._key(row, "toClause"),
                self.text(row, "lineage") or "",
                self.text(row, "relation") or "",
                self.text(row, "rationale") or "",
            )
            for row in self.of_type(PLANNER.CrosswalkRow)
        }

    def links(self) -> set[ToldLink]:
        """The links, rejected ones too."""
        return {
            ToldLink(
                near=self._key(link, "linkFrom") or "",
                basis=self.text(self.one(link, "linkFrom"), "basis") or "",
                clause=self.reference(self.one(link, "linkTo")),
                type=self.text(link, "linkType") or "",
                coverage=self.text(link, "coverage") or "",
                state=self.text(link, "state") or "",
                rationale=self.text(link, "rationale") or "",
                pinned=(
                    self.text(link, "pinnedNearFingerprint") or "",
                    self.text(link, "pinnedClauseFingerprint") or "",
                ),
                review=(
                    self.text(link, "decision"),
                    self.text(link, "reviewedBy"),
                    self._instant(link, "reviewedAt"),
                    self.text(link, "reason"),
                ),
            )
            for link in self.of_type(PLANNER.Link)
        }

    def unlinked(self) -> set[ToldGap]:
        """The measures without a clause, with the reasons."""
        return {
            ToldGap(self._key(one, "linkFrom") or "", self._key(one, "toVersion") or "", self.text(one, "reason") or "")
            for one in self.of_type(PLANNER.Unlinked)
        }

    def said(self, *words: str, namespace: Namespace | type[DefinedNamespace] = SKOS) -> set[tuple[str, str, str]]:
        """What is said of things in some words, each thing by the last parts of its name."""
        return {
            (self.reference(subject), word, self.reference(other))
            for word in words
            for subject, other in self.graph.subject_objects(namespace[word])
        }

    def of_type(self, kind: URIRef) -> Iterator[Node]:
        """The things of a type."""
        return self.graph.subjects(RDF.type, kind)

    def one(self, subject: Node | None, name: str) -> Node | None:
        """What a word of our own says of a thing, which it says once or not at all."""
        found = list(self.graph.objects(subject, PLANNER[name]))
        assert len(found) <= 1, f"{name} of {subject}: {found}"
        return found[0] if found else None

    def text(self, subject: Node | None, name: str) -> str | None:
        """The same as plain text."""
        found = self.one(subject, name)
        return None if found is None else str(found)

    def _instant(self, subject: Node, name: str) -> str | None:
        found = self.one(subject, name)
        return str(encoded(found.toPython())) if isinstance(found, Literal) else None

    def reference(self, thing: Node | None) -> str:
        """What a thing is called: a clause as in new:duty-3.1, else the last part of its name."""
        if thing is not None and (thing, RDF.type, SKOS.Concept) in self.graph:
            return str(self.graph.value(thing, SKOS.prefLabel))
        return unquote(str(thing).rpartition(":")[2])

    def _key(self, subject: Node, name: str) -> str | None:
        found = self.one(subject, name)
        return unquote(str(found).rpartition(":")[2]) if found is not None else None


__all__ = ["ANNOTATION_TERMS", "DCTERMS", "OA", "PLANNER", "RDF", "SKOS", "Literal", "SkosFile", "graph_of"]
