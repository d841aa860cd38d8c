"""planner extension ask, grant and refuse, as typed."""

import json
import sys
from datetime import date

import pexpect
import pytest

from tests.answers import ask
from tests.cli.test_plan_days import SHOWN
from tests.factories import ACTOR, OFFICER, move

REASON = "The [tender] was repeated."


@pytest.fixture
def asked(filled):
    """A later due date of T-001 that an officer asked for."""
    ask(filled, date(2021, 1, 31), reason=REASON)
    return filled


def test_a_later_date_is_asked_for(planner, filled):
    done = planner(
        "extension", "ask", "T-001", "--to", "2021-01-31", "--reason", REASON, "--as-of", "2020-03-18", "--yes"
    )
    assert (done.exit_code, done.err) == (0, "")
    assert done.out.startswith("Recorded: T-001, due date: 2021-01-31 is asked for instead of 2020-")
    shown = planner("show", "T-001", "--as-of", "2020-03-18").out
    assert REASON in shown
    assert "asked to move the due date from 2020-" in shown


def test_it_is_listed_and_granted_and_comes_back(planner, asked):
    listed = planner("requests", "--as-of", "2020-03-25").out
    assert listed.startswith("1 request is open:\nT-001")
    assert "  due date: 2021-01-31 instead of 2020-" in listed
    assert f"  {REASON}\n" in listed
    assert f"asked by {OFFICER.name} on 2020-03-18" in listed
    assert "asked for before the date\n" in listed
    done = planner("extension", "grant", "T-001", "--reason", "Agreed.", "--yes", "--as-of", "2020-03-25")
    assert (done.exit_code, done.err) == (0, "")
    assert done.out.startswith("Granted: T-001, due date: 2021-01-31 instead of 2020-")
    listed = planner("requests", "--as-of", "2020-03-25").out
    assert listed.startswith("No request is open.\n\n1 request was answered this week:\nT-001")
    assert "granted it on 2020-03-25: Agreed." in listed
    shown = planner("show", "T-001", "--as-of", "2020-03-25").out
    assert "asked for before the date" in shown
    overview = planner("overview", "--as-of", "2020-03-25").out
    assert "1 date was moved to a later day since last week: 1 asked for before the date\n" in overview
    document = json.loads(planner("overview", "--as-of", "2020-03-25", "--format", "json").out)
    assert (document["version"], document["overview"]["later_dates"]) == (2, {"before": 1, "after": 0, "not_asked": 0})


def test_who_asked_is_told_that_the_date_was_moved_by_hand(planner, asked):
    move(asked, "T-001", None, date(2021, 1, 15), as_of=date(2020, 3, 24), reason="The [fair].")
    listed = planner("requests", "--as-of", "2020-03-25").out
    assert listed.startswith("No request is open.\n\n1 request was answered this week:\nT-001")
    assert f"\n  {ACTOR.name} moved the date to 2021-01-15 on 2020-03-24 without an answer: The [fair].\n" in listed
    done = planner("extension", "grant", "T-001", "--yes", "--as-of", "2020-03-25")
    assert (done.exit_code, "nobody asks for a later date (due date)" in done.err) == (5, True)


def test_nobody_answers_a_date_that_they_did_not_see(planner, asked):
    for act, why in (("grant", ()), ("refuse", ("--reason", "No."))):
        done = planner("extension", act, "T-001", *why, "--as-of", "2020-03-25")
        assert done.exit_code == 5
        assert "T-001, due date: 2021-01-31 instead of 2020-" in done.err
        assert "Name the date that you have seen with --to 2021-01-31, or give --yes." in done.err
        done = planner("extension", act, "T-001", *why, "--as-of", "2020-03-25", "--to", "2021-01-30")
        assert done.exit_code == 5
        assert "--to: 2021-01-31 is asked for, not 2021-01-30." in done.err
    # The date that was seen is after the end of the plan, so it is asked about.
    done = planner("extension", "grant", "T-001", "--as-of", "2020-03-25", "--to", "2021-01-31")
    assert done.exit_code == 23
    assert done.err.endswith("is outside the plan (2020-01-01 to 2020-12-31). Refuse it, or grant it with --yes.\n")


def test_who_asks_is_told_what_a_manager_would_be_told(planner, filled):
    done = planner("extension", "ask", "T-001", "--to", "2021-01-31", "--reason", REASON, "--as-of", "2020-03-18")
    assert done.exit_code == 23
    assert "the due date 2021-01-31 is outside the plan" in done.err
    assert "Ask for another date, or give --yes to ask for this one." in done.err


@pytest.mark.more
def test_the_request_is_shown_before_the_question(asked):
    answer = ["extension", "grant", "T-001", "--as-of", "2020-03-25"]
    command = ["-m", "planner", "--db", str(asked.url.database), *answer]
    child = pexpect.spawn(sys.executable, command, encoding="utf-8", timeout=30)
    child.expect("T-001, due date: 2021-01-31 instead of 2020-")
    child.expect_exact(REASON)
    child.expect("asked by dora on 2020-03-18; asked for before the date")
    child.expect_exact("Grant this date? [y/N]")
    child.sendline("n")
    child.expect("Nothing was recorded.")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0


def test_it_is_refused_with_a_reason(planner, asked):
    done = planner(
        "extension",
        "refuse",
        "T-001",
        "--to",
        "2021-01-31",
        "--reason",
        "The fair is in June.",
        "--as-of",
        "2020-03-25",
    )
    assert (done.exit_code, done.err) == (0, "")
    assert done.out.startswith("Refused: T-001, due date: it stays 2020-")
    assert "refused it on 2020-03-25: The fair is in June." in planner("requests", "--as-of", "2020-03-25").out


def test_programs_read_the_same(planner, asked):
    document = json.loads(planner("requests", "--as-of", "2020-03-25", "--format", "json").out)
    [one] = document["requests"]["requests"]
    assert (one["request"], one["state"], one["date"], one["to"], one["when_asked"], one["asked"]) == (
        "extension",
        "open",
        "due_date",
        "2021-01-31",
        "before",
        REASON,
    )
    done = planner("extension", "grant", "T-001", "--yes", "--as-of", "2020-03-25", "--format", "json").out
    assert json.loads(done)["extension-answer"]["outcome"] == "granted"


def test_what_nobody_asks_for_is_told(planner, filled):
    done = planner("extension", "grant", "T-001", "--milestone", "2")
    assert done.exit_code == 5
    assert done.err.removeprefix(SHOWN).startswith("planner: T-001: nobody asks for a later date (milestone 2).")
    done = planner("extension", "ask", "T-001", "--to", "2020-01-05", "--reason", "Frost.", "--as-of", "2020-01-05")
    assert done.exit_code == 3
    assert "--to: 2020-01-05 is not later than the current date" in done.err
