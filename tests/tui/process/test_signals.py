"""A signal ends the app in order: what was typed is kept, the terminal is restored, the exit code says which."""

import json
import os
import signal
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import URL

from planner.bundle.loader import load_into
from planner.bundle.reader import read_bundle
from planner.store import making
from planner.store.journal import writing
from planner.writes.installation import mark_demonstration
from tests.effort import only_in_soak
from tests.factories import ACTOR, AT, OFFICER, put_people, small_bundle
from tests.tui.desk import TODAY
from tests.tui.process.terminal import PATIENCE, Terminal, terminal

ENTER, TAB = "\r", "\t"
# Alternate screen, mouse, bracketed paste, keyboard protocol, cursor: what the app turned on is off again.
RESTORED = ("\x1b[?1049l", "\x1b[?1000l", "\x1b[?2004l", "\x1b[<u", "\x1b[?25h")


@pytest.fixture
def register(sqlite_url: URL, tmp_path: Path) -> str:
    """The address of the small plan as a demonstration with people."""
    database = making.make(sqlite_url)
    with database.writing() as session, writing(session, ACTOR, AT) as journal:
        mark_demonstration(journal, TODAY)
        load_into(journal, read_bundle(small_bundle(tmp_path / "seeds")))
        put_people(journal)
    database.close()
    return str(sqlite_url.database)


def to_form(seat: Terminal) -> None:
    """Go to the field for what was done on the first item that is owed, past the welcome if it is shown."""
    seat.until(lambda shown: "Welcome" in shown or "0 of 4 reported" in shown)
    seat.press("x")
    seat.until(lambda shown: "Welcome" not in shown)
    seat.press("w")
    seat.shows("0 of 4 reported")
    seat.press(ENTER)
    seat.shows("1 of 4. Report as of")
    seat.press(TAB * 2)


def kept(home: Path) -> str:
    """All drafts on the disk."""
    return "\n".join(file.read_text("utf-8") for file in home.rglob("drafts/*.json"))


@pytest.mark.parametrize("number", [signal.SIGTERM, *map(only_in_soak, (signal.SIGHUP, signal.SIGINT))])
def test_a_draft_is_written_while_typing_goes_on_and_a_signal_keeps_it_and_restores_the_terminal(
    register, tmp_path, number
):
    with terminal("--db", register, "--as", OFFICER.name, home=tmp_path) as seat:
        to_form(seat)
        deadline = time.monotonic() + PATIENCE
        # Never a pause as long as the one after which a draft was once written.
        while "aaaa" not in kept(tmp_path):
            assert time.monotonic() < deadline, "no draft came while keys did"
            seat.press("a")
            time.sleep(0.05)
        seat.press("Half a sentence")
        seat.shows("Half a sentence")
        os.kill(seat.process, number)
        code, last = seat.ends_with()
    assert code == 128 + number
    assert [sequence for sequence in RESTORED if sequence not in last] == []
    assert f"planner: Stopped by the signal {number.name}. " in last.rpartition(RESTORED[0])[2]
    assert "Half a sentence" in kept(tmp_path)


@pytest.mark.more
@pytest.mark.parametrize("deaf", [only_in_soak(False), True])
def test_an_app_whose_terminal_was_closed_keeps_the_draft_and_ends(register, tmp_path, deaf):
    with terminal("--db", register, "--as", OFFICER.name, home=tmp_path, deaf=deaf) as seat:
        to_form(seat)
        seat.press("Half a sentence")
        seat.shows("Half a sentence")
        code = seat.closes()
    assert code == 128 + signal.SIGHUP
    assert "Half a sentence" in kept(tmp_path)


# The same within a process: test_drafts_in_form.py.
@pytest.mark.soak
def test_saving_leaves_the_draft_that_another_window_kept_on_the_item(register, tmp_path):
    with terminal("--db", register, "--as", OFFICER.name, home=tmp_path) as seat:
        to_form(seat)
        seat.press("Mine")
        deadline = time.monotonic() + PATIENCE
        while "Mine" not in kept(tmp_path):
            assert time.monotonic() < deadline, "no draft came"
            time.sleep(0.02)
        (file,) = tmp_path.rglob("drafts/*.json")
        mine = json.loads(file.read_text("utf-8"))
        theirs = mine | {"id": "1", "fields": {"done": "Theirs"}, "changed": datetime.now(UTC).isoformat()}
        file.with_name(file.name.replace(mine["id"], "1")).write_text(json.dumps(theirs), "utf-8")
        seat.press("\x13")
        seat.shows("2 of 4. Report as of")
    assert "Theirs" in kept(tmp_path)
    assert "Mine" not in kept(tmp_path)


@pytest.mark.more
@pytest.mark.parametrize("number", [only_in_soak(signal.SIGTERM), signal.SIGHUP])
def test_questions_end_with_the_code_of_the_signal_and_keep_the_answers(register, tmp_path, number):
    with terminal("--db", register, "--as", OFFICER.name, "my-week", "--report", home=tmp_path) as seat:
        seat.shows("Phase")
        seat.press("in_progress\n")
        seat.shows("Confidence")
        code, last = seat.ends_by(number)
    assert code == 128 + number
    assert last.count("planner: ") == 1
    assert f"Stopped by the signal {number.name}" in last
    assert "in_progress" in kept(tmp_path)
