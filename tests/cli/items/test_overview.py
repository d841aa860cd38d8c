"""planner overview, as typed."""

import json
from datetime import date

import pytest

from planner.domain.vocabulary import Confidence, Phase
from planner.store.database import Database
from tests.answers import answer, ask
from tests.factories import noon, report

AS_OF = ("--as-of", "2020-09-18")


@pytest.fixture
def told(filled: Database) -> Database:
    """Something of each sort: a contradiction, a completion nobody confirmed, a week's movement, silence."""
    report(filled, "P-002", as_of=date(2020, 8, 5), phase=Phase.COMPLETED)
    report(filled, "T-001", as_of=date(2020, 9, 9), percent=20, confidence=Confidence.GREEN)
    report(filled, "T-001", as_of=date(2020, 9, 16), percent=35)
    return filled


@pytest.mark.usefixtures("filled")
def test_a_plan_on_which_nobody_has_reported_says_so_first(planner):
    out = planner("overview", *AS_OF).out
    assert out.splitlines()[3] == "Nobody has reported yet: what is late follows from the plan's dates alone"
    assert "no percent yet" not in out


@pytest.mark.usefixtures("told")
def test_the_page_has_a_line_for_each_theme_and_all_lists(planner):
    out = planner("overview", *AS_OF).out
    lines = out.splitlines()
    assert "Reports received this week: 1 of 4" in out
    assert "1 item has no percent yet, and counts as 0% until somebody reports one" in out
    assert "Nobody has reported" not in out
    themes = [line.split() for line in lines if line.startswith(("1 Quays", "2 Rooms", "The plan"))]
    assert [words[-11:] for words in themes] == [
        ["3", "0", "0", "3", "0", "0", "0", "0", "2", "1", "0"],
        ["2", "1", "0", "1", "0", "0", "0", "0", "1", "0", "1"],
        ["5", "1", "0", "4", "0", "0", "0", "0", "3", "1", "1"],
    ]
    for title in (
        "Moved since last week: 1 change of 1 item; for the worse: 0 changes",
        "Overdue: 6 dates of 4 items",
        "Due in two weeks: 1 date of 1 item",
        "Organisations that have not reported: 2",
        "Contradictions (rated green, but overdue or off track): 1",
        "Reported as ended, awaiting confirmation: 1",
    ):
        assert title in lines
    assert "P-002 ● completed 2020-08-05 (1 month ago)" in " ".join(out.split())
    assert "2020-09-30 (in 2 weeks) (assumed) ○ open P-001 milestone 3 Lamp fitted" in " ".join(out.split())
    assert "Open the [old] reading room [/] at the 港口 (مرفأ)" in out


@pytest.mark.usefixtures("told")
def test_by_organisation_there_is_a_line_for_each_lead(planner):
    lines = planner("overview", "--by", "organisation", *AS_OF).out.splitlines()
    assert [line.split("  ")[0].rsplit(" ", 1)[0] for line in lines if line.startswith(("Harbour", "Town"))]
    assert not [line for line in lines if line.startswith("1 Quays")]


@pytest.mark.usefixtures("told")
@pytest.mark.parametrize(
    ("by", "heading", "names"),
    [
        ("measure", "Meas", ["M1.01", "M1.02", "M2.01", "M2.02"]),
        ("rule", "Lead", ["lead-harb", "lead-room"]),
    ],
)
def test_by_measure_or_rule_of_lead_there_is_a_line_for_each(planner, by, heading, names):
    lines = planner("overview", "--by", by, *AS_OF).out.splitlines()
    assert next(line for line in lines if line.startswith(heading))
    assert [name for name in names if any(line.startswith(name) for line in lines)] == names


@pytest.mark.usefixtures("told")
def test_json_has_the_same_content_whole(planner):
    view = json.loads(planner("overview", "--format", "json", *AS_OF).out)["overview"]
    assert [theme["now"]["items"] for theme in view["themes"]] == [3, 2]
    assert [one["key"] for one in view["organisations"]] == ["harbour-office", "town-archive"]
    assert [(one["key"], one["now"]["items"]) for one in view["rules"]] == [
        ("lead-harbour", 3),
        ("lead-rooms", 1),
        ("none", 1),
    ]
    assert [one["key"] for one in view["measures"]] == ["M1.01", "M1.02", "M2.01", "M2.02"]
    assert view["now"]["states"] == {"off_track": 4, "on_track": 1}
    assert [item["code"] for item in view["contradictions"]] == ["T-001"]
    assert [item["code"] for item in view["awaiting"]] == ["P-002"]
    assert {one["organisation"]: one["owed"] - one["reported"] for one in view["not_reported"]} == {
        "harbour-office": 2,
        "town-archive": 1,
    }
    assert view["due"][0] == {
        "date": "2020-03-31",
        "code": "T-001",
        "milestone": 1,
        "title": "Damage surveyed",
        "baseline": "2020-03-31",
        "state": "overdue",
    }


@pytest.mark.usefixtures("filled")
def test_a_long_list_is_cut_unless_all_of_it_is_asked_for(planner):
    late = ("--as-of", "2021-02-01")
    assert "and 6 more; --all lists all" in planner("overview", *late).out
    in_full = planner("overview", "--all", *late).out
    assert "more; --all" not in in_full
    assert len([line for line in in_full.splitlines() if "‼ overdue" in line and "milestone" in line]) == 13


@pytest.mark.usefixtures("told")
def test_the_items_behind_a_number_are_listed_by_items(planner):
    def codes(*facets):
        return [item["code"] for item in json.loads(planner("items", "--format", "json", *AS_OF, *facets).out)["items"]]

    assert codes("--state", "on_track") == ["P-002"]
    assert codes("--theme", "1", "--concern", "silent") == ["T-002", "P-001"]
    assert codes("--concern", "contradiction") == ["T-001"]
    assert codes("--concern", "awaiting") == ["P-002"]


def test_the_requests_that_wait_are_counted_as_they_are_listed(planner, filled: Database):
    assert "waits for an answer" not in planner("overview", *AS_OF).out
    report(filled, "T-001", as_of=date(2020, 9, 9), help_needed="Pump.")
    report(filled, "T-002", as_of=date(2020, 9, 9), help_needed="Sand.")
    answer(filled, "T-002", at=noon(date(2020, 9, 10)))
    ask(filled, date(2021, 1, 29), on=date(2020, 9, 10))
    assert "2 requests wait for an answer; see them with: planner requests" in planner("overview", *AS_OF).out
    counted = json.loads(planner("overview", *AS_OF, "--format", "json").out)["overview"]["open_requests"]
    listed = json.loads(planner("requests", *AS_OF, "--format", "json").out)["requests"]["requests"]
    assert counted == sum(row["state"] == "open" for row in listed) == 2
