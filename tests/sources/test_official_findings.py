"""With all five official texts attached: the program lists every finding known of, and quotes what they rest on."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import groupby, product
from pathlib import Path

import pytest

from planner.base.resources import bundled
from planner.bundle.reader import Bundle, read_bundle
from planner.domain.vocabulary import FINDING_KINDS, ComputedFinding, FindingKind, FindingRank, Lineage, SpanMatch
from planner.queries.findings import FindingView, read_findings
from planner.register.point import Point
from planner.register.reading import Reading
from planner.sources.attach import attach
from planner.sources.cited import read_cited_documents
from planner.sources.files import examine, files_of
from planner.store import making
from planner.store.database import Database
from planner.store.location import parse
from tests.factories import ACTOR, AT, load_bundle, plan_of, writing_by

POINT = Point(date(2020, 9, 1))
PRE_MERGER, MERGED = "pre-merger", "merged"


def computed_of(bundle: Bundle) -> dict[ComputedFinding, int]:
    """How many findings follow from laying the plan over the texts, counted from the data files alone."""
    of_measures = Counter(item.measure for _, item in bundle.items)
    linked = {(link.mandate, link.measure) for link in bundle.links}
    relied_on = {(link.mandate, link.clause) for link in bundle.links}
    idle = [
        clause
        for file in bundle.mandates
        for clause in file.clauses
        if not any(
            (file.mandate.key, part.key) in relied_on for part in file.clauses if clause.key in (part.key, part.parent)
        )
    ]
    (crosswalk,) = bundle.crosswalks
    new = {row.to for row in crosswalk.rows if row.lineage is Lineage.NEW}
    return {
        ComputedFinding.MEASURE_WITHOUT_CLAUSE: len(bundle.without_clause),
        ComputedFinding.ITEM_WITHOUT_CLAUSE: sum(
            number for measure, number in of_measures.items() if (PRE_MERGER, measure) not in linked
        ),
        ComputedFinding.CLAUSE_WITHOUT_MEASURE: len(idle),
        ComputedFinding.MEASURE_WITHOUT_ITEMS: sum(measure.code not in of_measures for measure in bundle.measures),
        ComputedFinding.LINK_UNREVIEWED: len(bundle.links),
        ComputedFinding.NEW_DUTY_RELIED_ON: sum((MERGED, clause) in relied_on for clause in new),
        ComputedFinding.FACTS_WORKING: of_measures.total(),
    }


@pytest.fixture(scope="module")
def bundle() -> Bundle:
    """The bundled plan's data files."""
    return read_bundle(bundled("seeds"))


@pytest.fixture(scope="module")
def attached(tmp_path_factory: pytest.TempPathFactory, bundle: Bundle, official_texts: Path) -> Iterator[Database]:
    """The bundled plan with the five texts attached."""
    database = making.make(parse(str(tmp_path_factory.mktemp("official") / "register.sqlite"), "test"))
    load_bundle(database, bundle)
    with database.writing() as session:
        attach(
            writing_by(session, ACTOR, AT), examine(files_of([official_texts]), read_cited_documents(session)).copies
        )
    yield database
    database.close()


def read(database: Database) -> list[FindingView]:
    with database.reading() as session:
        return read_findings(Reading(session, plan_of(session), POINT))


def test_every_finding_known_of_is_listed_and_no_genuine_copy_differs(attached: Database, bundle: Bundle):
    found = read(attached)
    raised = [finding for finding in found if isinstance(finding.kind, FindingKind)]
    assert {finding.subject for finding in raised} == {form.key for form in bundle.findings}
    listed = [(finding.rank, finding.kind) for finding in found]
    assert [group for group, _ in groupby(listed)] == [
        group for group in product(FindingRank, FINDING_KINDS.values()) if group in listed
    ]
    counted = Counter(finding.kind for finding in found if isinstance(finding.kind, ComputedFinding))
    assert counted == computed_of(bundle)
    assert len({(finding.kind, finding.subject) for finding in found}) == len(found)
    citations = [side.citation for finding in found for side in finding.sides if side.citation]
    assert {citation.match for citation in citations} == {SpanMatch.EXACT}
    assert all(citation.text for citation in citations)


def test_one_changed_letter_of_a_text_is_a_finding_of_its_clause_and_of_the_links_on_it(
    attached: Database, official_texts: Path, tmp_path: Path
):
    with attached.reading() as session:
        documents = read_cited_documents(session)
    document = next(one for one in documents if one.key == "duties-merged-ar")
    copy = next(
        one for one in examine(files_of([official_texts]), documents).copies if one.reading.document.key == document.key
    )
    names = {named.citation_id: named.name for named in document.clauses}
    cited = next(one for one in document.citations if names.get(one.id) == "duty-2")
    altered = tmp_path / "altered.txt"
    altered.write_text(f"{copy.text[: cited.start]}ж{copy.text[cited.start + 1 :]}", encoding="utf-8")
    with attached.writing() as session:
        attach(writing_by(session, ACTOR, AT), examine(files_of([altered]), documents).copies)
    found = read(attached)
    differing = [finding for finding in found if finding.kind is ComputedFinding.COPY_DIFFERS]
    assert "merged:duty-2" in {finding.about.key for finding in differing}
    assert all("Another attached copy has it." in finding.statement for finding in differing)
    suspect = [finding for finding in found if finding.kind is ComputedFinding.LINK_SUSPECT]
    assert suspect
    assert all("duties-merged-ar (ar)" in finding.statement for finding in suspect)
