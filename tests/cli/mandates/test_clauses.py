"""planner clauses and planner matrix, as typed."""

import csv
import io
import json
from datetime import UTC, date, datetime

import pytest
from rich.console import Console
from sqlalchemy import make_url

from tests.factories import make_small_demonstration
from tests.queries.finding_reads import attach


def rows(out: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(out, newline="")))


def test_clauses_are_listed_per_version_with_their_gaps(planner, filled):
    out = planner("clauses").out
    assert "old, in force when the plan was made: Duties of the Harbour Office" in out
    lines = [" ".join(line.split()) for line in out.splitlines()]
    assert any(line.startswith("duty-1 2 3 0%") for line in lines)
    assert any(line.startswith("! duty-3 0 0 – –") for line in lines)
    assert any(
        line.startswith("! M2.02 1 1") and line.endswith("No clause covers this measure: Old charts") for line in lines
    )
    assert "  duty-3.1" in out
    assert "3 gaps (!)" in out


def test_one_version_may_be_asked_for(planner, filled):
    assert "Duties of the Harbour Office\n" not in planner("clauses", "--mandate", "new").out
    done = planner("clauses", "--mandate", "newer")
    assert done.exit_code == 4
    assert "no mandate version is called 'newer'" in done.err


def test_json_has_clauses_with_the_items_behind_them_and_measures_without_a_clause(planner, filled):
    planner("update", "T-001", "--percent", "60", "--as-of", "2020-04-01")
    document = json.loads(planner("clauses", "--as-of", "2020-04-02", "--format", "json").out)
    assert document["kind"] == "planner-clauses"
    old, new = document["clauses"]
    first = old["clauses"][0]
    assert (first["clause"], first["items"], first["percent"]) == ("old:duty-1", ["T-001", "T-002", "P-001"], 20.0)
    assert (first["measures"], first["gap"], sum(first["states"].values())) == (["M1.01", "M1.02"], False, 3)
    assert [row["measure"] for row in old["without_clause"]] == ["M2.02", "M0.01"]
    assert old["without_clause"][0]["reason"] == "No duty speaks of it."
    assert new["clauses"][3]["parent"] == "new:duty-3"


def test_csv_of_the_clauses_has_a_line_each(planner, filled):
    found = rows(planner("clauses", "--format", "csv").out)
    assert len(found) == 3 + 2 + 4 + 1
    first = found[0]
    assert (first["mandate"], first["clause"], first["measures"], first["items"]) == (
        "old",
        "old:duty-1",
        "M1.01 M1.02",
        "3",
    )
    assert {row["simulated"] for row in found} == {"no"}
    assert [row["says"] for row in found if row["gap"] == "yes"][:2] == ["Boats are counted yearly.", "Old charts"]


def test_a_narrow_terminal_lists_clauses_without_the_less_important_numbers(planner, filled, monkeypatch):
    assert "Measures" in planner("clauses", "old:duty-1").out
    monkeypatch.setattr("planner.cli.mandates.clauses.console", lambda: Console(width=80, no_color=True))
    heading = planner("clauses", "old:duty-1").out.splitlines()[1]
    assert heading.split() == ["Clause", "Items", "Done", "Links", "to", "review", "Content"]


def test_the_matrix_has_a_line_per_clause_and_a_column_per_theme(planner, filled):
    planner("update", "T-001", "--percent", "60", "--as-of", "2020-04-01")
    out = planner("matrix", "--mandate", "old", "--as-of", "2020-04-02").out
    lines = [line.split() for line in out.splitlines()]
    assert ["Items,", "%", "done", "1", "2", "All", "Links"] in lines
    assert ["duty-1", "3", "20%", "·", "3", "20%", "2?"] in lines
    assert ["!", "duty-3", "·", "·", "·", "·"] in lines
    assert "2 Rooms and charts" in out


def test_the_matrix_as_json_and_csv(planner, filled):
    document = json.loads(planner("matrix", "--format", "json", "--mandate", "old").out)
    (old,) = document["matrix"]
    assert [theme["number"] for theme in old["themes"]] == [1, 2]
    assert old["rows"][1] == {
        "line": "old:duty-2",
        "gap": False,
        "links": {"unreviewed": 1, "accepted": 0, "changed": 0, "suspect": 0},
        "whole": {"items": 1, "percent": 0.0},
        "themes": [{"items": 0, "percent": None}, {"items": 1, "percent": 0.0}],
    }
    found = rows(planner("matrix", "--format", "csv").out)
    assert [(row["line"], row["theme_1"], row["theme_2"], row["theme_2_percent"]) for row in found[:2]] == [
        ("old:duty-1", "3", "0", ""),
        ("old:duty-2", "0", "1", "0.0"),
    ]


def test_the_matrix_has_columns_for_organisations_measures_and_rules_too(planner, filled, monkeypatch):
    out = planner("matrix", "--mandate", "old", "--by", "organisation").out
    lines = [line.split() for line in out.splitlines()]
    assert ["Items,", "%", "done", "Harbour", "Archive", "All", "Links"] in lines
    assert ["duty-1", "3", "0%", "·", "3", "0%", "2?"] in lines
    # Where there is no room side by side, each clause lists its own.
    monkeypatch.setattr("planner.cli.mandates.matrix.console", lambda: Console(width=64, no_color=True))
    out = planner("matrix", "--mandate", "old", "--by", "measure").out
    assert "  M1.01: 1 (0%); M1.02: 2 (0%)" in out
    assert "\nM2.02 Old charts\n" in out
    monkeypatch.setattr("planner.cli.mandates.matrix.console", lambda: Console(width=44, no_color=True))
    assert "  1: 3 (0%)" in planner("matrix", "--mandate", "old").out
    (old,) = json.loads(planner("matrix", "--by", "rule", "--mandate", "old", "--format", "json").out)["matrix"]
    assert [rule["key"] for rule in old["rules"]] == ["lead-harbour", "lead-rooms", "none"]
    assert [cell["items"] for cell in old["rows"][0]["rules"]] == [3, 0, 0]
    found = rows(planner("matrix", "--by", "measure", "--format", "csv").out)
    assert (found[0]["line"], found[0]["measure_M1.01"], found[0]["measure_M2.02"]) == ("old:duty-1", "1", "0")


def test_clauses_that_are_named_come_alone_with_their_parts(planner, filled):
    named = rows(planner("clauses", "duty-1", "new:duty-3", "--format", "csv").out)
    assert [row["clause"] for row in named] == ["old:duty-1", "new:duty-3", "new:duty-3.1"]
    (new,) = json.loads(planner("clauses", "duty-3.1", "--mandate", "new", "--format", "json").out)["clauses"]
    assert ([row["clause"] for row in new["clauses"]], new["without_clause"]) == (["new:duty-3.1"], [])
    assert "texts" not in new["clauses"][0]
    for arguments, told in (
        (["duty-77"], "no clause 'duty-77'"),
        (["older:duty-1"], "'older:duty-1' names a mandate version that is not in this matrix"),
        (["old:duty-1", "--mandate", "new"], "is not in this matrix"),
        (["duty-1", "--lang", "xx"], "no mandate version has a text in 'xx'"),
    ):
        done = planner("clauses", *arguments)
        assert (done.exit_code, told in done.err) == (4, True), done.err


def test_texts_stand_one_under_the_other_each_under_its_language_and_number(planner, filled):
    for key in ("new-duties-en", "new-duties-ar"):
        attach(filled, key)
    lines = planner("clauses", "new:duty-1", "duty-2", "--texts").out.splitlines()
    here = lines.index("new:duty-1: Quays and lights are maintained.")
    assert lines[here + 1].startswith("  en, printed number I., verbatim (new-duties-en, ")
    assert lines[here + 2] == "    │ Keep the quays and the harbour lights in good order."
    assert lines[here + 3].startswith("  ar, printed number (1), verbatim (new-duties-ar, ")
    assert lines[here + 4] == "    │ العناية بالأرصفة ومنارات المرفأ."
    unattached = (
        "  No copy of the text is attached (clause number en 2.). 'planner sources list' says where to get one."
    )
    assert lines[lines.index("old:duty-2: Reading rooms are run jointly.") + 1] == unattached
    arabic = planner("clauses", "new:duty-1", "duty-2", "--lang", "ar").out
    assert "Keep the quays" not in arabic
    assert "This version has no text in 'ar'." in arabic
    (new,) = json.loads(planner("clauses", "new:duty-1", "--texts", "--format", "json").out)["clauses"]
    assert [(text["language"], text["number"]) for text in new["clauses"][0]["texts"]] == [("en", "I."), ("ar", "(1)")]
    assert planner("clauses", "--texts", "--format", "csv").exit_code == 3


def test_the_page_goes_to_standard_output_or_to_a_file_and_is_as_known_at_an_instant(planner, filled, tmp_path):
    attach(filled, "new-duties-ar", at=datetime(2020, 3, 1, tzinfo=UTC))
    asked = ("clauses", "--format", "html", "--as-of", "2020-04-02", "--known-at", "2020-04-02T12:00")
    page = planner(*asked)
    assert page.out.startswith("<!DOCTYPE html>")
    assert "2020-04-02T12:00:00+09:00" in page.out
    assert "العناية بخرائط البلدة" in page.out
    assert "العناية بخرائط البلدة" not in planner(*asked[:-1], "2020-02-01").out
    done = planner(*asked, "-o", str(tmp_path))
    assert "Wrote 7 clauses to" in done.err
    assert (tmp_path / "harbour-2020-2020-W14-clauses.html").read_bytes() == page.out_bytes
    part = planner("clauses", "new:duty-3.1", "--lang", "ar", "--format", "html").out
    assert part.count("<article") == 1
    assert planner("clauses", "-o", "x.csv", "--format", "csv").exit_code == 3
    assert planner("clauses", "--format", "html", "--known-at", "2019-01-01").exit_code == 12


@pytest.mark.parametrize("command", ["clauses", "matrix"])
def test_they_are_seen_as_of_a_date_and_as_known_at_an_instant(planner, filled, command):
    planner("update", "T-001", "--percent", "60", "--as-of", "2020-04-01")

    def percent(*arguments):
        return rows(planner(command, "--format", "csv", *arguments).out)[0]["percent"]

    assert percent("--as-of", "2020-04-01") == "20.0"
    assert percent("--as-of", "2020-03-31") == "0.0"
    assert percent("--as-of", "2020-04-01", "--known-at", "2020-06-01") == "0.0"


def test_a_demonstration_says_so_in_every_line(planner, tmp_path):
    database = str(tmp_path / "demo.sqlite")
    make_small_demonstration(make_url(f"sqlite:///{database}"), tmp_path / "seeds", date(2020, 9, 18))
    for command in ("clauses", "matrix"):
        assert {row["simulated"] for row in rows(planner("--db", database, command, "--format", "csv").out)} == {"yes"}
        assert "SIMULATED" in planner("--db", database, command).out
