"""planner redact, as typed: what goes is shown, and no part of the file holds it afterwards."""

import json
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from planner.cli.context import login
from tests.command import run_command
from tests.factories import report

SECRET = "Mara Vint, Quay 4, 0171 555 0199, is ill."


@pytest.fixture
def typed(filled, tmp_path) -> Path:
    """A register in which somebody typed personal data; its file."""
    report(filled, "T-001", done="Nothing to hide.")
    report(filled, "T-001", as_of=date(2020, 3, 11), blocker=SECRET, done="The quay.")
    report(filled, "T-001", as_of=date(2020, 3, 12), done="More of the quay.")
    file: Path = tmp_path / "command.sqlite"
    leave_in_free_pages(file)
    return file


def leave_in_free_pages(file: Path) -> None:
    """What SQLite leaves where rows were deleted or moved, and overwrites only when it is asked to."""
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute("PRAGMA secure_delete = OFF")
        connection.execute("CREATE TABLE moved (text)")
        connection.executemany("INSERT INTO moved VALUES (?)", [(SECRET,)] * 300)
        connection.execute("DROP TABLE moved")


def last_event(file: Path) -> int:
    with closing(sqlite3.connect(file)) as connection:
        found = connection.execute("SELECT seq FROM audit_event WHERE instr(body, ?)", (SECRET.encode(),)).fetchone()
    return int(found[0])


def holding(file: Path) -> list[str]:
    """The files beside a register, itself among them, that hold the text somewhere in their bytes."""
    return [one.name for one in sorted(file.parent.glob(f"{file.stem}*")) if b"Mara Vint" in one.read_bytes()]


REDACT = ("redact", "--field", "blocker", "--reason", "It named a private person.")


def redact(planner, *arguments: str):
    return planner(*REDACT, *arguments)


def test_no_byte_of_it_is_left_in_the_file_or_beside_it(planner, typed):
    assert holding(typed)
    shown = planner("log", "T-001").out
    assert "Mara Vint" in shown
    done = redact(planner, str(last_event(typed)), "--yes")
    assert (done.exit_code, done.err) == (0, "")
    assert "Recorded redaction 1: blocker of status update" in done.out
    assert "Neither its unused parts nor its log file contain the removed text" in done.out
    assert "Not changed: unsaved reports" in done.out
    assert holding(typed) == []
    log = planner("log", "T-001").out
    assert "Mara Vint" not in log
    assert "    blocker: [redacted]\n" in log
    assert f"    redacted: blocker, redaction 1 by {login()} on " in log
    assert ": It named a private person.\n" in log
    assert "[redacted]" in planner("show", "T-001", "--as-of", "2020-03-11").out
    verified = planner("verify")
    assert verified.exit_code == 0, verified.err
    assert "1  redacted: the hash remains, the text was removed" in verified.out
    assert "blocker of status_update" in verified.out
    assert "Reason: It named a private person." in verified.out


def test_it_is_shown_and_asked_and_can_be_let_be(planner, typed, answered):
    answered("n")
    seq = str(last_event(typed))
    done = redact(planner, seq)
    assert (done.exit_code, done.out) == (0, "")
    assert "Nothing was redacted." in done.err
    assert f"blocker: {SECRET}" in done.err
    assert f"events whose text is replaced: {seq}" in done.err
    assert holding(typed)
    answered("y")
    assert redact(planner, "t-1").exit_code == 0
    assert holding(typed) == []


def test_a_number_that_is_an_event_and_an_item_is_not_guessed(planner, typed):
    day = ("--due", "2020-12-01", "--as-of", "2020-02-01", "--reason", SECRET)
    assert (
        planner(
            "item", "add", "6", "--title", "New quay", "--theme", "1", "--lead", "office", "--kind", "task", *day
        ).exit_code
        == 0
    )
    named = ("--field", "reason", "--reason", "Private.", "--yes")
    unclear = planner("redact", "6", *named)
    assert unclear.exit_code == 3
    assert "Give '--event 6' or '--item 6'" in unclear.err
    both = planner("redact", "6", "--item", "6", *named)
    assert both.exit_code == 2
    assert "Name one event or one item" in both.err
    assert "event 6" in planner("redact", "--event", "6", *named).err
    assert "records of 6 have text in reason" in planner("redact", "--item", "6", *named).err


def test_where_the_text_is_still_shown_is_said_with_the_commands_until_it_is_nowhere(planner, typed):
    for title in (f"Quay: {SECRET}", "Mend the quays"):
        assert planner("item", "edit", "T-001", "--title", title, "--reason", "As agreed.").exit_code == 0
    waiting = [f"--event {last_event(typed)} --field blocker"]
    told = []
    while waiting:
        done = planner("redact", *waiting.pop(0).split(), "--reason", "It named a person.", "--yes")
        assert done.exit_code == 0, done.err
        told.append("The text is still shown, in" in done.out)
        found = [line.partition("planner redact ")[2] for line in done.out.splitlines() if "planner redact --" in line]
        waiting = found or waiting
        assert len(told) < 20
    assert (told[0], told[-1]) == (True, False)
    assert holding(typed) == []


def test_json_lists_where_the_text_is_still_shown(planner, typed):
    assert planner("item", "edit", "T-001", "--title", SECRET, "--reason", "As agreed.").exit_code == 0
    why = ("--reason", "It named a person.", "--yes")
    done = redact(planner, "T-001", "--yes", "--format", "json")
    assert done.exit_code == 0, done.err
    still = json.loads(done.out)["redaction"]["still_shown"]
    assert still
    for one in still:
        fields = [part for field in one["fields"] for part in ("--field", field)]
        done = planner("redact", "--event", str(one["event"]), *fields, *why, "--format", "json")
        assert done.exit_code == 0, done.err
    assert json.loads(done.out)["redaction"]["still_shown"] == []


def test_json_does_not_repeat_the_text(planner, typed):
    seq = last_event(typed)
    document = json.loads(redact(planner, "T-001", "--yes", "--format", "json").out)
    assert document["kind"] == "planner-redaction"
    found = document["redaction"]
    (row,) = found["rows"]
    assert (row["fields"], row["events"], found["item"]) == (["blocker"], [seq], "T-001")
    assert found["rebuilt"] is True
    assert "Mara Vint" not in json.dumps(document)


def test_another_reader_is_waited_for_later(planner, typed, monkeypatch):
    monkeypatch.setattr("planner.store.dialects.BUSY_MILLISECONDS", 10)
    with closing(sqlite3.connect(typed)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM audit_event").fetchone()
        done = redact(planner, "T-001", "--yes", "--format", "json")
        again = planner("compact")
    assert (done.exit_code, json.loads(done.out)["redaction"]["rebuilt"]) == (25, False)
    assert "run 'planner compact'" in done.err
    assert again.exit_code == 25
    assert "may still contain the text" in again.out
    assert holding(typed)
    after = planner("compact")
    assert (after.exit_code, after.err) == (0, "")
    assert "Neither its unused parts nor its log file" in after.out
    assert holding(typed) == []


def test_a_copy_that_upgrade_kept_is_named(planner, typed):
    copy = typed.with_name("command.0004.20200401T120000.sqlite")
    copy.write_bytes(typed.read_bytes())
    typed.with_name("command.mine.sqlite").write_bytes(b"")
    out = redact(planner, "T-001", "--yes").out
    assert f"Delete it: {copy}" in out
    assert "command.mine" not in out


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["--field", "blocker", "--reason", "Private."], 2, "Name one event or one item"),
        (["T-001", "--reason", "Private."], 2, "Missing option '--field'"),
        (["T-001", "--field", "blocker"], 2, "Missing option '--reason'"),
        (["T-001", "--field", "phase", "--reason", "Private."], 4, "no text in phase"),
        (["9" * 30, "--field", "blocker", "--reason", "Private."], 3, "EVENT"),
        (["0", "--field", "blocker", "--reason", "Private."], 3, "EVENT"),
        (["7", "--field", "percent", "--reason", "Private."], 3, "--field: event 7"),
        (
            ["T-001", "--field", "blocker", "--reason", f"It said: {SECRET}", "--yes"],
            3,
            "--reason: the replacement text repeats the text",
        ),
    ],
)
def test_what_cannot_be_is_told(planner, typed, arguments, code, words):
    done = planner("redact", *arguments)
    assert done.exit_code == code
    assert words in done.err
    assert holding(typed)


@pytest.mark.more
def test_on_a_server_it_says_what_the_server_keeps(postgresql_register):
    report(postgresql_register, "T-001", blocker=SECRET)
    address = postgresql_register.url.render_as_string(hide_password=False)
    done = run_command("--db", address, *REDACT, "T-001", "--yes")
    assert done.exit_code == 0, done.err
    assert "VACUUM FULL on the changed tables (audit_event, status_update, seeded_row, issued_content)" in done.out
    assert "replicas and backups" in done.out
    later = run_command("--db", address, "compact")
    assert later.exit_code == 0, later.err
    assert "(audit_event, status_update, seeded_row, issued_content)" in later.out
    assert "Not changed:" in done.out
