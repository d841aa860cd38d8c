"""planner timeline, as typed."""

import csv
import io
import json
from datetime import date

import pytest

from planner.cli.visible_console import VisibleConsole
from tests.factories import meet, move

AS_OF = ("--as-of", "2020-05-11")


@pytest.fixture
def told(filled):
    """A milestone met, one moved, and a due date moved."""
    meet(filled, "P-001", 1, date(2020, 4, 2))
    move(filled, "T-002", 3, date(2020, 11, 27))
    move(filled, "T-003", None, date(2020, 12, 11))
    return filled


@pytest.mark.usefixtures("told")
def test_each_item_has_its_line_under_the_ruler(planner):
    lines = planner("timeline", "--zoom", "quarter", *AS_OF).out.splitlines()
    assert lines[0] == "Harbour Town work plan 2020, as of 2020-05-11, 2019-12-30 to 2021-01-03"
    ruler, months = lines[1], lines[2]
    begins = ruler.index("2020 Q1")
    assert months[begins + 13 : begins + 16] == "Apr"
    drawn = {line[:5]: line[begins:] for line in lines[3:8]}
    assert list(drawn) == ["T-001", "T-002", "T-003", "P-001", "P-002"]
    assert drawn["P-001"].startswith("     ├───────✓─────│──────?────────────?──────────?─┤")
    assert drawn["T-002"][43:] == "◌───○────┤"
    assert drawn["T-003"][49:] == "┤  ┊"
    assert {line[19] for code, line in drawn.items() if code != "T-003"} == {"│"}
    assert lines[8].startswith("✓ met  ○ open  ‼ overdue  × lapsed")


@pytest.mark.usefixtures("told")
def test_titles_in_wide_letters_leave_the_columns_where_they_are(planner):
    from rich.cells import cell_len

    lines = planner("timeline", "--zoom", "quarter", *AS_OF).out.splitlines()
    places = {cell_len(line[: line.index("│")]) for line in lines[3:8]}
    assert len(places) == 1


@pytest.mark.usefixtures("told")
def test_by_theme_it_counts_what_falls_due(planner):
    lines = planner("timeline", "--by", "theme", "--zoom", "quarter", *AS_OF).out.splitlines()
    quays = next(line for line in lines if line.startswith("1 Quays"))
    assert quays.replace("│", " ").split()[4:] == ["‼1", "✓1", "‼1", "○1", "○2", "○6"]
    assert any(line.startswith("The plan") for line in lines)


@pytest.mark.usefixtures("told")
def test_csv_and_json_list_the_dates_of_a_stretch_of_time(planner):
    asked = ("--from", "2020-11-01", "--to", "2020-12-15", *AS_OF)
    rows = list(csv.DictReader(io.StringIO(planner("timeline", "--format", "csv", *asked).out)))
    assert [(row["date"], row["code"], row["milestone"], row["slip_days"]) for row in rows] == [
        ("2020-11-27", "T-002", "3", "28"),
        ("2020-11-30", "T-003", "2", "0"),
        ("2020-12-11", "T-003", "", "-20"),
        ("2020-12-15", "P-001", "4", "0"),
    ]
    document = json.loads(planner("timeline", "--format", "json", *asked).out)
    assert document["kind"] == "planner-timeline"
    assert document["timeline"] | {"due": []} == {"from": "2020-11-01", "to": "2020-12-15", "by": "item", "due": []}
    from_json = document["timeline"]["due"]
    assert [row["title"] for row in rows] == [row["title"] for row in from_json]
    assert list(from_json[0]) == list(rows[0])


@pytest.mark.usefixtures("told")
def test_by_theme_the_dates_are_counted_per_period(planner):
    asked = ("--by", "theme", "--zoom", "quarter", "--format", "csv", *AS_OF)
    rows = list(csv.DictReader(io.StringIO(planner("timeline", *asked).out)))
    first = rows[0]
    assert (first["period"], first["theme"], first["total"], first["met"], first["overdue"]) == (
        "2020-Q1",
        "1",
        "2",
        "1",
        "1",
    )
    assert sum(int(row["total"]) for row in rows) == 18


@pytest.mark.usefixtures("told")
def test_by_measure_and_by_rule_of_lead_the_dates_are_counted_too(planner):
    asked = ("--by", "measure", "--zoom", "quarter", *AS_OF)
    rows = list(csv.DictReader(io.StringIO(planner("timeline", *asked, "--format", "csv").out)))
    assert (rows[0]["period"], rows[0]["measure"], sum(int(row["total"]) for row in rows)) == ("2020-Q1", "M1.01", 18)
    labels = [line.split("  ")[0] for line in planner("timeline", "--by", "rule", *AS_OF).out.splitlines()]
    assert [label for label in labels if label in ("lead-harbour", "lead-rooms", "no rule", "The plan")] == [
        "lead-harbour",
        "lead-rooms",
        "no rule",
        "The plan",
    ]


@pytest.mark.usefixtures("told")
def test_items_are_narrowed_by_theme_lead_and_words(planner):
    def codes(*facets):
        document = json.loads(planner("timeline", "--format", "json", *facets, *AS_OF).out)
        return sorted({row["code"] for row in document["timeline"]["due"]})

    assert codes("--theme", "2") == ["P-002", "T-003"]
    assert codes("--lead", "archive") == ["T-003"]
    assert codes("--search", "港口") == ["P-002"]


@pytest.mark.usefixtures("told")
def test_a_plan_that_has_no_room_is_shown_around_today(planner):
    out = planner("timeline", "--zoom", "week", *AS_OF).out
    assert "2020-04-06 to" in out.splitlines()[0] or "2020-03" in out.splitlines()[0]
    assert "│" in out
    asked = planner("timeline", "--zoom", "week", "--from", "2020-12-01", "--to", "2020-12-15", *AS_OF).out
    assert asked.splitlines()[0].endswith("2020-11-30 to 2020-12-15")


@pytest.mark.parametrize(
    "arguments", [("--from", "2020-05-02", "--to", "2020-05-01"), ("--from", "soon"), ("--to", "2020-13-01")]
)
@pytest.mark.usefixtures("filled")
def test_days_that_are_none_are_told(planner, arguments):
    done = planner("timeline", *arguments)
    assert (done.exit_code, done.out) == (3, "")
    assert arguments[-2 if len(arguments) == 2 else 0] in done.err


def test_the_legend_is_whole_on_a_narrow_terminal(filled, planner, monkeypatch):
    file = io.StringIO()
    monkeypatch.setattr(
        "planner.cli.items.timeline.console", lambda: VisibleConsole(file=file, width=60, no_color=True)
    )
    assert planner("timeline", "--as-of", "2020-04-29").exit_code == 0
    assert file.getvalue().split()[-2:] == ["×", "dropped"]


def test_the_legend_names_the_day_of_the_line(planner, filled):
    for options in ((), ("--by", "theme")):
        legend = " ".join(planner("timeline", *options, "--as-of", "2020-05-11").out.split())
        assert "│ as of 2020-05-11" in legend
        assert "today" not in legend
