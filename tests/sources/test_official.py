"""The official texts: all five must be there, and every citation must be true."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from planner.base.resources import bundled
from planner.bundle.reader import read_bundle
from planner.domain.vocabulary import SpanMatch
from planner.sources.cited import CitedDocument, read_cited_documents
from planner.sources.files import Copy, examine, files_of
from planner.sources.placing import find_citations
from planner.sources.report import CopyReport, report_on
from planner.sources.text import NormalText, text_of
from planner.store import making
from planner.store.location import parse
from tests.factories import load_bundle
from tests.sources.samples import resaved, web_page

CLAUSES = {"duties-pre-merger-en": 17, "duties-merged-en": 26, "duties-merged-ko": 26, "duties-merged-ar": 26}
PLAN = "bulletin-2020-ko"
MEASURES = 84
THEMES = 7


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[CitedDocument, ...]]:
    """What the bundled plan cites."""
    file = tmp_path_factory.mktemp("official") / "register.sqlite"
    database = making.make(parse(str(file), "test"))
    load_bundle(database, read_bundle(bundled("seeds")))
    with database.reading() as session:
        yield read_cited_documents(session)
    database.close()


@pytest.fixture(scope="module")
def copies(official_texts: Path, documents: tuple[CitedDocument, ...]) -> dict[str, Copy]:
    """The files of the folder, by the document they were recognised as."""
    examined = examine(files_of([official_texts]), documents)
    return {copy.reading.document.key: copy for copy in examined.copies}


def reports(copies: dict[str, Copy]) -> dict[str, CopyReport]:
    return {key: report_on(copy.reading, copy.file_name, identical=copy.identical) for key, copy in copies.items()}


def test_all_five_are_there_byte_for_byte(documents: tuple[CitedDocument, ...], copies: dict[str, Copy]):
    assert set(copies) == {document.key for document in documents} == {*CLAUSES, PLAN}
    assert all(copy.identical for copy in copies.values())


def test_every_clause_and_every_measure_is_verified(copies: dict[str, Copy]):
    found = reports(copies)
    assert {key: found[key].clauses.verified for key in CLAUSES} == CLAUSES
    assert {key: found[key].parsed for key in CLAUSES} == CLAUSES
    assert (found[PLAN].measures.verified, found[PLAN].measures.total) == (MEASURES, MEASURES)
    assert found[PLAN].parsed == THEMES


def test_every_citation_is_exact_and_the_printed_numbers_go_with_them(copies: dict[str, Copy]):
    for copy in copies.values():
        assert {placed.match for placed in copy.reading.placed} == {SpanMatch.EXACT}
        assert copy.reading.disagreements == ()


@pytest.mark.parametrize("key", [*CLAUSES, PLAN])
@pytest.mark.parametrize("alter", [resaved, web_page], ids=["resaved", "web page"])
def test_a_resaved_copy_is_verified_clause_by_clause(copies: dict[str, Copy], key: str, alter):
    document = copies[key].reading.document
    text = text_of(alter(copies[key].text).encode(), "copy")
    reading = find_citations(NormalText(text), document, identical=False)
    assert report_on(reading, "copy", identical=False).agrees


@pytest.mark.parametrize("key", CLAUSES)
def test_one_changed_letter_makes_one_clause_differ(copies: dict[str, Copy], key: str):
    document, text = copies[key].reading.document, copies[key].text
    names = {named.citation_id: named.name for named in document.clauses}
    for clause in (one for one in document.citations if one.number is not None):
        copy = text[: clause.start] + "ж" + text[clause.start + 1 :]
        report = report_on(find_citations(NormalText(copy), document, identical=False), "copy", identical=False)
        assert report.clauses.differing == (names[clause.id],)
        assert report.clauses.verified == CLAUSES[key] - 1
