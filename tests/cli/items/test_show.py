"""planner show, as typed."""

import json
from datetime import UTC, date, datetime

from planner.domain.vocabulary import Phase
from planner.writes.reports.confirmations import return_report
from tests.factories import COLLEAGUE, ODD_TITLE, report, writing_by
from tests.queries.reads import retitle


def test_shows_every_part_with_its_basis(planner, filled):
    out = planner("show", "P-001").out
    assert "Build the light on the north pier" in out
    assert "title basis: working" in out
    assert "(basis: derived)" in out
    assert "Lamp fitted" in out
    assert "target 1 by 2020-12-31" in out


def test_codes_may_be_typed_loosely(planner, filled):
    assert planner("show", "p1").out == planner("show", "P-001").out


def test_a_title_that_looks_like_markup_is_shown_as_it_is(planner, filled):
    assert ODD_TITLE in planner("show", "P-002").out


def test_an_unknown_code_is_told(planner, filled):
    done = planner("show", "X-9")
    assert done.exit_code == 4
    assert done.err == ("planner: CODE: the plan has no item 'X-9'. 'planner items' lists the codes of all items.\n")


def test_as_of_and_known_at_take_the_item_back(planner, filled):
    planner("update", "T-001", "--percent", "20", "--as-of", "2020-04-01")
    planner("update", "T-001", "--percent", "50", "--as-of", "2020-05-01")

    def percent(*arguments):
        return json.loads(planner("show", "T-001", "--format", "json", *arguments).out)["item"]["item"]["actual"]

    assert percent("--as-of", "2020-04-30") == 20
    assert percent("--as-of", "2020-05-01") == 50
    assert percent("--as-of", "2020-05-01", "--known-at", "2020-06-01") is None


def test_before_anything_was_known_there_is_nothing_to_show(planner, filled):
    done = planner("show", "T-001", "--known-at", "2019-01-01")
    assert done.exit_code == 12
    assert "--known-at" in done.err


def test_an_instant_that_is_none_is_told(planner, filled):
    done = planner("show", "T-001", "--known-at", "noon")
    assert done.exit_code == 3
    assert "'noon'" in done.err


def test_the_course_is_told_week_by_week(planner, filled):
    planner("update", "T-001", "--percent", "20", "--confidence", "green", "--as-of", "2020-01-08")
    lines = planner("show", "T-001", "--course", "--as-of", "2020-01-14").out.splitlines()
    assert [line.split() for line in lines[2:5]] == [
        ["2020-W01", "2020-01-05", "–", "2%", "on", "track", "not", "rated"],
        ["2020-W02", "2020-01-12", "20%", "5%", "on", "track", "green"],
        ["2020-W03", "2020-01-14", "20%", "6%", "on", "track", "green"],
    ]
    assert "The item starts on 2020-06-01." in planner("show", "T-003", "--course", "--as-of", "2020-01-14").out
    course = json.loads(planner("show", "T-001", "--as-of", "2020-01-14", "--format", "json").out)["item"]["course"]
    assert course[1] == {
        "week": "2020-W02",
        "as_of": "2020-01-12",
        "expected_percent": 4.9,
        "percent": 20.0,
        "phase": "in_progress",
        "confidence": "green",
        "schedule": "on_track",
    }


def test_the_history_tells_edits_answers_and_what_counts_no_longer(planner, filled):
    report(filled, "T-001", as_of=date(2020, 4, 1), phase=Phase.COMPLETED, evidence="Minutes.")
    assert "Completed: awaiting confirmation." in planner("show", "T-001", "--as-of", "2020-04-02").out
    with filled.writing() as session:
        at = datetime(2020, 4, 2, tzinfo=UTC)
        return_report(writing_by(session, COLLEAGUE, at, date(2020, 4, 2)), "T-001", "Which quay?")
    retitle(filled, "T-001", "Mend all quays", datetime(2020, 4, 3, tzinfo=UTC))
    out = planner("show", "T-001", "--as-of", "2020-04-02").out
    assert "Returned: brook returned the report as of 2020-04-01: Which quay?" in out
    assert "    title: Mend the quays → Mend all quays" in out
    assert "    returned: 2020-04-02 09:00+0900  brook (Which quay?)" in out
    assert "2020-04-02 09:00+0900  brook: returned the report by ada as of 2020-04-01 (Which quay?)" in out


def test_dates_are_compared_with_the_day_it_is_seen_from(planner, filled):
    out = planner("show", "T-001", "--as-of", "2020-12-26").out
    assert "Due 2020-12-31 (in 5 days), baseline 2020-12-31" in out
    assert "(in 5 days)" not in planner("show", "T-001", "--as-of", "2020-12-26", "--format", "json").out


def test_an_item_of_an_offices_own_file_has_no_empty_brackets_or_headings(planner, filled, tmp_path):
    """A target in words has no unit, and an item of an office's own file has no milestones."""
    file = tmp_path / "office.csv"
    file.write_text("Code,Task,Lead,Due,Target\nKP-7,Sow a meadow,Parks Office,2020-09-30,Two meadows\n", "utf-8")
    assert planner("import", str(file), "--yes").exit_code == 0
    lines = planner("show", "KP-7").out.splitlines()
    assert "Milestones: none" in lines
    assert "  1  Two meadows: not observed, no target  [registered]" in lines
    said = planner("observe", "KP-7", "1", "1", "--as-of", "2020-03-04")
    assert said.out == "Recorded: KP-7 indicator 1, Two meadows, is 1 as of 2020-03-04.\n"
