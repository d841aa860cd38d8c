"""planner assess, and what planner show says about it."""

import json
from datetime import date

from planner.domain.vocabulary import Confidence
from tests.cli.test_plan_days import SHOWN
from tests.factories import OFFICER, report

REASON = "The [quay] is bare."


def test_an_item_is_assessed_and_shown_beside_the_officer_s_rating(planner, filled):
    report(filled, as_of=date(2020, 3, 11), actor=OFFICER, confidence=Confidence.GREEN)
    done = planner(
        *("assess", "T-001", "--rating", "red", "--reason", REASON, "--evidence", "A visit.", "--as-of", "2020-03-18")
    )
    assert (done.exit_code, done.err) == (0, "")
    assert done.out == "Recorded: T-001 is assessed as red as of 2020-03-18. Its officer's rating: green.\n"
    shown = planner("show", "T-001", "--as-of", "2020-03-18").out
    assert "Officer's confidence: green." in shown
    assert f"as of 2020-03-18: {REASON}\nEvidence seen: A visit.\nOpinions differ: officer and assessment" in shown
    assert "assessed as red, seen: A visit." in shown
    before = planner("show", "T-001", "--as-of", "2020-03-17").out
    assert "ssessed" not in before


def test_programs_read_the_same(planner, filled):
    done = planner(
        "assess", "T-001", "--rating", "amber", "--reason", REASON, "--as-of", "2020-03-18", "--format", "json"
    )
    assessment = json.loads(done.out)["assessment"]
    assert (assessment["code"], assessment["rating"], assessment["reason"], assessment["evidence"]) == (
        "T-001",
        "amber",
        REASON,
        None,
    )
    detail = json.loads(planner("show", "T-001", "--as-of", "2020-03-18", "--format", "json").out)["item"]
    assert [one["rating"] for one in detail["assessments"]] == ["amber"]


def test_a_reporter_is_told(planner, filled):
    report(filled, as_of=date(2020, 3, 11))
    planner("update", "T-001", "--done", "Begun.", "--as-of", "2020-03-12")
    done = planner("assess", "T-001", "--rating", "red", "--reason", REASON, "--as-of", "2020-03-18")
    assert done.exit_code == 5
    assert "made the last report on this item. Somebody else assesses it." in done.err.removeprefix(SHOWN)
