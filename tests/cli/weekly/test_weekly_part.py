"""planner weekly and planner brief about a part of the plan, and with chosen columns."""

import csv
import io
import json
from typing import Any

import pytest

WEEK = ("weekly", "--week", "2020-W14", "--known-at", "2020-04-10")
PART = ("--theme", "1", "--lead", "harbour")


def rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_the_file_has_these_items_and_names_the_part(planner: Any, filled: Any, tmp_path: Any) -> None:
    whole, part = planner(*WEEK), planner(*WEEK, *PART, "-o", f"{tmp_path}/")
    written = (tmp_path / "harbour-2020-2020-W14-theme-1-harbour-office.csv").read_bytes().decode()
    expected = [row for row in rows(whole.out) if row["theme"].startswith("1") and row["lead"].startswith("Harbour")]
    assert 0 < len(expected) < len(rows(whole.out))
    assert rows(written) == expected
    assert "To write the same output again, use: --week 2020-W14 --theme 1 --lead harbour-office --known-at" in part.err


@pytest.mark.parametrize("command", ["weekly --format html", "brief"])
def test_the_options_that_it_names_give_the_same_bytes(planner: Any, filled: Any, command: str) -> None:
    first = planner(*command.split(), "--week", "2020-W14", "--known-at", "2020-04-10", *PART)
    again = first.err.rpartition("use: ")[2].split()
    assert first.exit_code == 0, first.err
    assert planner(*command.split(), *again).out == first.out
    assert "Only theme 1 Quays and lights, and led by " in first.out


@pytest.mark.first_cases(4)
@pytest.mark.parametrize(
    ("command", "told"),
    [
        ("weekly --columns code,title", "--columns code,title"),
        ("weekly --section exceptions --format json", "--section exceptions --format json"),
        ("weekly --section movements --bom", "--section movements --bom"),
        ("weekly --bom", "--bom"),
        ("weekly --decimal-comma", "--decimal-comma"),
        ("weekly --format html", "--format html"),
        ("weekly --format brief", "--format brief"),
        ("brief --format md", "--format md"),
        ("brief", ""),
    ],
)
def test_every_option_that_changes_the_output_is_named_again(
    planner: Any, filled: Any, command: str, told: str
) -> None:
    name, *_ = command.split()
    first = planner(*command.split(), "--week", "2020-W14", "--known-at", "2020-04-10", *PART)
    again = first.err.rpartition("use: ")[2].split()
    assert " ".join(again[8:]) == told
    assert planner(name, *again).out_bytes == first.out_bytes


def test_a_format_that_only_the_name_of_the_file_gave_is_named_again(planner: Any, filled: Any, tmp_path: Any) -> None:
    week = ("--week", "2020-W14", "--known-at", "2020-04-10")
    first = planner("weekly", *week, "--section", "exceptions", "-o", str(tmp_path / "one.json"))
    again = first.err.rpartition("use: ")[2].split()
    assert planner("weekly", *again).out_bytes == (tmp_path / "one.json").read_bytes()


def test_json_names_the_part_only_if_there_is_one(planner: Any, filled: Any) -> None:
    assert "only" not in json.loads(planner(*WEEK, "--format", "json").out)["weekly"]
    part = json.loads(planner(*WEEK, *PART, "--format", "json").out)["weekly"]
    assert part["only"] == {"themes": [1], "leads": ["harbour-office"]}


def test_a_part_without_items_is_written_and_has_none(planner: Any, filled: Any) -> None:
    done = planner(*WEEK, "--theme", "1", "--lead", "archive")
    assert rows(done.out) == []
    assert "Wrote 0 rows" in done.err


@pytest.mark.parametrize(
    ("options", "code", "said"),
    [
        (("--theme", "9"), 4, "--theme: no theme is called '9'. The themes are 1 and 2"),
        (("--lead", "nobody"), 4, "--lead: no organisation is called 'nobody'"),
        (
            ("--columns", "code,titel"),
            4,
            "--columns: the section items has no column 'titel'. The columns are code, kind",
        ),
        (("--columns", " , "), 3, "--columns: no column is named"),
        (("--columns", "code", "--format", "html"), 3, "--columns: columns can only be chosen for one section"),
        (("--columns", "code", "--section", "all", "-o", "x/"), 3, "--columns: columns can only be chosen for one"),
    ],
)
def test_what_there_is_not_is_said(planner: Any, filled: Any, options: Any, code: int, said: str) -> None:
    done = planner(*WEEK, *options)
    assert (done.exit_code, done.out) == (code, "")
    assert said in done.err


def test_columns_are_written_in_the_order_given_and_described(planner: Any, filled: Any, tmp_path: Any) -> None:
    done = planner(*WEEK, "--columns", "percent, code", "-o", str(tmp_path / "few.csv"))
    assert done.exit_code == 0, done.err
    lines = (tmp_path / "few.csv").read_text().splitlines()
    assert lines[0] == "percent,code,week,as_of,data"
    described = json.loads((tmp_path / "few.schema.json").read_text())
    assert [field["name"] for field in described["fields"]] == lines[0].split(",")
    assert planner(*WEEK, "--section", "movements", "--columns", "what,code", "--format", "json").exit_code == 0


@pytest.mark.parametrize("name", ["weekly", "brief"])
def test_another_command_has_not_these_options(planner: Any, filled: Any, name: str) -> None:
    assert planner("weekly", "issue", "--theme", "1").exit_code == 2
    assert "--theme THEME" in planner(name, "--help").out


def test_the_title_has_the_names_of_the_week(planner: Any, filled: Any) -> None:
    first = planner(*WEEK, "--lead", "town-archive", "--format", "html").out
    assert "Only led by Town Archive" in first
    renamed = ("organisation", "rename", "town-archive", "--name", "Papers", "--as-of", "2020-05-01")
    assert planner(*renamed, "--reason", "Reform.").exit_code == 0
    assert planner(*WEEK, "--lead", "Town Arch", "--format", "html").out == first
