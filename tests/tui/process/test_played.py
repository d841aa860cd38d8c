"""A report, a completion, a cancellation, a confirmation, a return and an undo in a real terminal of 80×24 cells.

What the weekly file says of each is what was played.
"""

import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import URL

from tests.command import run_command
from tests.factories import OFFICER, make_small_demonstration
from tests.tui.desk import TODAY
from tests.tui.process.terminal import Terminal, terminal

ESCAPE, ENTER, TAB, RIGHT, CTRL_S, F2 = "\x1b", "\r", "\t", "\x1b[C", "\x13", "\x1bOQ"


@pytest.fixture
def address(sqlite_url: URL, tmp_path: Path) -> str:
    """A demonstration of the small plan in which the report is empty yet."""
    make_small_demonstration(sqlite_url, tmp_path / "seeds", TODAY)
    return str(sqlite_url.database)


def to_my_week(seat: Terminal) -> None:
    seat.shows("reported")
    seat.press("w")
    seat.shows("My week")


def play_officer(seat: Terminal) -> None:
    """Report on P-001, complete P-002, cancel T-001."""
    seat.shows("Welcome")
    seat.press("x")
    seat.until(lambda shown: "Welcome" not in shown)
    to_my_week(seat)
    seat.shows("0 of 4 reported")
    seat.press(ENTER)
    seat.shows("1 of 4. Report as of")
    seat.press("Piles driven")
    seat.shows("Piles driven")
    seat.press(CTRL_S)
    seat.shows("2 of 4. Report as of")
    seat.press(F2)
    seat.shows("manager")
    seat.press("Room handed over" + TAB * 4 + "Handover minutes")
    seat.shows("Handover minutes")
    seat.press(CTRL_S)
    seat.shows("Press ctrl+s again")
    seat.press(CTRL_S)
    seat.shows("3 of 4. Report as of")
    seat.press(F2)
    seat.shows("cancelled and merged need a reason")
    seat.press(RIGHT)
    seat.shows("Ending reason")
    seat.press(TAB + "The quay was sold")
    seat.shows("The quay was sold")
    seat.press(CTRL_S)
    seat.shows("4 of 4. Report as of")
    seat.press(ESCAPE)
    seat.shows("3 of 4 reported")
    seat.press("q")
    assert seat.ends() == 0


def section(address: str, name: str) -> dict[str, dict[str, Any]]:
    """The rows of a section of the weekly file, by the item's code."""
    done = run_command(
        "--db", address, "weekly", "--week", "2020-W38", "--section", name, "--format", "json", "-o", "-"
    )
    assert done.exit_code == 0, done.err
    return {row["code"]: row for row in json.loads(done.out)["weekly"]["rows"]}


@pytest.mark.more
def test_what_was_played_is_what_the_weekly_file_says(address, tmp_path):
    with terminal("--db", address, "--as", OFFICER.name, home=tmp_path) as seat:
        play_officer(seat)
    waiting = section(address, "items")
    assert (waiting["P-002"]["phase"], waiting["P-002"]["completion"]) == ("completed", "awaiting")
    assert (waiting["T-001"]["phase"], waiting["T-001"]["completion"]) == ("cancelled", "awaiting")
    assert waiting["P-001"]["phase"] == "in_progress"
    assert {"P-002", "T-001"} <= set(section(address, "decisions"))

    with terminal("--db", address, "--as", "brook", home=tmp_path) as seat:
        to_my_week(seat)
        seat.shows("To confirm 2")
        seat.press(RIGHT * 2)
        seat.shows("awaiting")
        first = "P-002" if seat.text.index("P-002") < seat.text.index("T-001") else "T-001"
        seat.press("c")
        seat.shows(f"Confirm that {first} has ended?")
        seat.press(ENTER)
        seat.shows("To confirm 1")
        seat.press("q")
        assert seat.ends() == 0
    assert section(address, "items")[first]["completion"] == "confirmed"

    other = {"P-002": "T-001", "T-001": "P-002"}[first]
    back = run_command("--db", address, "--as", "brook", "return", other, "--reason", "Say which.", "--yes")
    assert back.exit_code == 0, back.err
    assert section(address, "items")[other]["phase"] == "not_started"

    undone = run_command("--db", address, "--as", "brook", "undo", "--yes")
    assert undone.exit_code == 0, undone.err
    assert section(address, "items")[other]["completion"] == "awaiting"
