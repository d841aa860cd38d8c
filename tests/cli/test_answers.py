"""planner confirm and planner return, as typed."""

import json

from planner.vocabulary import Completion, Phase
from tests.factories import COLLEAGUE, OFFICER, report
from tests.queries.reads import item_at


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
    assert planner("confirm", "T-001").err.startswith("planner: T-001: it is not reported as ended")


def test_an_answer_is_to_the_report_that_was_looked_at(planner, filled):
    shown = report(filled, phase=Phase.COMPLETED, actor=OFFICER).id
    newer = report(filled, done="Filed.", actor=COLLEAGUE).id
    late = planner("confirm", "T-001", "--if-last", str(shown))
    assert (late.exit_code, late.out) == (13, "")
    assert "last brook: completed" in late.err
    assert planner("return", "T-001", "--reason", "Why?", "--if-last", str(shown)).exit_code == 13
    assert planner("confirm", "T-001", "--if-last", str(newer)).exit_code == 0
