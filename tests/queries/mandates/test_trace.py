import pytest

from planner.base.errors import UnknownNameError
from planner.domain.vocabulary import Basis, Coverage, Lineage, LinkState, LinkType, SetRelation
from planner.queries.mandates.trace import ClauseTrace, ItemTrace, trace_clause, trace_item
from planner.store.database import Database
from tests.factories import reading_of, report
from tests.linked import link_item, raise_finding
from tests.queries.reads import APRIL, instant


def item_trace(database: Database, code: str, mandate: str | None = None) -> ItemTrace:
    with database.reading() as session:
        return trace_item(reading_of(session, APRIL), code, mandate)


def clause_trace(database: Database, clause: str, mandate: str | None = None) -> ClauseTrace:
    with database.reading() as session:
        return trace_clause(reading_of(session, APRIL), clause, mandate)


def test_an_item_leads_to_its_measure_and_the_text_that_states_it(register: Database):
    trace = item_trace(register, "P-002")
    assert trace.measure is not None
    assert (trace.measure.code, trace.measure.theme, trace.measure.basis) == ("M2.01", 2, Basis.STATED)
    assert trace.measure.restatement == "Open the reading rooms again."
    citation = trace.measure.citation
    assert citation is not None
    assert (citation.document, citation.language, citation.text) == ("plan-ko", "ko", None)
    assert citation.end - citation.start == len("열람실을 다시 열고")


def test_an_item_leads_to_its_clauses_in_both_versions_the_older_first(register: Database):
    trace = item_trace(register, "P-002")
    assert [(version.mandate, version.in_force) for version in trace.mandates] == [("old", True), ("new", False)]
    old, new = (version.links[0] for version in trace.mandates)
    assert (old.clause.reference, old.type, old.coverage) == ("old:duty-2", LinkType.IMPLEMENTS, Coverage.FULL)
    assert (new.clause.reference, new.type, new.coverage) == ("new:duty-2", LinkType.SUPPORTS, Coverage.PARTIAL)
    assert new.rationale == "M2.01 is what duty-2 asks for."


def test_one_version_may_be_asked_for(register: Database):
    assert [version.mandate for version in item_trace(register, "P-002", "new").mandates] == ["new"]


def test_a_clause_is_shown_in_each_of_its_languages_with_the_number_printed_there(register: Database):
    clause = item_trace(register, "P-002", "new").mandates[0].links[0].clause
    assert [(text.language, text.number, text.citation.document) for text in clause.texts] == [
        ("en", "II.", "new-duties-en"),
        ("ar", "(2)", "new-duties-ar"),
    ]
    assert [finding.key for finding in clause.findings] == ["libraries-only-in-arabic"]


def test_the_crosswalk_leads_from_a_clause_to_the_other_version(register: Database):
    clause = item_trace(register, "P-002", "old").mandates[0].links[0].clause
    (row,) = clause.crosswalk
    assert (row.from_clause, row.to_clause) == ("old:duty-2", "new:duty-2")
    assert (row.lineage, row.relation) == (Lineage.MOVED_TO, SetRelation.SUPERSET_OF)
    assert row.rationale == "The archive's part was dropped."


def test_a_measure_without_a_clause_in_a_version_says_why(register: Database):
    old, new = item_trace(register, "T-003").mandates
    assert (old.links, old.without) == ((), "No duty speaks of it.")
    assert ([link.clause.reference for link in new.links], new.without) == (["new:duty-3.1"], None)


def test_a_clause_leads_down_to_its_measures_and_their_items(register: Database):
    report(register, "T-001", as_of=APRIL, percent=40)
    trace = clause_trace(register, "duty-1")
    assert trace.clause.reference == "old:duty-1"
    assert [(link.measure.code, [item.code for item in link.items]) for link in trace.links] == [
        ("M1.01", ["T-001"]),
        ("M1.02", ["T-002", "P-001"]),
    ]
    assert trace.links[0].items[0].actual == 40


@pytest.mark.parametrize(
    ("clause", "mandate", "reference"),
    [
        ("duty-3", None, "old:duty-3"),
        ("new:duty-3", None, "new:duty-3"),
        ("duty-3", "new", "new:duty-3"),
        ("duty-3.1", "new", "new:duty-3.1"),
    ],
)
def test_a_bare_key_is_of_the_plans_own_version(register: Database, clause: str, mandate: str | None, reference: str):
    assert clause_trace(register, clause, mandate).clause.reference == reference


def test_a_clause_with_nothing_behind_it_says_so_and_where_it_went(register: Database):
    trace = clause_trace(register, "old:duty-3")
    assert trace.links == ()
    (row,) = trace.clause.crosswalk
    assert (row.from_clause, row.to_clause, row.lineage) == ("old:duty-3", None, Lineage.WITHDRAWN)


def test_a_new_part_of_a_clause_knows_its_parent_and_that_it_is_new(register: Database):
    clause = clause_trace(register, "new:duty-3.1").clause
    assert clause.parent == "new:duty-3"
    assert [(row.from_clause, row.lineage) for row in clause.crosswalk] == [(None, Lineage.NEW)]


@pytest.mark.parametrize(
    ("clause", "mandate", "told"),
    [
        ("duty-3.1", None, "the mandate version 'old' has no clause 'duty-3.1'"),
        ("new:duty-9", None, "the mandate version 'new' has no clause 'duty-9'"),
        ("", None, "has no clause ''"),
        ("의무-1", None, "has no clause '의무-1'"),
        ("duty-\udcff", None, "has no clause 'duty-?'"),
        ("other:duty-1", None, "no mandate version is called 'other'"),
        ("duty-1", "other", "no mandate version is called 'other'"),
    ],
)
def test_an_unknown_clause_or_version_is_told_so(register: Database, clause: str, mandate: str | None, told: str):
    with pytest.raises(UnknownNameError) as caught:
        clause_trace(register, clause, mandate)
    assert told in caught.value.what


def test_an_unknown_item_or_version_is_told_so(register: Database):
    with pytest.raises(UnknownNameError, match="no item 'T-404'"):
        item_trace(register, "T-404")
    with pytest.raises(UnknownNameError, match="The versions are old and new"):
        item_trace(register, "T-001", "other")


def test_an_item_has_the_findings_about_its_own_measure_and_not_those_about_its_theme(register: Database):
    raise_finding(register, "about-the-theme", "theme", "2")
    raise_finding(register, "about-another-measure", "measure", "M2.01")
    raise_finding(register, "about-the-measure", "measure", "M2.02")
    assert [finding.key for finding in item_trace(register, "T-003").findings] == ["about-the-measure"]


def test_a_clause_of_an_item_is_without_the_findings_about_other_measures_and_themes(register: Database):
    raise_finding(register, "about-another-theme", "theme", "1", "new:duty-2")
    raise_finding(register, "about-another-measure", "measure", "M2.02", "new:duty-2")
    raise_finding(register, "about-its-theme", "theme", "2", "new:duty-2")
    own = ["libraries-only-in-arabic", "about-its-theme"]
    assert [finding.key for finding in item_trace(register, "P-002", "new").mandates[0].links[0].clause.findings] == own
    assert len(clause_trace(register, "new:duty-2").clause.findings) == 4


def test_an_item_that_stands_on_a_clause_by_itself_is_found_from_there(register: Database):
    link_item(register, "T-003", "old:duty-2", instant(2, 1))
    found = clause_trace(register, "old:duty-2")
    (own,) = found.item_links
    assert (own.item.code, own.type, own.coverage) == ("T-003", LinkType.SUPPORTS, Coverage.PARTIAL)
    assert (own.name, own.state) == ("T-003:old:duty-2", LinkState.UNREVIEWED)
    assert "T-003" not in [item.code for link in found.links for item in link.items]
