"""planner findings, as typed."""

import json
from datetime import date

import pytest

from planner.domain.vocabulary import Confidence
from planner.exchange.findings_table import COLUMNS
from tests.factories import ODD_TITLE, report

BOATS = ("clause-without-measure", "old:duty-3")


def test_counts_come_first_and_then_each_finding_with_its_sides(planner, filled):
    done = planner("findings", "--as-of", "2020-04-01")
    assert done.exit_code == 18
    lines = done.out.splitlines()
    assert lines[0] == "Findings: 20 open (5 high, 3 middle, 12 low), 0 accepted"
    assert lines[1] == "        3 open  measure-without-clause"
    assert "! open      M2.02 in old: No clause of old covers 'Old charts'." in done.out
    heads = [line.split(":")[0] for line in lines]
    assert heads.index("measure-without-clause (high)") < heads.index("phrase-in-one-language (middle)")
    assert "! open      libraries-only-in-arabic: The Arabic names libraries beside" in done.out
    assert "    - English (text missing): new:duty-2, new-duties-en" not in lines
    assert (
        lines[heads.index("facts-working (low)") + 1]
        == "! open      5 findings; use --kind facts-working to list these findings"
    )
    assert "not attached" in done.out


def test_what_is_asked_for_by_rank_is_in_full_and_counts_alone(planner, filled):
    middle = planner("findings", "--rank", "middle")
    assert middle.out.startswith("Findings: 3 open (0 high, 3 middle, 0 low), 0 accepted")
    assert "    - English (text missing): new:duty-2, new-duties-en" in middle.out.splitlines()
    low = planner("findings", "--rank", "low", "--kind", "facts-working").out.splitlines()
    assert "    item T-003: Ask the schools for old charts" in low
    none = planner("findings", "--rank", "high", "--kind", "facts-working")
    assert (none.out, none.exit_code) == ("No findings\n", 0)


def test_one_kind_may_be_asked_for_and_counts_alone(planner, filled):
    done = planner("findings", "--kind", "clause-without-measure")
    assert "! open      old:duty-3" in done.out
    assert "Findings: 1 open (1 high, 0 middle, 0 low), 0 accepted" in done.out
    assert "not attached" not in done.out
    assert done.exit_code == 18
    none = planner("findings", "--kind", "duty-dropped")
    assert (none.out, none.exit_code) == ("No findings\n", 0)


def test_many_of_a_kind_are_counted_and_listed_only_where_the_kind_is_asked_for(planner, filled, monkeypatch):
    monkeypatch.setattr("planner.cli.findings.text.SHOWN", 2)
    out = planner("findings").out
    assert "  and 1 more; use --kind measure-without-clause to list all" in out
    assert "M0.01 in new" not in out
    in_full = planner("findings", "--kind", "measure-without-clause").out
    assert "M0.01 in new" in in_full
    assert " more; use --kind" not in in_full
    assert "M2.01:new:duty-2" in planner("findings", "--kind", "link-unreviewed").out


def test_contradictions_are_seen_as_of_a_date_and_no_title_is_taken_for_markup(planner, filled):
    report(filled, "P-002", as_of=date(2020, 2, 3), percent=5, confidence=Confidence.GREEN)
    kind = ("--kind", "confidence-contradicted")
    assert planner("findings", *kind, "--as-of", "2020-02-04").out == "No findings\n"
    out = planner("findings", *kind, "--as-of", "2020-04-01").out
    assert f"'{ODD_TITLE}' was rated green on 2020-02-03 although it is off track" in out
    earlier = planner("findings", *kind, "--as-of", "2020-04-01", "--known-at", "2020-02-01")
    assert (earlier.out, earlier.exit_code) == ("No findings\n", 0)
    assert planner("findings", "--known-at", "2019-01-01").exit_code == 12


def test_json_has_the_same_in_a_versioned_shape(planner, filled):
    document = json.loads(planner("findings", "--format", "json", "--kind", "phrase-in-one-language").out)
    assert (document["kind"], document["version"], document["plan"]) == ("planner-findings", 1, "harbour-2020")
    (finding,) = document["findings"]
    assert finding["kind"] == "phrase-in-one-language"
    assert finding["about"] == {"kind": "clause", "key": "new:duty-2", "title": "Reading rooms are run."}
    shows, lacks = finding["sides"]
    assert (shows["clause"], shows["lacks"], lacks["lacks"]) == ("new:duty-2", False, True)
    assert shows["citation"]["document"] == "new-duties-ar"
    assert shows["citation"]["text"] is None
    assert (finding["acceptance"], finding["lapse"], finding["rank"]) == (None, None, "middle")


def test_an_accepted_finding_is_listed_as_accepted_and_the_exit_code_is_0_where_all_are(planner, filled):
    accepted = planner("findings", "accept", *BOATS, "--until", "+4w", "--reason", "Nobody counts boats now.")
    assert accepted.exit_code == 0
    assert "✓ accepted  old:duty-3" in accepted.out
    only = ("findings", "--kind", BOATS[0])
    done = planner(*only)
    assert done.exit_code == 0
    assert "Findings: 0 open, 1 accepted" in done.out
    assert ": Nobody counts boats now." in done.out
    assert "✓ accepted  old:duty-3" not in planner(*only, "--open").out
    assert "✓ accepted  old:duty-3" in planner(*only, "--accepted").out
    assert "! open" not in planner("findings", "--accepted").out
    assert planner("findings", "--accepted").exit_code == 18
    reopened = json.loads(planner("findings", "reopen", *BOATS, "--reason", "Boats!", "--format", "json").out)
    assert (reopened["kind"], reopened["finding"]["lapse"]["why"]) == ("planner-finding", "reopened")
    assert planner(*only).exit_code == 18
    assert "Reopened by " in planner(*only).out


def test_a_csv_is_described_beside_it_by_the_same_columns(planner, filled, tmp_path):
    planner("findings", "accept", *BOATS, "--until", "2099-12-31", "--reason", "=1+1")
    file = tmp_path / "findings.csv"
    done = planner("findings", "--format", "csv", "-o", str(file))
    assert done.exit_code == 18
    assert done.err.startswith(f"Wrote 20 findings to {file}.\n")
    assert (tmp_path / "findings.csv-metadata.json").exists()
    # To import it takes a second, in each process that collects the tests.
    from frictionless.resources import TableResource

    resource = TableResource(path=file.name, schema="findings.schema.json", basepath=str(tmp_path))
    assert resource.validate().valid
    rows = {(row["kind"], row["subject"]): row for row in resource.read_rows()}
    assert len(rows) == 20
    boats = rows[BOATS]
    assert list(boats)[: len(COLUMNS)] == [column.name for column in COLUMNS]
    assert (boats["state"], boats["accepted_until"], boats["accepted_for"]) == ("accepted", date(2099, 12, 31), "'=1+1")
    assert (boats["about"], boats["about_key"], boats["data"]) == ("clause", "old:duty-3", "register")
    assert planner("findings", "--format", "csv").out.startswith("kind,subject,state,rank,")


def test_attached_texts_are_quoted_in_their_own_language(planner, filled, tmp_path):
    from tests.factories import write_documents

    assert planner("sources", "attach", str(write_documents(tmp_path / "texts"))).exit_code == 0
    out = planner("findings", "--kind", "phrase-in-one-language").out
    assert "      │ والمكتبات" in out
    assert "      │ Run the reading rooms of the town." in out
    assert "not attached" not in out


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (["--kind", "nonsense"], 2, "measure-without-items"),
        (["-o", "findings.txt"], 3, "Use a name that ends in .csv, .json or .html"),
        (["-o", "findings", "--format", "text"], 3, "Give --format csv, json or html"),
        (["--kind", "duty-dropped", "accept", *BOATS, "--until", "+1w", "--reason", "x"], 2, "the command 'accept'"),
        (["accept", "clause-without-measure", "old:duty-9", "--until", "+1w", "--reason", "x"], 4, "--kind clause-wit"),
        (["accept", *BOATS, "--until", "soon", "--reason", "x"], 3, "--until"),
        (["accept", *BOATS, "--until", "+1w"], 2, "--reason"),
        (["reopen", *BOATS, "--reason", "x"], 5, "this finding is already open"),
    ],
)
def test_what_cannot_be_done_is_told(planner, filled, arguments, code, told):
    done = planner("findings", *arguments)
    assert done.exit_code == code
    assert told in done.err
