"""planner requests and planner answer, as typed."""

import csv
import json
from io import StringIO

import pytest

from tests.factories import OFFICER, report


@pytest.fixture
def asked(planner, filled):
    done = planner(
        *("update", "T-001", "--help-needed", "Two pumps.", "--help-from", "The council"),
        *("--help-by", "2020-03-16", "--as-of", "2020-03-11"),
    )
    assert done.exit_code == 0, done.err
    return filled


def test_a_request_is_listed_and_answered_and_comes_back(planner, asked):
    shown = planner("show", "T-001", "--as-of", "2020-03-11").out
    assert "  Help needed: Two pumps.\n  Help from: The council\n  Help by: 2020-03-16\n" in shown
    listed = planner("requests", "--as-of", "2020-03-18")
    assert (listed.exit_code, listed.out.splitlines()[0]) == (0, "1 request is open:")
    assert "  Two pumps.\n" in listed.out
    assert "; of The council; answer needed by 2020-03-16" in listed.out
    assert "2 days overdue" in listed.out
    done = planner("answer", "T-001", "The council [pays].", "--as-of", "2020-03-18")
    assert (done.exit_code, done.err) == (0, "")
    assert done.out.startswith("Answered: the request for help on T-001 that ")
    listed = planner("requests", "--as-of", "2020-03-18").out
    assert listed.startswith("No request is open.\n\n1 request was answered this week:\nT-001")
    assert "The council [pays]." in listed
    assert planner("requests", "--as-of", "2020-03-25").out == "No request is open.\n"
    assert "answer to “Two pumps.”: The council [pays]." in planner("show", "T-001").out


def test_programs_read_the_same(planner, asked):
    document = json.loads(planner("requests", "--as-of", "2020-03-18", "--format", "json").out)
    assert (document["kind"], document["requests"]["as_of"]) == ("planner-requests", "2020-03-18")
    [one] = document["requests"]["requests"]
    assert (one["code"], one["state"], one["asked_of"], one["days_overdue"]) == ("T-001", "open", "The council", 2)
    [row] = csv.DictReader(
        StringIO(planner("requests", "--as-of", "2020-03-18", "--format", "csv").out.lstrip("\ufeff"))
    )
    assert (row["code"], row["asked"], row["answer_by"], row["answer"]) == ("T-001", "Two pumps.", "2020-03-16", "")
    said = planner("answer", "T-001", "Yes.", "--as-of", "2020-03-18", "--format", "json").out
    assert json.loads(said)["help-answer"]["answer"] == "Yes."


def test_only_one_s_own(planner, filled):
    report(filled, "T-001", help_needed="A crane.", actor=OFFICER)
    assert planner("requests", "--mine").exit_code == 5
    assert planner("requests").exit_code == 0


def test_what_is_not_asked_is_told(planner, filled):
    done = planner("answer", "T-001", "Yes.")
    assert done.exit_code == 5
    assert done.err.startswith("planner: T-001: the last report on this item asks for no help.")
    done = planner("update", "T-001", "--done", "Some.", "--help-from", "The council")
    assert done.exit_code == 3
    assert "--help-from: it is not said what help is needed. Say what help is needed (--help-needed)" in done.err
