"""planner items, as typed."""

import csv
import io
import json

from tests.factories import ITEM_CODES, ODD_TITLE


def test_lists_all_items_tasks_first(planner, filled):
    done = planner("items", "--format", "json")
    assert done.exit_code == 0
    assert [item["code"] for item in json.loads(done.out)["items"]] == list(ITEM_CODES)


def test_json_says_what_it_is(planner, filled):
    document = json.loads(planner("items", "--format", "json").out)
    assert (document["kind"], document["version"], document["simulated"]) == ("planner-items", 1, False)


def test_the_table_shows_titles_that_look_like_markup(planner, filled):
    # Wide letters and wrapping aside: what looks like markup is there to the letter.
    out = planner("items").out
    assert "[old]" in out
    assert "[/]" in out


def test_csv_holds_the_same_rows_as_json(planner, filled):
    rows = list(csv.DictReader(io.StringIO(planner("items", "--format", "csv").out)))
    from_json = json.loads(planner("items", "--format", "json").out)["items"]
    assert [row["title"] for row in rows] == [item["title"] for item in from_json]
    assert ODD_TITLE in [row["title"] for row in rows]


def test_a_column_to_sort_by_can_be_typed_in_capitals(planner, filled):
    assert planner("items", "--sort", "-TITLE").out == planner("items", "--sort", "-title").out
    assert planner("items", "--sort", "-title").out != planner("items", "--sort", "title").out


def test_items_are_put_together_by_what_they_have_in_common(planner, filled):
    rows = list(csv.DictReader(io.StringIO(planner("items", "--by", "rule", "--sort", "-code", "--format", "csv").out)))
    assert [(row["group"], row["code"]) for row in rows] == [
        ("lead-harbour", "P-001"),
        ("lead-harbour", "T-002"),
        ("lead-harbour", "T-001"),
        ("lead-rooms", "P-002"),
        ("none", "T-003"),
    ]
    lines = planner("items", "--by", "organisation", "--theme", "2").out.splitlines()
    assert [line.strip() for line in lines if "done" in line] == [
        "Harbour: 1 item, 0% done",
        "Archive: 1 item, 0% done",
    ]
    first = json.loads(planner("items", "--by", "measure", "--format", "json").out)["items"][0]
    assert (first["group"], first["code"]) == ("M1.01", "T-001")
    assert planner("items", "--by", "theme", "--search", "nothing").out == "0 of 5 items\n"


def test_a_measure_or_a_rule_that_is_not_there_is_told(planner, filled):
    measure, rule = planner("items", "--measure", "M9.01"), planner("items", "--rule", "lead-boats")
    assert (measure.exit_code, rule.exit_code) == (4, 4)
    assert "--measure: the plan has no measure 'M9.01'. The measures are M1.01" in measure.err
    assert "--rule: there is no lead rule 'lead-boats'. The lead rules are lead-harbour" in rule.err


def test_facets_narrow(planner, filled):
    def codes(*arguments):
        return [item["code"] for item in json.loads(planner("items", "--format", "json", *arguments).out)["items"]]

    everything = codes()
    assert codes("--measure", "m2.02", "--measure", "M2.01") == ["T-003", "P-002"]
    assert (codes("--rule", "lead-rooms"), codes("--rule", "none")) == (["P-002"], ["T-003"])
    assert codes("--kind", "task") == [code for code in everything if code.startswith("T")]
    assert codes("--theme", "1") != everything
    assert codes("--theme", "1", "--theme", "2") == everything
    assert codes("--search", "مرفأ 港口") == ["P-002"]
    assert codes("--lead", "archive", "--kind", "task") == ["T-003"]


def test_an_unknown_lead_is_named_with_what_there_is(planner, filled):
    done = planner("items", "--lead", "nobody")
    assert done.exit_code == 4
    assert "nobody" in done.err
    assert done.out == ""


def test_a_date_that_is_none_is_told(planner, filled):
    done = planner("items", "--as-of", "soon")
    assert done.exit_code == 3
    assert "--as-of" in done.err
    assert "2020-04-01" in done.err


def test_without_a_database_it_says_what_to_do(planner):
    done = planner("items")
    assert done.exit_code == 6
    assert "planner init" in done.err


def test_output_has_no_colour_in_a_pipe(planner, filled):
    assert "\x1b" not in planner("items").out


def test_the_last_line_counts_the_items_of_the_plan_and_not_those_that_it_states(planner, filled):
    new = ("--title", "Sixth", "--theme", "1", "--lead", "harbour-office", "--due", "2020-12-01", "--reason", "Late.")
    added = planner("item", "add", "T-9", *new, "--kind", "task", "--as-of", "2020-06-01")
    assert added.exit_code == 0, added.err
    assert planner("items", "--as-of", "2020-07-01").out.splitlines()[-1] == "6 of 6 items"
    assert planner("items", "--theme", "2", "--as-of", "2020-07-01").out.splitlines()[-1].endswith(" of 6 items")
    assert planner("items", "--as-of", "2020-05-01").out.splitlines()[-1] == "5 of 5 items"
