"""planner bulk, as typed."""

import json
from datetime import date

import pytest

from planner.domain.vocabulary import Confidence
from tests.cli.reports.test_update import counted
from tests.factories import COLLEAGUE, ODD_TITLE, report
from tests.queries.reads import item_at

STORM = ("--confidence", "amber", "--note", "Storm.")


def test_it_shows_asks_and_records_on_all(planner, filled, answered):
    answered("y")
    done = planner("bulk", "T-001", "p2", *STORM)
    assert (done.exit_code, done.out) == (0, "Recorded on 2 items.\n")
    assert done.err.splitlines()[:2] == [
        "T-001  not started → in progress; not rated → amber  Mend the quays",
        f"P-002  not started → in progress; not rated → amber  {ODD_TITLE}",
    ]
    document = json.loads(planner("show", "P-002", "--format", "json").out)["item"]["item"]
    assert (document["confidence"], document["last"]["done"]) == ("amber", "Storm.")


def test_a_preview_changes_nothing(planner, filled):
    before = counted(filled)
    done = planner("bulk", "T-001", "T-002", "--phase", "suspended", "--preview")
    assert done.exit_code == 0
    assert done.out.splitlines()[0] == "T-001  not started → suspended; not rated  Mend the quays"
    document = json.loads(planner("bulk", "T-001", *STORM, "--preview", "--format", "json").out)
    assert (document["kind"], document["bulk"]["recorded"]) == ("planner-bulk", False)
    assert document["bulk"]["items"][0]["confidence"] == [None, "amber"]
    assert counted(filled) == before


@pytest.mark.parametrize("answer", ["n", ""])
def test_without_a_yes_nothing_is_recorded(planner, filled, answered, answer):
    before = counted(filled)
    answered(answer)
    assert planner("bulk", "T-001", *STORM).out == "Nothing was recorded.\n"
    assert counted(filled) == before


def test_with_yes_it_does_not_ask(planner, filled):
    document = json.loads(planner("bulk", "T-001", *STORM, "--yes", "--format", "json").out)
    assert document["bulk"]["recorded"] is True


@pytest.mark.parametrize("answer", ["y", "n"])
def test_no_change_is_reported_on_several_items_on_purpose(planner, filled, answered, answer):
    for code in ("T-001", "P-002"):
        report(filled, code, percent=10, confidence=Confidence.AMBER, done="Begun.")
    before = counted(filled)
    answered(answer)
    done = planner("bulk", "T-001", "P-002", "--unchanged")
    assert done.err.splitlines()[0] == "T-001  in progress; amber  Mend the quays"
    last = item_at(filled, "P-002", date.max).last
    assert last is not None
    if answer == "n":
        assert (done.out, counted(filled)) == ("Nothing was recorded.\n", before)
        assert not last.unchanged
    else:
        assert (done.exit_code, done.out) == (0, "Recorded on 2 items.\n")
        assert (last.unchanged, last.percent, last.confidence, last.done) == (True, 10, Confidence.AMBER, None)


def test_no_change_of_an_item_that_nobody_reported_on_is_refused_for_all(planner, filled):
    report(filled, "T-001", percent=10)
    before = counted(filled)
    done = planner("bulk", "T-001", "P-002", "--unchanged", "--yes")
    assert (done.exit_code, done.out) == (5, "")
    assert done.err.startswith("planner: P-002: this item has no earlier report, so you cannot report it as unchanged")
    said = planner("bulk", "T-001", "--unchanged", "--note", "Storm.", "--yes")
    assert (said.exit_code, said.out) == (3, "")
    assert counted(filled) == before


@pytest.mark.parametrize(
    ("arguments", "exit_code", "told"),
    [
        (["T-001", "T-404", *STORM], 4, "no item 'T-404'"),
        (["T-001"], 3, "no field was given"),
        ([], 2, "Missing argument"),
        (["T-001", "P-002", "--phase", "completed"], 5, "T-001: a completed item needs its own evidence"),
    ],
)
def test_what_cannot_be_is_told_before_anybody_is_asked(planner, filled, arguments, exit_code, told):
    before = counted(filled)
    done = planner("bulk", *arguments)
    assert (done.exit_code, done.out) == (exit_code, "")
    assert told in done.err
    assert counted(filled) == before


def test_what_was_reported_while_it_asked_is_told_and_nothing_recorded(planner, filled, monkeypatch):
    def somebody_else_is_quicker(*_question, **_options):
        report(filled, "P-002", percent=5, actor=COLLEAGUE)
        return "y"

    monkeypatch.setattr("click.prompt", somebody_else_is_quicker)
    done = planner("bulk", "T-001", "P-002", *STORM)
    assert (done.exit_code, done.out) == (13, "")
    assert "P-002: brook has changed this item in the meantime" in done.err
    assert counted(filled)[0] == 1
