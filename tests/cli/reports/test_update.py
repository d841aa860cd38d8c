"""planner update, milestone, due and observe, as typed: what is recorded, and what is refused."""

import json

import pytest
from sqlalchemy import func, select

from planner.store.models import AuditEvent, DateChange, MilestoneReport, Observation, StatusUpdate


def counted(database):
    """How much history there is."""
    with database.reading() as session:
        tables = (StatusUpdate, MilestoneReport, DateChange, Observation, AuditEvent)
        return [session.execute(select(func.count()).select_from(table)).scalar_one() for table in tables]


def test_a_report_is_recorded_and_told(planner, filled):
    done = planner(
        "update", "T-001", "--percent", "40", "--confidence", "green", "--done", "부두", "--as-of", "2020-05-04"
    )
    assert done.exit_code == 0
    assert "Recorded on T-001 as of 2020-05-04: in progress, green." in done.out
    with filled.reading() as session:
        row = session.execute(select(StatusUpdate)).scalar_one()
        assert (row.percent, row.phase, row.confidence, row.done) == (40, "in_progress", "green", "부두")


def test_json_gives_what_was_recorded(planner, filled):
    document = json.loads(
        planner("update", "T-001", "--percent", "40", "--as-of", "2020-05-04", "--format", "json").out
    )
    assert document["kind"] == "planner-report"
    assert document["report"]["report"]["percent"] == 40


THEN = ("--as-of", "2020-12-31")


@pytest.mark.parametrize(
    ("arguments", "exit_code", "told"),
    [
        (["update", "T-001", "--percent", "120"], 3, "--percent: '120' is not a percentage"),
        (["update", "T-001", "--percent", "-1"], 3, "--percent: '-1' is not a percentage"),
        (["update", "T-001", "--percent", "many"], 3, "--percent: 'many' is not a percentage"),
        (["update", "T-999", "--percent", "10"], 4, "no item 'T-999'"),
        (["update", "T-001"], 3, "the report is empty"),
        (["update", "P-001", "--percent", "10"], 5, "measured by its milestones"),
        (["update", "T-001", "--phase", "done"], 2, "'done' is not one of"),
        (["update", "T-001", "--percent", "10", "--as-of", "2199-01-01"], 3, "after today"),
        (["update", "T-001", "--percent", "10", "--as-of", "2019-12-31"], 3, "before the plan starts"),
        (["update", "T-001", "--done", "a\x00b"], 3, "U+0000"),
        (["update", "T-001", "--phase", "completed", "--percent", "50", "--evidence", "e", *THEN], 3, "item is 100"),
        (["update", "T-001", "--phase", "completed", *THEN], 3, "a completed item needs evidence"),
        (["update", "T-001", "--met", "1", "--met", "9"], 4, "no milestone 9"),
        (["update", "T-001", "--met", "one"], 3, "--met: 'one' does not begin with a number"),
        (["update", "T-001", "--met", "1", "--met", "1=2020-04-01"], 3, "number 1 is given twice"),
        (["update", "T-001", "--met", "1=2020-02-30"], 3, "'2020-02-30' is not a date"),
        (["update", "T-001", "--percent", "5", "--move", "1=2020-06-30"], 3, "--reason: text is required"),
        (["update", "T-001", "--percent", "5", "--reason", "Ice"], 2, "Give --move N=DATE too"),
        (["update", "T-001", "--percent", "5", "--observe", "1=lots"], 3, "--observe: 'lots' is not a number"),
        (["update", "T-001", "--percent", "5", "--observe", "1"], 3, "'' is not a number"),
        (["update", "T-001", "--percent", "5", "--observe", "4=1"], 4, "no indicator 4"),
        (["update", "T-001", "--percent", "5", "--if-last", "the last"], 3, "'the last' is not the id of a report"),
        (["update", "T-001", "--percent", "5", "--if-last", "7"], 13, "has changed this item in the meantime"),
        (["milestone", "T-001", "1"], 2, "exactly one of"),
        (["milestone", "T-001", "1", "--met", "2020-04-01", "--move", "2020-05-01"], 2, "exactly one of"),
        (["milestone", "T-001", "1", "--met", "2020-04-01", "--as-of", "2020-04-02"], 2, "no --as-of with --met"),
        (["milestone", "T-001", "9", "--met", "2020-04-01"], 4, "no milestone 9"),
        (["milestone", "T-001", "1", "--move", "2020-05-01"], 3, "--reason"),
        (["milestone", "T-001", "1", "--move", "2020-02-30", "--reason", "r"], 3, "'2020-02-30' is not a date"),
        (["milestone", "T-001", "1", "--not-met", "--reason", "r"], 5, "not reported as met"),
        (["milestone", "T-001", "1", "--met", "2020-04-01", "--reason", "r"], 3, "--move: a reason was given, but no"),
        (
            ["milestone", "T-001", "1", "--forecast", "2020-05-01", "--evidence", "e"],
            3,
            "--evidence: evidence was given",
        ),
        (["milestone", "T-001", "1", "--not-met", "--reason", "r", "--evidence", "e"], 3, "--evidence: evidence was"),
        (["due", "T-001", "--move", "2020-12-31", "--reason", "r"], 3, "is already"),
        (["observe", "T-001", "1", "nan"], 3, "not a number"),
        (["observe", "T-001", "1", "lots"], 3, "VALUE: 'lots' is not a number"),
        (["observe", "T-001", "4", "1"], 4, "no indicator 4"),
    ],
)
def test_what_cannot_be_so_is_refused_in_one_message_and_nothing_is_written(
    planner, unchanged, arguments, exit_code, told
):
    done = planner(*arguments)
    assert done.exit_code == exit_code
    assert told in done.err
    assert done.out == ""


def test_a_milestone_is_met_moved_forecast_and_taken_back(planner, filled):
    assert "was met on 2020-04-01" in planner("milestone", "T-001", "1", "--met", "2020-04-01", "--yes").out
    assert planner("milestone", "T-001", "1", "--met", "2020-04-02").exit_code == 5
    assert "milestone 1 was not met." in planner("milestone", "T-001", "1", "--not-met", "--reason", "Wrong item").out
    assert (
        "from 2020-03-31 to 2020-06-30"
        in planner("milestone", "T-001", "1", "--move", "2020-06-30", "--reason", "Storm").out
    )
    assert "expected on 2020-07-15" in planner("milestone", "T-001", "1", "--forecast", "2020-07-15").out
    shown = planner("show", "T-001").out
    assert "(baseline 2020-03-31, +91 days)" in shown
    assert "Storm" in shown


def test_a_due_date_moves_and_the_baseline_stays(planner, filled):
    assert planner("due", "T-001", "--move", "2021-02-01", "--reason", "Ice", "--yes").exit_code == 0
    item = json.loads(planner("show", "T-001", "--format", "json").out)["item"]["item"]
    assert (item["current_due"], item["baseline_due"]) == ("2021-02-01", "2020-12-31")


def test_a_later_value_revises_and_keeps_the_earlier(planner, filled):
    planner("observe", "T-001", "1", "4", "--as-of", "2020-06-01")
    assert planner("observe", "T-001", "1", "5.5", "--as-of", "2020-06-01").exit_code == 0
    detail = json.loads(planner("show", "T-001", "--format", "json").out)["item"]
    assert detail["indicators"][0]["observed"] == 5.5
    assert len([entry for entry in detail["history"] if entry["kind"] == "value"]) == 2


def test_a_negative_value_is_a_value(planner, filled):
    done = planner("observe", "T-001", "1", "-3")
    assert done.exit_code == 0
    assert "Recorded: T-001 indicator 1, Quays mended (quays), is -3 as of " in done.out


def test_green_against_the_dates_is_pointed_out(planner, filled):
    out = planner("update", "T-001", "--percent", "5", "--confidence", "green", "--as-of", "2020-12-31").out
    assert "rated green" in out


def test_all_that_is_said_of_an_item_is_one_write(planner, filled):
    arguments = ["--percent", "40", "--met", "1", "--move", "2=2021-01-29", "--reason", "Ice", "--observe", "1=-3"]
    done = planner("update", "T-001", *arguments, "--forecast", "2=2021-02-05", "--as-of", "2020-05-04", "--yes")
    assert done.exit_code == 0
    parts = "in progress; 2 milestones; 1 date moved or confirmed; 1 indicator value."
    assert f"Recorded on T-001 as of 2020-05-04: {parts}" in done.out
    detail = json.loads(planner("show", "T-001", "--format", "json", "--as-of", "2020-05-04").out)["item"]
    first, second = detail["item"]["milestones"]
    assert (first["met_on"], second["current"], second["forecast"]) == ("2020-05-04", "2021-01-29", "2021-02-05")
    assert detail["indicators"][0]["values"] == [["2020-05-04", -3.0]]
    assert len({entry["recorded_at"] for entry in detail["history"]}) == 1
    assert counted(filled)[:4] == [1, 2, 1, 1]


def test_without_a_report_only_the_rest_is_recorded(planner, filled):
    done = planner("update", "T-001", "--observe", "1=4", "--as-of", "2020-05-04", "--format", "json")
    document = json.loads(done.out)["report"]
    assert (document["report"], document["observations"], document["milestones"]) == (None, 1, 0)
    assert counted(filled)[:4] == [0, 0, 0, 1]


def test_it_is_recorded_only_on_what_was_seen(planner, filled):
    first = json.loads(planner("update", "T-001", "--percent", "10", "--if-last", "none", "--format", "json").out)
    last = str(first["report"]["report"]["id"])
    assert planner("update", "T-001", "--percent", "20", "--if-last", last).exit_code == 0
    before = counted(filled)
    late = planner("update", "T-001", "--percent", "30", "--if-last", last)
    assert (late.exit_code, late.out) == (13, "")
    assert "has changed this item in the meantime (" in late.err
    assert counted(filled) == before


def test_what_does_not_fit_is_refused_and_recorded_with_yes(planner, filled):
    arguments = ["update", "T-001", "--percent", "60", "--phase", "not_started", "--as-of", "2020-05-04"]
    refused = planner(*arguments)
    assert refused.exit_code == 23
    assert (
        "the item is not started, but 60% of it is done. Correct the entry, or give --yes to record it anyway."
        in refused.err
    )
    assert counted(filled)[0] == 0
    assert planner(*arguments, "--yes").exit_code == 0


def test_no_change_is_said_by_name_and_an_ending_with_its_reason(planner, filled):
    assert planner("update", "T-001", "--unchanged", "--as-of", "2020-05-04").exit_code == 5
    assert planner("update", "T-001", "--percent", "40", "--as-of", "2020-04-27").exit_code == 0
    assert (
        "repeats the report as of 2020-04-27"
        in planner("update", "T-001", "--percent", "40", "--as-of", "2020-05-04").err
    )
    assert "no change: in progress." in planner("update", "T-001", "--unchanged", "--as-of", "2020-05-04").out
    merge = ["update", "T-001", "--phase", "merged", "--as-of", "2020-05-11"]
    assert planner(*merge).err.startswith("planner: --ending-reason: an item that is merged needs a reason.")
    done = planner(*merge, "--ending-reason", "One pier", "--merged-into", "t2", "--format", "json")
    report = json.loads(done.out)["report"]["report"]
    assert (report["merged_into"], report["ending_reason"], report["ended_on"]) == ("T-002", "One pier", "2020-05-11")
    shown = planner("show", "T-001", "--as-of", "2020-05-11").out
    assert "Merged: awaiting confirmation.\nReason: merged into T-002: One pier" in shown


def test_a_suspended_item_has_no_schedule(planner, filled):
    told = planner("update", "T-001", "--phase", "suspended", "--blocker", "Storm.").out
    assert "no schedule" in told
    assert planner("show", "T-001").out.count("Schedule: no schedule.") == 1
