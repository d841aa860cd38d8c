"""planner outlook, as typed."""

import csv
import io
import json
from datetime import date, timedelta

import pytest
from rich.cells import cell_len
from rich.console import Console

from planner.cli.items.outlook_text import calibration_sentences
from planner.domain.rules.track_record import Calibration
from planner.domain.vocabulary import Phase
from planner.weekly.sections.outlook import OUTLOOK
from tests.factories import ended, move, report

AS_OF = ("--as-of", "2020-04-29")


@pytest.fixture
def told(filled):
    """An item that may be late, one that is likely late, and one that missed its date."""
    for code, percents in (("T-001", (20, 22, 28, 30, 36)), ("P-002", (1, 2, 3, 4, 5))):
        for back, percent in zip((4, 3, 2, 1, 0), percents, strict=True):
            report(filled, code, as_of=date(2020, 4, 29) - timedelta(weeks=back), percent=percent)
    move(filled, "T-001", None, date(2020, 9, 1))
    move(filled, "T-002", None, date(2020, 4, 20))
    return filled


def rows(done):
    return list(csv.DictReader(io.StringIO(done.out_bytes.decode(), newline="")))


def codes(done):
    return [row["code"] for row in rows(done)]


@pytest.mark.usefixtures("told")
def test_it_says_that_it_is_an_estimate_and_draws_a_line_for_each_theme(planner):
    lines = planner("outlook", *AS_OF).out.splitlines()
    assert lines[0].startswith(" ESTIMATE  These dates are estimates")
    assert lines[1:4] == [
        "Harbour Town work plan 2020, as of 2020-04-29",
        "No earlier estimate in this register has a known outcome yet, so nobody knows how often the ranges are right.",
        "Fewer than 20 items are done. This is too few to learn from, so the ranges are wide.",
    ]
    drawn = {line[0]: line[50:] for line in lines[6:8]}
    assert list(drawn) == ["1", "2"]
    today, due, likely = (drawn["1"].index(sign) for sign in "│┤◆")
    assert 0 == today < due < likely
    assert set(drawn["1"][today + 1 : due].lstrip("·")) == {"━"}
    assert drawn["1"][likely - 3 : likely] == drawn["1"][likely + 1 : likely + 4] == "━━━"
    assert (drawn["2"].index("┤"), drawn["2"].rstrip()[-1]) == (due, "→")
    assert lines[8] == "│ today  · too early  ━ range  ┤ due  ◆ likely  → likely beyond the chart"
    table = lines[lines.index("") + 1 :]
    assert "80% range" in table[0]
    late, may_be, missed = table[3:6]
    assert late.startswith("P-002  ! likely late  2022-02-23  ")
    assert "2020-12-31   419 days   1.0  Open the [old] reading room [/]" in late
    assert may_be.startswith("T-001  ◔ may be late  2020-08-19  ")
    assert "‼ missed" in missed
    assert "no pace" in missed


def test_how_often_the_outlook_was_right_so_far_is_said_in_figures():
    assert list(calibration_sentences(Calibration(40, 31, 4, 3), learned=True)) == [
        "Earlier estimates in this register with a known outcome: 40. Ranges that contained the actual date: 31 (78%).",
        "Estimates that an item would be in time: 4. Of these, 3 were right (75%).",
    ]


@pytest.mark.usefixtures("told")
def test_a_narrow_terminal_has_the_range_and_cuts_titles(planner, monkeypatch):
    monkeypatch.setattr("planner.cli.items.outlook_text.console", lambda: Console(width=80, no_color=True))
    lines = planner("outlook", *AS_OF).out.splitlines()
    assert max(map(cell_len, lines)) <= 80
    assert any(line.startswith("T-001  ◔ may be late  2020-06-24 to 2021-05-09  2020-09-01  Mend") for line in lines)


@pytest.mark.usefixtures("told")
def test_codes_ask_for_these_items_at_risk_or_not(planner):
    out = planner("outlook", "t-3", "T-1", *AS_OF).out.splitlines()
    assert [line[:5] for line in out[6:8]] == ["T-003", "T-001"]
    assert "not started" in next(line for line in out[9:] if line.startswith("T-003"))
    assert codes(planner("outlook", "t-3", "T-1", "--format", "csv", *AS_OF)) == ["T-003", "T-001"]


@pytest.mark.usefixtures("told")
def test_themes_and_leads_narrow_it(planner):
    assert codes(planner("outlook", "--format", "csv", *AS_OF)) == ["1", "2", "P-002", "T-001", "T-002"]
    assert codes(planner("outlook", "--theme", "1", "--format", "csv", *AS_OF)) == ["1", "T-001", "T-002"]
    assert codes(planner("outlook", "--lead", "harbour", "--format", "csv", *AS_OF)) == ["P-002", "T-001", "T-002"]
    assert planner("outlook", "--lead", "archive", *AS_OF).out.splitlines()[-1] == "No item is at risk."


@pytest.mark.usefixtures("told")
def test_csv_and_json_have_the_columns_of_the_section(planner):
    done = planner("outlook", "--format", "csv", *AS_OF)
    document = json.loads(planner("outlook", "--format", "json", *AS_OF).out)
    found = document["outlook"]
    assert (document["kind"], found["as_of"], found["basis"], found["weeks"]) == (
        "planner-outlook",
        "2020-04-29",
        "estimated",
        8,
    )
    assert found["calibration"] == {
        "came_due": 0, "held": 0, "said_in_time": 0, "were_in_time": 0, "learned": False
    }  # fmt: skip
    names = [column.name for column in OUTLOOK.all_columns]
    assert [list(rows(done)[0]), list(found["rows"][0])] == [names, names]
    assert [row["likely"] or None for row in rows(done)] == [row["likely"] for row in found["rows"]]
    assert {row["basis"] for row in rows(done)} == {"estimated"}


@pytest.mark.usefixtures("told")
def test_an_item_that_has_none_is_told(planner, told):
    ended(told, "T-003", Phase.CANCELLED, as_of=date(2020, 4, 29))
    for code in ("X-1", "T-003"):
        done = planner("outlook", code, *AS_OF)
        assert (done.exit_code, done.out) == (4, "")
        assert done.err.startswith("planner: CODE: there is no outlook for item")
