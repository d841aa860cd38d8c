"""planner log, as typed."""

import csv
import io
import json
from datetime import UTC, date, datetime

import pytest

from planner.cli.context import Context
from tests.factories import COLLEAGUE, move, report


@pytest.fixture
def written(filled):
    """A report by a colleague, and a date that moved, on two days in April."""
    report(filled, "T-001", as_of=date(2020, 4, 2), actor=COLLEAGUE, done="=1+1", percent=20)
    move(filled, "T-002", 3, date(2020, 11, 27), reason="Fog.", at=datetime(2020, 4, 2, 16, 30, tzinfo=UTC))
    return filled


def events(planner, *arguments):
    done = planner("log", "--format", "json", *arguments)
    assert done.exit_code == 0, done.err
    return json.loads(done.out)["log"]


def test_digests_and_sort_keys_are_not_shown(planner, written):
    told = planner("log").out
    assert "item added" in told
    assert not any(word in told for word in ("code key:", "fingerprint:", "shape:"))


def test_says_who_changed_what_when_and_why(planner, written, monkeypatch):
    monkeypatch.setattr(Context, "now", lambda _context: datetime(2020, 4, 24, 12, tzinfo=UTC))
    done = planner("log", "--limit", "2")
    first, because, *fields = done.out.splitlines()
    told = (
        "2020-04-03 01:30:00+0900 (2020-04-02T16:30:00Z, 3 weeks ago)  ada  move-date  T-002 milestone 3  date change"
    )
    assert told in first
    assert because == "    reason: Fog."
    assert "    date: 2020-10-30 → 2020-11-27" in fields
    assert any(line.endswith("brook  report  T-001  status update added") for line in fields)
    assert "    percent: 20" in fields
    earlier = events(planner, "--limit", "2")[-1]["seq"]
    assert fields[-1] == f"For earlier events, give --before {earlier}"
    assert events(planner, "--before", str(earlier), "--limit", "1")[0]["seq"] == earlier - 1


def test_an_event_after_the_shown_day_has_no_age(planner, written, monkeypatch):
    monkeypatch.setattr(Context, "now", lambda _context: datetime(2019, 12, 30, 12, tzinfo=UTC))
    first, *_ = planner("log", "--limit", "1").out.splitlines()
    assert "(2020-04-02T16:30:00Z)  ada  " in first


def test_a_reason_is_shown_once_and_an_unnamed_record_by_the_event_that_added_it(planner, written):
    assert planner("return", "T-001", "--reason", "Say which quay.").exit_code == 0
    returned = events(planner, "--limit", "1")[0]["seq"]
    assert planner("undo", "--reason", "Wrong item.", "--yes").exit_code == 0
    undone, answered = planner("log", "--limit", "2", "--action", "take-back"), planner("log", "--limit", "2")
    assert undone.out.count("Wrong item.") == 1
    assert f"    completion confirmation: event {returned}" in undone.out.splitlines()
    assert answered.out.count("Say which quay.") == 1


def test_options_narrow(planner, written):
    everything = events(planner, "--limit", "10000")
    assert [event["seq"] for event in everything] == list(range(len(everything), 0, -1))
    moved, said = everything[:2]
    assert events(planner, "--who", "brook") == [said]
    assert events(planner, "--action", "move-date") == [moved]
    assert {event["item"] for event in events(planner, "t2")} == {"T-002"}
    assert events(planner, "--since", "2020-04-03") == [moved]
    # A date alone is the whole day in the plan's time zone, from its beginning to its end.
    assert events(planner, "--since", "2020-04-02", "--until", "2020-04-02") == [said]
    assert events(planner, "--since", "2020-04-04") == []


def test_json_says_what_it_is(planner, written):
    document = json.loads(planner("log", "--limit", "1", "--format", "json").out)
    assert (document["kind"], document["version"], document["simulated"]) == ("planner-log", 1, False)
    event = document["log"][0]
    assert (event["recorded_at"], event["reason"]) == ("2020-04-02T16:30:00Z", "Fog.")
    assert {"name": "new_date", "word": "date", "before": "2020-10-30", "after": "2020-11-27"} in event["fields"]


def test_csv_has_a_line_per_field_and_runs_no_formula(planner, written):
    done = planner("log", "T-001", "--limit", "1", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(done.out_bytes.decode(), newline="")))
    assert list(rows[0]) == [
        *("seq", "recorded_at", "recorded_at_local", "actor", "on_behalf_of", "action", "table", "label"),
        *("plan", "item", "reason", "field", "before", "after", "data"),
    ]
    said = {row["field"]: row["after"] for row in rows}
    assert (said["percent"], said["done"]) == ("20", "'=1+1")
    assert {row["data"] for row in rows} == {"register"}
    assert {row["recorded_at_local"] for row in rows} == {"2020-04-02T21:00:00+09:00"}


def test_where_nothing_answers_it_says_so(planner, written):
    assert planner("log", "--since", "2020-04-04").out == "No event in the log matches the options.\n"


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [(("T-999",), 4, "no item 'T-999'"), (("--since", "soon"), 3, "--since"), (("--limit", "0"), 3, "--limit")],
)
def test_what_cannot_be_asked_is_told(planner, written, arguments, code, said):
    done = planner("log", *arguments)
    assert (done.exit_code, done.out) == (code, "")
    assert said in done.err


@pytest.mark.parametrize("form", ["text", "json", "csv"])
def test_an_unknown_code_is_refused_before_any_output(planner, written, form):
    done = planner("log", "T-999", "--format", form)
    assert (done.exit_code, done.out) == (4, "")
