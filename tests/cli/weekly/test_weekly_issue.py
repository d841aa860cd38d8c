"""planner weekly issue, issues, reissue and compare, as typed."""

import csv
import hashlib
import io
import json
import re
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from datetime import date, datetime

import pytest

from planner.cli.context import Context
from planner.cli.weekly.compare import CSV_COLUMNS, item_lines
from planner.queries.weeks.issues import read_issues
from planner.weekly import formats
from planner.weekly.comparing.comparisons import Change, Compared
from planner.weekly.comparing.differences import Kind
from planner.weekly.formats import Format
from tests.factories import MYSELF, noon, reading_of, report
from tests.weekly.issued import QUICK, around, issue_now

NOW = noon(date(2020, 4, 20))
NAME = "harbour-2020-2020-W14"


@pytest.fixture(autouse=True)
def _now(monkeypatch, tmp_path):
    """Noon of 20 April in UTC, in a folder of the test's own."""
    monkeypatch.setattr(Context, "now", lambda _context: NOW)
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def quick(monkeypatch):
    """Only the formats that are quickly made."""
    monkeypatch.setattr("planner.weekly.issuing.preparing.ALL_FORMATS", QUICK)


def content(planner, *arguments):
    done = planner(*arguments, "--format", "json")
    document = json.loads(done.out)
    return done.exit_code, document[document["kind"].removeprefix("planner-")]


def digests(folder):
    return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in folder.iterdir()}


def test_a_week_is_issued_in_all_formats_changed_and_had_again_to_the_byte(planner, filled, tmp_path):
    report(filled, as_of=date(2020, 4, 2), percent=20, done="=1+1, 港口 مرفأ")
    code, issued = content(planner, "weekly", "issue", "--week", "2020-W14")
    assert code == 0
    folder = tmp_path / f"{NAME}-issued"
    assert issued["folder"] == folder.name
    assert (issued["week"], issued["number"], issued["as_of"]) == ("2020-W14", 1, "2020-04-05")
    assert (issued["actor"], issued["reason"]) == (MYSELF.name, None)
    assert {file["format"] for file in issued["files"]} == {*Format, "checkpoint"}
    assert {file["name"]: file["digest"] for file in issued["files"]} == digests(folder)
    assert {file["name"]: file["size"] for file in issued["files"]} == {
        file.name: file.stat().st_size for file in folder.iterdir()
    }
    report(filled, as_of=date(2020, 4, 3), percent=55, at=noon(date(2020, 4, 21)))
    done = planner("weekly", "reissue", "2020-W14", "-o", "again")
    assert (done.exit_code, done.err) == (0, "")
    assert f"{len(issued['files'])} of {len(issued['files'])} files are reproduced byte for byte" in done.out
    assert digests(tmp_path / "again") == digests(folder)
    assert sorted(entry.name for entry in tmp_path.iterdir() if entry.is_dir()) == ["again", folder.name]
    redacted = planner("redact", "T-001", "--field", "done", "--reason", "It named somebody.", "--yes")
    assert redacted.exit_code == 0, redacted.err
    done = planner("weekly", "reissue", "2020-W14", "--verify", "--format", "json")
    files = json.loads(done.out)["reissue"]["files"]
    # The brief does not show what was done.
    assert {file["format"] for file in files if file["came"] == "redacted"} == {
        one for one in Format if not one.is_brief
    }
    assert (done.exit_code, "of them because text was redacted)" in done.err) == (15, True)
    told = planner("weekly", "reissue", "2020-W14", "--verify").out
    assert "! The facts were computed again from the register" not in told
    assert "- After the week was issued, text was redacted (" in told
    told = planner("verify").out
    assert re.search(
        r"^Redaction 1 by \S+ on 2\d{3}-\d\d-\d\d: done of status_update 1, in events \d+\. Reason: It named",
        told,
        re.M,
    )
    assert re.search(
        r"^Redaction 2 to \d+ by \S+ on \S+: the stored bytes of \d+ issued files\. Reason: It", told, re.M
    )


CHECKPOINT_FILE = f"{NAME}-issued/{NAME}-checkpoint.txt"


def test_an_issue_carries_a_checkpoint_of_the_log_that_its_files_know(planner, filled, quick, tmp_path):
    issued = planner("weekly", "issue", "--week", "2020-W14")
    assert f"planner verify --checkpoint {CHECKPOINT_FILE}\nThe checkpoint is not signed" in issued.out
    with filled.reading() as session:
        (issue,) = read_issues(reading_of(session))
    assert (tmp_path / CHECKPOINT_FILE).read_text(encoding="utf-8").splitlines()[1] == str(issue.position.seq)
    found = planner("verify", "--checkpoint", CHECKPOINT_FILE)
    assert found.exit_code == 0
    assert f"{issue.position.seq:,}  anchored by a checkpoint" in found.out
    assert "Who made the checkpoint: it is not signed." in found.out
    kept = list((tmp_path / CHECKPOINT_FILE).read_text(encoding="utf-8").splitlines(keepends=True))
    (tmp_path / "of-fewer.txt").write_text("".join([kept[0], "2\n", *kept[2:]]), encoding="utf-8")
    assert planner("verify", "--checkpoint", "of-fewer.txt").exit_code == 17


def test_it_is_signed_with_the_key_that_is_named(planner, filled, quick, tmp_path):
    public = planner("checkpoint", "--new-key", "register.key").out.strip()
    issued = planner("weekly", "issue", "--week", "2020-W14", "--key", "register.key")
    assert "The checkpoint is not signed" not in issued.out
    found = planner("verify", "--checkpoint", CHECKPOINT_FILE, "--public-key", public)
    assert (found.exit_code, "signature verified" in found.out) == (0, True)
    wrong = planner("weekly", "issue", "--week", "2020-W15", "--key", "register.key.pub")
    assert wrong.exit_code == 3
    assert wrong.err.startswith("planner: register.key.pub: this is not a private key. Give the file of a private key ")
    assert not list(tmp_path.glob("*W15*"))


def test_of_a_log_that_is_not_sound_none_is_made_and_the_week_is_issued_only_where_that_is_said(
    planner, filled, quick, tmp_path
):
    file = tmp_path / "command.sqlite"
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("DROP TRIGGER guard_audit_event_update")
        connection.execute("UPDATE audit_event SET actor = 'nobody' WHERE seq = 3")
    refused = planner("weekly", "issue", "--week", "2020-W14")
    assert (refused.exit_code, refused.out) == (17, "")
    assert "To issue the week without a checkpoint, use --without-checkpoint" in refused.err
    assert not list(tmp_path.glob("*W14*"))
    issued = planner("weekly", "issue", "--week", "2020-W14", "--without-checkpoint")
    assert issued.exit_code == 0
    assert "checkpoint" not in issued.out
    assert planner("weekly", "issue", "--week", "2020-W15", "--without-checkpoint", "--key", "x").exit_code == 3


def test_without_a_week_the_last_that_is_over_is_issued_and_again_only_with_a_reason(planner, filled, quick, tmp_path):
    (tmp_path / "out").mkdir()
    first = planner("weekly", "issue", "-o", "out")
    assert "Wrote the files to out/harbour-2020-2020-W16-issued\n" in first.out
    assert "To write the same files again, use: planner weekly reissue 2020-W16 --number 1\n" in first.out
    again = planner("weekly", "issue", "-o", "out")
    assert (again.exit_code, again.out) == (5, "")
    assert "planner: --reason: 2020-W16 was issued already (number 1" in again.err
    second = planner("weekly", "issue", "-o", "named", "--reason", "A value was wrong.")
    assert "  reason: A value was wrong.\n" in second.out
    assert len(digests(tmp_path / "named")) == len(digests(tmp_path / "out" / "harbour-2020-2020-W16-issued"))
    listed = planner("weekly", "issues").out.splitlines()
    assert [line.split(":")[0] for line in listed if not line.startswith(" ")] == [
        "2020-W16 number 1",
        "2020-W16 number 2",
    ]
    assert f"{NAME}.csv" not in "".join(listed)
    assert "harbour-2020-2020-W16.csv" in planner("weekly", "issues", "--week", "2020-W16").out
    assert [one["number"] for one in content(planner, "weekly", "issues")[1]] == [1, 2]
    never = planner("weekly", "issues", "--week", "2020-W02")
    assert (never.exit_code, never.out) == (4, "")
    assert "2020-W02 was not issued. The only possible value is 2020-W16." in never.err


def test_a_week_that_is_not_over_is_issued_where_that_is_said(planner, filled, quick):
    done = planner("weekly", "issue", "--week", "2020-W17")
    assert (done.exit_code, done.out) == (5, "")
    assert "--unfinished" in done.err
    done = planner("weekly", "issue", "--week", "2020-W17", "--unfinished")
    assert done.out.startswith("2020-W17 number 1: as of 2020-04-20, issued by ")


@pytest.mark.parametrize(
    ("folder", "told"),
    [("taken", "a file or folder with this name already exists"), ("taken/folder", "the folder taken cannot be made")],
)
def test_where_the_folder_cannot_be_nothing_is_issued_and_nothing_is_left(
    planner, filled, quick, tmp_path, folder, told
):
    (tmp_path / "taken").write_bytes(b"mine")
    before = sorted(tmp_path.iterdir())
    done = planner("weekly", "issue", "-o", folder)
    assert (done.exit_code, done.out) == (11, "")
    assert f"planner: {folder}: {told}" in done.err
    assert "No week has been issued yet." in planner("weekly", "issues").out
    assert sorted(tmp_path.iterdir()) == before


def test_where_a_file_cannot_be_made_nothing_is_issued_and_nothing_is_left(planner, filled, monkeypatch, tmp_path):
    before = sorted(tmp_path.iterdir())
    monkeypatch.setitem(formats._MAKERS, Format.HTML, "tests.weekly.issued:out_of_paper")
    done = planner("weekly", "issue")
    assert (done.exit_code, done.err) == (14, "planner: there is no paper. Buy some.\n")
    assert "No week has been issued yet." in planner("weekly", "issues").out
    assert sorted(tmp_path.iterdir()) == before


def test_where_the_issue_is_refused_in_the_end_no_folder_is_left(planner, filled, quick, monkeypatch, tmp_path):
    """Somebody else issues the week while its files are made."""
    from planner.weekly.issuing import preparing

    real = preparing.make_ready

    def overtaken(*arguments, **more):
        ready = real(*arguments, **more)
        issue_now(filled, "2020-W16", at=NOW)
        return ready

    monkeypatch.setattr(preparing, "make_ready", overtaken)
    done = planner("weekly", "issue")
    assert (done.exit_code, done.out) == (5, "")
    assert "number 1, by brook" in done.err
    assert [entry.name for entry in tmp_path.iterdir() if entry.is_dir()] == []


def test_where_the_folder_s_name_is_taken_in_the_very_end_the_week_is_issued_all_the_same(
    planner, filled, quick, monkeypatch, tmp_path
):
    from planner.writes import issues

    real = issues.issue_week

    def meanwhile(*arguments, **more):
        (tmp_path / "out").write_bytes(b"somebody's")
        return real(*arguments, **more)

    monkeypatch.setattr(issues, "issue_week", meanwhile)
    done = planner("weekly", "issue", "-o", "out")
    assert done.exit_code == 11
    assert "The week was nevertheless issued, as 2020-W16 number 1" in done.err
    assert "To write the files, use 'planner weekly reissue 2020-W16 --number 1 -o FOLDER'." in done.err
    assert (tmp_path / "out").read_bytes() == b"somebody's"
    assert [entry.name for entry in tmp_path.iterdir() if entry.name.startswith(".planner")] == []
    assert planner("weekly", "reissue", "2020-W16", "-o", "again").exit_code == 0


def test_the_log_says_what_was_issued(planner, filled, quick):
    planner("weekly", "issue")
    done = planner("log", "--action", "issue", "--limit", "1000")
    assert "issue  2020-W16 number 1  weekly issue added" in done.out
    assert "issue  harbour-2020-2020-W16.csv  issued file added" in done.out
    assert re.search(r"^    sections: \d+ entries$", done.out, re.MULTILINE)


def test_a_week_is_issued_for_spreadsheets_and_is_so_again_also_if_its_bytes_are_lost(planner, filled, quick, tmp_path):
    report(filled, as_of=date(2020, 4, 2), percent=20)
    code, issued = content(planner, "weekly", "issue", "--week", "2020-W14", "--bom", "--decimal-comma")
    assert code == 0
    before = digests(tmp_path / issued["folder"])
    tables = [file["name"] for file in issued["files"] if file["name"].endswith(".csv")]
    for name in tables:
        assert (tmp_path / issued["folder"] / name).read_bytes().startswith(b"\xef\xbb\xbf"), name
        assert b";week;as_of;data\r\n" in (tmp_path / issued["folder"] / name).read_bytes()
    around(filled, "issued_content", "DELETE FROM issued_content")
    code, again = content(planner, "weekly", "reissue", "2020-W14", "-o", "again")
    came = {file["name"]: file["came"] for file in again["files"]}
    assert {came[name] for name in tables} == {"made_again"}
    kept = digests(tmp_path / "again")
    assert kept == {name: before[name] for name in kept}


def test_what_is_lost_and_what_differs_is_told_each_with_its_exit_code(planner, filled, tmp_path):
    report(filled, as_of=date(2020, 4, 2), percent=20)
    issued = issue_now(filled, at=NOW)
    around(filled, "status_update", "UPDATE status_update SET percent = 90")
    done = planner("weekly", "reissue", "2020-W14", "--verify")
    assert done.exit_code == 16
    assert "! The facts were computed again from the register, and differ in: " in done.out
    assert "  items T-001: percent: 20.0 → 90.0\n" in done.out
    assert f"planner weekly compare 2020-W14@issued-1 2020-W14@{issued.known_at:%Y-%m-%dT%H:%M:%S.%fZ}" in done.err
    assert not (tmp_path / f"{NAME}-issued").exists()
    totals = next(file for file in issued.files if file.name == f"{NAME}-totals.csv")
    around(filled, "issued_content", f"DELETE FROM issued_content WHERE digest = '{totals.digest}'")
    code, found = content(planner, "weekly", "reissue", "2020-W14", "--number", "1")
    assert code == 15
    lost = [file for file in found["files"] if file["came"] == "lost"]
    assert [file["name"] for file in lost] == [totals.name]
    assert (
        "The file was generated again, but differs from the issued file. The facts in these sections have changed: "
        in lost[0]["why"]
    )
    # What is still as it was issued is given.
    folder = tmp_path / found["folder"]
    assert digests(folder) == {file.name: file.digest for file in issued.files if file is not totals}


def test_a_file_that_somebody_holds_is_looked_up_by_its_bytes(planner, filled, tmp_path):
    issue_now(filled, at=NOW)
    planner("weekly", "reissue", "2020-W14", "-o", "held")
    held = tmp_path / "held" / f"{NAME}.csv"
    held.rename(tmp_path / "renamed.csv")
    done = planner("weekly", "reissue", "--check", "renamed.csv")
    assert (done.exit_code, done.err) == (0, "")
    said = f"{NAME}.csv of 2020-W14 number 1, by brook at 2020-04-20T21:00:00+09:00"
    assert done.out == f"renamed.csv: issued byte for byte as {said}\n"
    held.write_bytes((tmp_path / "renamed.csv").read_bytes() + b" ")
    done = planner("weekly", "reissue", "--check", "renamed.csv", "--check", str(held))
    assert done.exit_code == 15
    assert f"{held}: never issued (SHA-256 {hashlib.sha256(held.read_bytes()).hexdigest()})" in done.out
    assert f"  a file with this name was issued as {said}, but with other bytes" in done.out
    assert done.err == f"planner: {held}: no file with these bytes was ever issued.\n"
    code, found = content(planner, "weekly", "reissue", "--check", "renamed.csv")
    assert (code, found[0]["issued"][0]["week"], found[0]["namesakes"]) == (0, "2020-W14", [])
    assert planner("weekly", "reissue", "--check", "nowhere.csv").exit_code == 11


def test_what_was_not_issued_is_told(planner, filled):
    done = planner("weekly", "reissue", "2020-W14")
    assert (done.exit_code, done.out) == (4, "")
    assert "2020-W14 was not issued" in done.err
    assert planner("weekly", "reissue").exit_code == 2
    assert planner("weekly", "reissue", "2020-W14", "--check", "x").exit_code == 2


def test_options_before_the_subcommand_are_refused_and_not_passed_over(planner, filled):
    done = planner("weekly", "--week", "2020-W14", "issue")
    assert (done.exit_code, done.out) == (2, "")
    assert "Give the options after the command 'issue'." in done.err


@pytest.fixture
def changed(filled):
    """Week 14 issued, and a report on it that came late."""
    report(filled, as_of=date(2020, 4, 2), percent=20, blocker="Frost; [/] and\nfog.")
    issue_now(filled, at=NOW.replace(hour=1))
    report(filled, as_of=date(2020, 4, 3), percent=55, at=NOW.replace(hour=2))
    return filled


def test_the_change_since_a_week_was_issued_is_named(planner, changed):
    done = planner("weekly", "compare", "2020-W14", "2020-W14")
    assert (done.exit_code, done.err) == (1, "")
    lines = done.out.splitlines()
    assert lines[:3] == [
        "2020-W14 as issued (number 1, by brook, 2020-04-20T10:00:00+09:00)",
        "compared with 2020-W14 as known now",
        "Totals",
    ]
    assert lines[lines.index("What got worse, and what people changed") :][1:3] == [
        "T-001 Mend the quays",
        "  items: percent: 20.0 → 55.0",
    ]
    assert "  items: blocker: Frost; [/] and fog. → nothing" in lines
    assert lines[lines.index("  theme 1 Quays and lights") + 1].startswith("    percent: ")
    assert "change since last week" not in done.out
    assert re.fullmatch(r"Differences: \d+\. Items that differ: \d+\.", lines[-1])
    same = planner("weekly", "compare", "2020-W14", "2020-W14@issued-1")
    assert (same.exit_code, same.out.splitlines()[-1]) == (0, "There are no differences.")


def test_what_was_computed_is_shown_if_it_is_asked_for(planner, changed):
    short = planner("weekly", "compare", "2020-W14", "2020-W14")
    assert "  items: change since last week: 20.0 → 55.0" not in short.out
    assert re.search(r"^\d+ differences more were computed .* use --computed\.$", short.out, re.MULTILINE)
    for options in (["--computed"], ["--section", "items"]):
        whole = planner("weekly", "compare", "2020-W14", "2020-W14", *options)
        assert "  items: change since last week: 20.0 → 55.0" in whole.out
        assert "were computed" not in whole.out
    assert "  theme 1 Quays and lights: percent: " in planner("weekly", "compare", *["2020-W14"] * 2, "--computed").out


@pytest.mark.parametrize(
    ("section", "row", "line"),
    [
        ("items", "T-001", "items: row added"),
        ("milestones", "T-001 2", "milestones 2: row added"),
        ("outlook", "item T-001", "outlook item: row added"),
    ],
)
def test_the_row_of_an_item_is_named_by_its_key_without_the_code(section, row, line):
    change = Change(section, "T-001", row, Kind.ADDED, None, None, None)
    told = Compared((change,), (), {"T-001": "Mend the quays"})
    assert list(item_lines(told)) == [f"T-001 Mend the quays: {line}"]
    twice = replace(told, changes=(change, change))
    assert list(item_lines(twice)) == ["T-001 Mend the quays", f"  {line}", f"  {line}"]


def test_differences_as_csv_and_json_and_of_one_section(planner, changed):
    done = planner("weekly", "compare", "2020-W14", "2020-W14", "--section", "items", "--format", "csv")
    assert done.exit_code == 1
    rows = list(csv.DictReader(io.StringIO(done.out, newline="")))
    assert list(rows[0]) == list(CSV_COLUMNS)
    by_column = {row["column"]: row for row in rows}
    assert by_column["percent"] == {
        "section": "items",
        "item": "T-001",
        "row": "T-001",
        "change": "changed",
        "column": "percent",
        "before": "20.0",
        "after": "55.0",
        "data": "register",
    }
    assert by_column["blocker"]["before"] == "Frost; [/] and\nfog."
    code, found = content(planner, "weekly", "compare", "2020-W14", "2020-W14")
    assert (code, found["same"], found["left_out"]) == (1, False, [])
    assert found["before"]["week"] == "2020-W14"
    assert datetime.fromisoformat(found["after"]["known_at"]) >= NOW
    assert {change["item"] for change in found["changes"] if change["section"] == "items"} == {"T-001"}
    done = planner("weekly", "compare", "2020-W14", "2020-W14", "--section", "nonsense")
    assert (done.exit_code, done.out) == (4, "")


def test_the_commands_are_there_without_what_they_need(planner):
    code = (
        "import sys\nfrom planner.cli.main import run\nrun(['weekly', '--help'])\n"
        "print('loaded:', [name for name in ('sqlalchemy', 'rich', 'zlib', 'json') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert all(f"  {name} " in done.stdout for name in ("issue", "issues", "reissue", "compare"))
    assert "sqlalchemy" not in done.stdout.splitlines()[-1]
