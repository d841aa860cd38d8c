"""planner findings, as typed."""

import json
from datetime import date

from planner.vocabulary import Confidence
from tests.factories import ODD_TITLE, report


def test_findings_are_listed_with_their_sides_and_counted(planner, filled):
    done = planner("findings", "--as-of", "2020-04-01")
    assert done.exit_code == 0
    assert "libraries-only-in-arabic  (phrase-in-one-language)" in done.out
    assert "  - English lacks it: new:duty-2, new-duties-en" in done.out
    assert "  - Old charts: theme 2, measure M2.02, plan-ko" in done.out
    assert "Findings: 6 (1 phrase-in-one-language, 3 measure-without-clause, " in done.out
    assert "not attached" in done.out


def test_one_kind_may_be_asked_for(planner, filled):
    out = planner("findings", "--kind", "clause-without-measure").out
    assert "old:duty-3  (clause-without-measure)" in out
    assert "Findings: 1 (1 clause-without-measure)" in out
    assert "not attached" not in out


def test_no_findings_are_told_so(planner, filled):
    assert planner("findings", "--kind", "duty-dropped").out == "No findings\n"


def test_contradictions_are_seen_as_of_a_date_and_no_title_is_taken_for_markup(planner, filled):
    report(filled, "P-002", as_of=date(2020, 2, 3), percent=5, confidence=Confidence.GREEN)
    kind = ("--kind", "confidence-contradicted")
    assert planner("findings", *kind, "--as-of", "2020-02-04").out == "No findings\n"
    out = planner("findings", *kind, "--as-of", "2020-04-01").out
    assert f"'{ODD_TITLE}' was rated green on 2020-02-03, and is off track" in out


def test_json_has_the_same_in_a_versioned_shape(planner, filled):
    document = json.loads(planner("findings", "--format", "json", "--kind", "phrase-in-one-language").out)
    assert (document["kind"], document["version"], document["plan"]) == ("planner-findings", 1, "harbour-2020")
    (finding,) = document["findings"]
    assert finding["kind"] == "phrase-in-one-language"
    shows, lacks = finding["sides"]
    assert (shows["clause"], shows["lacks"], lacks["lacks"]) == ("new:duty-2", False, True)
    assert shows["citation"]["document"] == "new-duties-ar"
    assert shows["citation"]["text"] is None


def test_attached_texts_are_quoted_in_their_own_language(planner, filled, tmp_path):
    from tests.factories import write_documents

    assert planner("sources", "attach", str(write_documents(tmp_path / "texts"))).exit_code == 0
    out = planner("findings", "--kind", "phrase-in-one-language").out
    assert "    والمكتبات" in out
    assert "    Run the reading rooms of the town." in out
    assert "not attached" not in out


def test_a_kind_that_is_none_is_refused_with_those_there_are(planner, filled):
    done = planner("findings", "--kind", "nonsense")
    assert done.exit_code == 2
    assert "measure-without-items" in done.err
