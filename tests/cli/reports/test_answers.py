"""planner confirm and planner return, as typed."""

import json
from datetime import date

import pytest

from planner.domain.vocabulary import Completion, Phase
from tests.answers import give_back
from tests.factories import COLLEAGUE, OFFICER, noon, report
from tests.queries.reads import item_at
from tests.writes.reports.test_returns_together import FELL_BACK, SAVED, TODAY, save_together


def test_a_completion_is_confirmed_and_told(planner, filled):
    report(filled, phase=Phase.COMPLETED, actor=OFFICER)
    done = planner("confirm", "t1")
    assert (done.exit_code, done.out) == (
        0,
        "Confirmed: T-001 is completed, as dora reported as of 2020-03-04.\n",
    )
    assert item_at(filled, "T-001").completion is Completion.CONFIRMED
    assert "Completed: confirmed." in planner("show", "T-001").out


def test_a_report_is_returned_with_its_reason(planner, filled):
    report(filled, percent=90, actor=OFFICER)
    document = json.loads(planner("return", "T-001", "--reason", "Which [quay]?", "--format", "json").out)
    assert document["kind"] == "planner-answer"
    answer = document["answer"]
    assert (answer["code"], answer["outcome"], answer["reason"]) == ("T-001", "returned", "Which [quay]?")
    assert "Which [quay]?" in planner("show", "T-001").out


def test_what_cannot_be_answered_is_told(planner, filled):
    assert planner("confirm", "T-001").exit_code == 5
    assert planner("confirm", "T-404").exit_code == 4
    assert planner("return", "T-001").exit_code == 2
    report(filled, percent=90, actor=OFFICER)
    assert planner("return", "T-001", "--reason", " ").exit_code == 3
    assert planner("confirm", "T-001").err.startswith("planner: T-001: the item is")


def test_an_item_in_which_others_go_on_is_dropped_and_confirmed_only_once_that_is_meant(planner, filled, answered):
    report(filled, "T-002", phase=Phase.MERGED, ending_reason="One course.", merged_into="T-001", actor=OFFICER)
    # Two more were merged into it, of which one was returned and one goes on by itself again.
    for code in ("T-003", "P-002"):
        report(filled, code, phase=Phase.MERGED, ending_reason="Rooms.", merged_into="T-001", actor=OFFICER)
    report(filled, "P-002", phase=Phase.IN_PROGRESS, as_of=date(2020, 3, 5), actor=OFFICER)
    give_back(filled, "T-003", at=noon(date(2020, 3, 5)))
    cancelled = ("update", "T-001", "--phase", "cancelled", "--ending-reason", "No money.", "--as-of", "2020-03-06")
    answered()
    told = planner(*cancelled)
    assert (told.exit_code, told.out) == (23, "")
    assert "T-001: T-002 was merged into this item and would also end." in told.err
    report(filled, "T-001", phase=Phase.CANCELLED, ending_reason="No money.", as_of=date(2020, 3, 6), actor=OFFICER)
    assert "T-002 was merged into this item and would also end" in planner("my-week").out
    document = json.loads(planner("my-week", "--format", "json").out)
    awaiting = {one["code"]: one["merged_here"] for one in document["week"]["awaiting"]}
    assert awaiting == {"T-001": ["T-002"], "T-002": []}
    told = planner("confirm", "T-001")
    assert (told.exit_code, told.out) == (23, "")
    assert "T-001: T-002 was merged into this item" in told.err
    assert planner("confirm", "T-001", "--yes").out.startswith("Confirmed: T-001 is cancelled")
    assert planner("confirm", "T-002").exit_code == 0


@pytest.mark.parametrize(("answer", "returned"), [("y", True), ("n", False), ("", False)])
def test_what_falls_back_with_a_report_is_shown_before_it_is_returned(planner, filled, answered, answer, returned):
    save_together(filled)
    before = item_at(filled, "P-001", TODAY).milestones[1].met_on
    answered(answer)
    done = planner("return", "P-001", "--reason", "Which tower?")
    assert done.exit_code == 0
    shown = done.err.splitlines()
    assert shown[0] == "These records were saved with the report and will be withdrawn with it:"
    assert shown[1:5] == [f"  {line}" for line in FELL_BACK]
    assert shown[5].startswith("Return the report? [y/N]: ")
    assert done.err.endswith("Nothing was returned.\n") is not returned
    assert [f"  withdrawn: {line}" in done.out for line in FELL_BACK] == [returned] * 4
    assert before == SAVED
    assert item_at(filled, "P-001", TODAY).milestones[1].met_on == (None if returned else SAVED)


def test_with_yes_and_where_nothing_falls_back_a_return_asks_nothing(planner, filled, answered):
    answered()
    save_together(filled)
    assert planner("return", "P-001", "--reason", "Which tower?", "--yes").exit_code == 0
    report(filled, "T-001", percent=90, actor=OFFICER)
    done = planner("return", "T-001", "--reason", "Which quay?")
    assert (done.exit_code, done.err) == (0, "")


def test_an_answer_is_to_the_report_that_was_looked_at(planner, filled):
    shown = report(filled, phase=Phase.COMPLETED, actor=OFFICER).id
    newer = report(filled, done="Filed.", actor=COLLEAGUE).id
    late = planner("confirm", "T-001", "--if-last", str(shown))
    assert (late.exit_code, late.out) == (13, "")
    assert "brook has changed this item in the meantime (completed" in late.err
    assert planner("return", "T-001", "--reason", "Why?", "--if-last", str(shown)).exit_code == 13
    assert planner("confirm", "T-001", "--if-last", str(newer)).exit_code == 0
