"""docs/exports.md names every word of ours that stands in an exported file."""

import re
from pathlib import Path
from typing import Any

from planner.exchange.annotations import annotations_document
from planner.exchange.cited import read_cited_places
from planner.exchange.mapped import read_mapped
from planner.exchange.names import VOCABULARY
from planner.exchange.oscal import oscal_document
from planner.exchange.quotes import read_quotes
from planner.exchange.skos import context
from planner.sources.attach import attach
from planner.sources.cited import read_cited_documents
from planner.sources.files import examine, files_of
from planner.store.database import Database
from tests.exchange.test_mapped import decide
from tests.factories import ACTOR, reading_of, write_documents, writing_by
from tests.linked import on

PAGE = (Path(__file__).parents[2] / "docs" / "exports.md").read_text(encoding="utf-8")
NAMED = {word for code in re.findall(r"`([^`]+)`", PAGE) for word in (code, *code.split())}
# What every program that reads JSON-LD knows, and the prefixes that words are shortened by.
_OF_JSON_LD = {"@version", "id", "type", "dc", "dcterms", "planner", "skos", "xsd"}


def test_every_property_of_ours_in_oscal_is_named(sqlite_register: Database):
    decide(sqlite_register)
    with sqlite_register.reading() as session:
        document = oscal_document(read_mapped(reading_of(session)))
    names = {prop["name"] for prop in _properties(document)}
    assert len(names) > 20
    assert names - NAMED == set()


def _properties(part: Any) -> list[dict[str, Any]]:
    if isinstance(part, list):
        return [prop for one in part for prop in _properties(one)]
    if not isinstance(part, dict):
        return []
    return [*part.get("props", ()), *(prop for one in part.values() for prop in _properties(one))]


def test_every_word_of_the_context_of_skos_is_named():
    assert set(context()) - _OF_JSON_LD - NAMED == set()
    assert context()["planner"] == VOCABULARY


def test_every_word_of_ours_in_annotations_is_named(sqlite_register: Database, tmp_path: Path):
    with sqlite_register.writing() as session:
        copies = examine(files_of([write_documents(tmp_path)]), read_cited_documents(session)).copies
        attach(writing_by(session, ACTOR, on(2)), copies)
    with sqlite_register.reading() as session:
        cited = read_cited_places(reading_of(session))
        document = annotations_document(
            cited, read_quotes(reading_of(session, known_at=None), [place.id for place in cited.places])
        )
    ours = set(re.findall(r"planner:[A-Za-z0-9]+(?=')", repr(document)))
    assert len(ours) > 10
    assert ours - NAMED - {"planner:vocabulary"} == set()
