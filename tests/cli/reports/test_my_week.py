"""planner my-week, as typed: the queue, and reporting by questions and answers."""

import json
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, date, datetime

import pexpect
import pytest

from planner.cli.context import Context, login
from planner.domain.vocabulary import Confidence, Phase
from planner.personal import drafts
from tests.answers import give_back
from tests.cli.reports.test_update import counted
from tests.factories import COLLEAGUE, ODD_TITLE, OFFICER, observed, report
from tests.queries.reads import detail_at, instant, item_at

NOW = datetime(2020, 4, 1, 9, 30, tzinfo=UTC)
TODAY = NOW.date()


@pytest.fixture(autouse=True)
def _now(monkeypatch):
    monkeypatch.setattr(Context, "now", lambda _context: NOW)


@pytest.fixture
def queue(filled):
    """Three items that owe a report (T-002, whose report was returned, T-001 and P-001), and one that has it."""
    report(filled, "P-002", percent=80, as_of=date(2020, 3, 30))
    report(filled, "T-002", done="Courses [planned].", as_of=date(2020, 3, 23), actor=OFFICER)
    give_back(filled, "T-002", "Which courses?", at=instant(3, 24))
    report(
        filled,
        "T-001",
        percent=20,
        confidence=Confidence.AMBER,
        done="Two quays surveyed.",
        next="The third.",
        blocker="High water.",
        as_of=date(2020, 3, 25),
        actor=OFFICER,
    )
    observed(filled, "T-001", 1, 4, as_of=date(2020, 3, 25))
    return filled


def test_the_queue_is_shown_with_why_and_what_was_said_last(planner, queue):
    out = planner("my-week").out
    assert out.startswith(
        "Week 2020-W14, 2020-04-01, items of all organisations.\n\n3 items need a report, most urgent first:\n"
    )
    codes = [line[:5] for line in out.splitlines() if line[:2] in ("T-", "P-")]
    assert codes[0] == "T-002"
    assert set(codes) == {"T-001", "T-002", "P-001"}
    assert "  returned by brook: Which courses?" in out
    assert "  last report 2020-03-25 (1 week ago), dora: Two quays surveyed." in out
    assert "1 item was reported on this week: P-002" in out
    assert "to be confirmed" not in out


def test_a_manager_sees_what_is_to_be_confirmed_and_any_organisation_can_be_asked_for(planner, queue):
    report(queue, "P-002", phase=Phase.COMPLETED, as_of=date(2020, 3, 31), actor=OFFICER)
    out = planner("my-week", "--for", "Archive").out
    assert "items of Town Archive" in out
    assert "No item needs a report this week." in out
    assert f"P-002  completed: {ODD_TITLE} (dora, 2020-03-31 (yesterday))" in out
    assert planner("my-week", "--for", "Nowhere").exit_code == 4


def test_json_has_the_same(planner, queue):
    document = json.loads(planner("my-week", "--format", "json", "--for", "harbour-office").out)
    week = document["week"]
    assert (document["kind"], week["week"], week["organisation"]) == ("planner-week", "2020-W14", "harbour-office")
    first = week["owed"][0]
    assert (first["code"], first["why"][0]) == ("T-002", "returned by brook: Which courses?")
    assert first["returned"]["reason"] == "Which courses?"
    assert [item["code"] for item in week["reported"]] == ["P-002"]
    assert planner("my-week", "--report", "--format", "json").exit_code == 2


# Questions and answers


def codes_in(planner):
    """The codes of the queue in its order."""
    return [item["code"] for item in json.loads(planner("my-week", "--format", "json").out)["week"]["owed"]]


def up_to(planner, code):
    """Skip the items before one."""
    return ("s",) * codes_in(planner).index(code)


def enter(times):
    """Enter, as often."""
    return ("",) * times


def test_an_item_is_reported_with_what_stood_what_was_typed_and_what_was_cleared(planner, queue, answered):
    answered(
        *up_to(planner, "T-001"),
        *("", "green", "35", "Three quays surveyed.", "", ".", "", "Site diary"),
        *("met 2020-03-30", "move 2021-01-29", "Ice on the west quay"),
        *("6", "y"),
        # Milestone 2 is now after the due date.
        "y",
        "q",
    )
    done = planner("my-week", "--report")
    assert done.exit_code == 0, done.err
    assert "Saved the report on T-001." in done.out
    detail = detail_at(queue, "T-001", TODAY)
    last = detail.item.last
    assert last is not None
    assert (last.phase, last.confidence, last.percent) == (Phase.IN_PROGRESS, Confidence.GREEN, 35)
    said = [getattr(last, name) for name in ("done", "next", "blocker", "help_needed", "evidence")]
    assert said == ["Three quays surveyed.", "The third.", None, None, "Site diary"]
    first, second = detail.item.milestones
    assert (first.met_on, second.current) == (date(2020, 3, 30), date(2021, 1, 29))
    assert (detail.indicators[0].observed_on, detail.indicators[0].observed) == (TODAY, 6)
    instants = {entry.recorded_at for entry in detail.history if entry.recorded_at >= NOW}
    assert len(instants) == 1


def test_going_back_asks_the_question_before_with_what_was_typed(planner, queue, answered):
    answered(
        *up_to(planner, "T-001"),
        # There is nothing before the first question. The third one leads back to the second, and that to the first.
        *("<", "in progress", "green", "<", "<", "", "amber", "35"),
        *enter(5 + 2),
        # The question whether to save leads back to the last one about the item.
        *("6", "<", "7", "y", "q"),
    )
    out = planner("my-week", "--report").out
    assert out.count("This is the first question here.") == 1
    assert "[green]: " in out
    assert "Saved the report on T-001." in out
    detail = detail_at(queue, "T-001", TODAY)
    assert detail.item.last is not None
    assert (detail.item.last.confidence, detail.item.last.percent) == (Confidence.AMBER, 35)
    # Enter keeps what is next, but not what was done in an earlier week.
    assert (detail.item.last.next, detail.item.last.done) == ("The third.", None)
    assert detail.indicators[0].observed == 7


def test_enter_all_the_way_reports_no_change_once_that_is_confirmed(planner, queue, answered):
    answered(*up_to(planner, "T-001"), *enter(8 + 2 + 1), "y", "q")
    done = planner("my-week", "--report")
    assert "Saved the report on T-001." in done.out
    item = item_at(queue, "T-001", TODAY)
    assert item.last is not None
    assert (item.last.as_of, item.last.percent, item.last.done) == (TODAY, 20, None)
    assert item.last.unchanged
    assert "You answered no question. Report that nothing changed since " in done.out
    assert "1 reported, " in done.out


def test_the_texts_of_a_returned_report_are_offered_and_kept_only_if_something_is_put_right(planner, filled, answered):
    report(filled, "T-002", done="Earlier.", as_of=date(2020, 3, 10), actor=OFFICER)
    report(filled, "T-002", done="Courses [planned].", as_of=date(2020, 3, 23), actor=OFFICER)
    give_back(filled, "T-002", "Which courses?", at=instant(3, 24))
    assert codes_in(planner)[0] == "T-002"
    answered(*enter(12), "q")
    out = planner("my-week", "--report").out
    assert "Done [Courses [planned].]: " in out
    assert "You answered no question, so there is nothing to save." in out
    before = item_at(filled, "T-002", TODAY).last
    assert before is not None
    assert before.done == "Earlier."
    answered(*enter(3), "Put right.", *enter(8), "y", "q")
    planner("my-week", "--report")
    last = item_at(filled, "T-002", TODAY).last
    assert last is not None
    assert (last.done, last.next) == ("Courses [planned].", "Put right.")


def test_what_was_saved_stays_and_what_is_left_is_counted(planner, queue, answered):
    before = counted(queue)
    answered("s", "q")
    done = planner("my-week", "--report")
    assert done.out.endswith("\n0 reported, 1 skipped, 2 left.\n")
    answered("", "")
    assert planner("my-week", "--report").out.endswith("\n0 reported, 0 skipped, 3 left.\n")
    assert counted(queue) == before


def test_no_at_the_end_saves_nothing(planner, queue, answered):
    before = counted(queue)
    answered(*up_to(planner, "T-001"), *enter(11), "n", "q")
    assert planner("my-week", "--report").exit_code == 0
    assert counted(queue) == before


def test_an_answer_that_is_none_is_asked_for_again(planner, queue, answered):
    answered(
        *up_to(planner, "T-001"),
        *("done", "susp", "purple", "red", "many", "101", "40", *enter(5)),
        *("yesterday", "met 2020-02-31", "", "move 29 January 2021", "", "Ice."),
        *("lots", "5", "y", "y", "q"),
    )
    out = planner("my-week", "--report").out
    for told in (
        "'done' is not one of the allowed words",
        "'purple' is not one",
        "'many' is not a percentage",
        "'101' is not",
    ):
        assert told in out
    for told in ("'yesterday' is not an answer about a milestone", "'2020-02-31' is not a date", "text is required"):
        assert told in out
    assert "'lots' is not a number" in out
    assert "  move Friday 2021-01-29\n" in out
    item = item_at(queue, "T-001", TODAY)
    assert (item.phase, item.confidence, item.actual) == (Phase.SUSPENDED, Confidence.RED, 40)
    assert item.milestones[1].current == date(2021, 1, 29)


def test_a_refused_save_is_told_and_asked_again_with_what_was_typed(planner, queue, answered):
    """Completing asks for evidence; the second time round everything typed stands as the answer."""
    first = ("comp", "completed", *enter(2), "All done.", *enter(4), *enter(3), "y")
    again = (*enter(7), "Certificate", *enter(3), "y", "y")
    answered(*up_to(planner, "T-001"), *first, *again, "q")
    out = planner("my-week", "--report").out
    assert "'comp' would end the item. Type completed in full if you want to end the item." in out
    assert "a completed item needs evidence" in out
    assert "the item is completed, but milestones 1, 2 are not met" in out
    item = item_at(queue, "T-001", TODAY)
    assert item.last is not None
    assert (item.phase, item.last.done, item.last.evidence) == (Phase.COMPLETED, "All done.", "Certificate")


def test_what_somebody_wrote_meanwhile_is_shown_and_both_can_be_told_apart(planner, queue, answered, monkeypatch):
    from planner.cli.reports import week_report

    ask_all = week_report._ask_all
    rounds = []

    def asked(form, typed, draft, places):
        ask_all(form, typed, draft, places)
        rounds.append(form.item.last.actor)
        if len(rounds) == 1:
            report(queue, "T-001", percent=60, done="Theirs.", as_of=TODAY, at=instant(4, 1, 9), actor=COLLEAGUE)

    monkeypatch.setattr(week_report, "_ask_all", asked)
    answered(*up_to(planner, "T-001"), *enter(3), "Mine.", *enter(7), "y", *enter(11), "y", "q")
    out = planner("my-week", "--report").out
    assert "brook has changed this item in the meantime" in out
    assert "  current value of Percent: 60" in out
    assert "  current value of Done: Theirs." in out
    last = item_at(queue, "T-001", TODAY).last
    assert last is not None
    # What I typed is mine; what I left as it stood is theirs.
    assert (last.done, last.percent) == ("Mine.", 60)
    assert rounds == [OFFICER.name, COLLEAGUE.name]


def test_what_is_typed_and_not_saved_is_a_draft_that_is_offered_the_next_time(planner, queue, answered):
    answered(
        *up_to(planner, "T-001"), "susp", "", "45", "Kept.", *enter(4), "met 2020-03-30", "move 2021-01-29", "Ice.", "q"
    )
    out = planner("my-week", "--report").out
    assert out.endswith(
        "Your answers on T-001 are not saved; they are kept as a draft.\n\nEnded. Reports that you saved are kept.\n\n"
        + out.splitlines()[-1]
        + "\n"
    )
    shown = planner("drafts", "show", "T-001").out
    for told in (
        "Phase: suspended",
        "Percent: 45",
        "Milestone 1, met on: 2020-03-30",
        "Milestone 2, new date: 2021-01-29",
    ):
        assert told in shown
    # Somebody writes on it; the app says more of the milestone than is asked here.
    report(queue, "T-001", percent=60, done="Theirs.", as_of=date(2020, 3, 27), at=instant(4, 1, 9), actor=COLLEAGUE)
    (draft,) = drafts.all_of(str(queue.url.database), login()).drafts
    drafts.keep(replace(draft, fields={**draft.fields, "milestone_1_evidence": "A photograph"}))
    answered(*up_to(planner, "T-001"), "maybe", "y", *enter(12), "y", "y", "q")
    out = planner("my-week", "--report").out
    for told in (
        "  Phase: suspended",
        "  Done: Kept.",
        "  current value of Percent: 60",
        "'maybe' is not one of the possible answers",
        "Saved the report on T-001.",
    ):
        assert told in out
    assert "  Milestone 1, evidence: A photograph (no question asks for this; it stays in the draft)" in out
    item = item_at(queue, "T-001", TODAY)
    assert item.last is not None
    assert (item.phase, item.last.done, item.last.percent) == (Phase.SUSPENDED, "Kept.", 45)
    assert [step.met_on for step in item.milestones] == [date(2020, 3, 30), None]
    assert planner("drafts", "show", "T-001").out.splitlines()[1:] == ["  Milestone 1, evidence: A photograph"]


def test_a_draft_that_is_declined_stays_beside_what_is_typed_until_it_is_taken_up_or_dropped(
    planner, queue, answered, monkeypatch
):
    skipped = up_to(planner, "T-001")
    answered(*skipped, "", "red")
    assert planner("my-week", "--report").out.count("kept as a draft") == 1
    for declined in (("n", "q"), ("s",), ("q",), ()):
        answered(*skipped, *declined)
        planner("my-week", "--report")
        assert "Confidence: red" in planner("drafts", "show", "T-001").out
    monkeypatch.setattr("planner.cli.context.Context.now", lambda _context: instant(4, 1, 10))
    answered(*skipped, "n", *enter(3), "Other words.", "s")
    planner("my-week", "--report")
    assert said_in_drafts(planner) == ["  Done: Other words.", "  Confidence: red"]
    # The newest is declined, the other one is dropped; what is typed now is saved, and only its draft goes.
    answered(*skipped, "n", "d", "", "green", *enter(9), "y", "q")
    out = planner("my-week", "--report").out
    assert out.count("You began a report on this item") == 2
    assert "The draft was deleted." in out
    assert "Saved the report on T-001." in out
    assert said_in_drafts(planner) == ["  Done: Other words."]


def said_in_drafts(planner) -> list[str]:
    """What the drafts on T-001 say, the newest first."""
    return [line for line in planner("drafts", "show", "T-001").out.splitlines() if line.startswith("  ")]


def test_an_item_that_is_not_mine_is_told_and_passed_over(planner, queue, answered, monkeypatch):
    monkeypatch.setattr("planner.cli.context.login", lambda: "egil")
    answered()
    done = planner("my-week", "--report")
    assert done.out.count("egil is an auditor and may not report") == 3
    assert "0 reported, 3 skipped, 0 left." in done.out


@pytest.mark.more
def test_it_works_through_a_pipe_and_in_a_terminal(filled):
    """The same questions, answered by a program and by somebody at a terminal."""
    address = str(filled.url.database)
    command = ["-m", "planner", "--db", address, "my-week", "--report"]
    child = pexpect.spawn(sys.executable, command, encoding="utf-8", timeout=30)
    child.expect("1 of 5")
    child.expect("Phase: not started, ")
    child.sendline("in progress")
    child.expect("Confidence: ")
    child.sendline("q")
    child.expect("0 reported, 0 skipped, 5 left")
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 0
    piped = subprocess.run([sys.executable, *command], input="s\n" * 5, capture_output=True, text=True, check=True)
    assert piped.stdout.endswith("0 reported, 5 skipped, 0 left.\n")


def test_an_earlier_day_is_the_week_of_the_organisation_of_then(planner, queue, monkeypatch):
    def on(day, *line):
        monkeypatch.setattr(Context, "now", lambda _context: datetime.combine(day, NOW.timetz()))
        done = planner(*line)
        assert done.exit_code == 0, done.err

    on(TODAY, "people", "add", "cleo", "--name", "Cleo", "--role", "officer", "--organisation", "town-archive")
    on(
        date(2020, 4, 8),
        "organisation",
        "rename",
        "town-archive",
        "--name",
        "Papers of the Town",
        "--reason",
        "Reform.",
    )
    on(date(2020, 4, 10), "organisation", "merge", "town-archive", "--into", "harbour-office", "--reason", "Reform.")
    on(date(2020, 4, 20), "people", "leave", "cleo", "--reason", "Retired.")
    monkeypatch.setattr("planner.cli.context.login", lambda: "cleo")
    assert ", items of Town Archive.\n" in planner("my-week", "--as-of", "2020-04-07").out
    assert ", items of Papers of the Town.\n" in planner("my-week", "--as-of", "2020-04-09").out
    assert ", items of Harbour Office.\n" in planner("my-week", "--as-of", "2020-04-10").out
    assert planner("my-week", "--as-of", "2020-04-20").out.splitlines()[2:] == [
        "Cleo had left by that day, so no item waited for a report."
    ]
    of_then = planner("my-week", "--as-of", "2020-04-07", "--for", "Town Arch").out
    assert ", items of Town Archive.\n" in of_then
