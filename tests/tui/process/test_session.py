"""An officer's week in a real terminal, and what the database holds afterwards: what was typed, and nothing else."""

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import URL, text

from planner.bundle.loader import load_into
from planner.bundle.reader import read_bundle
from planner.store import making
from planner.store.database import Database
from planner.store.journal import writing
from planner.writes.installation import mark_demonstration
from tests.command import run_command
from tests.factories import ACTOR, AT, OFFICER, put_people, small_bundle
from tests.tui.desk import NARROW, TODAY, WIDE
from tests.tui.process.terminal import PATIENCE, Terminal, terminal

ESCAPE, ENTER, TAB, SHIFT_TAB, RIGHT = "\x1b", "\r", "\t", "\x1b[Z", "\x1b[C"
CTRL_S = "\x13"


@pytest.fixture
def demonstration(sqlite_url: URL, tmp_path: Path) -> Iterator[Database]:
    """The small plan as a demonstration with people: it lives on a day of its own, so the test is the same each day."""
    database = making.make(sqlite_url)
    with database.writing() as session, writing(session, ACTOR, AT) as journal:
        mark_demonstration(journal, TODAY)
        load_into(journal, read_bundle(small_bundle(tmp_path / "seeds")))
        put_people(journal)
    yield database
    database.close()


def rows(database: Database, statement: str) -> list[tuple[Any, ...]]:
    with database.reading() as session:
        return [tuple(row) for row in session.execute(text(statement))]


def read_welcome(seat: Terminal) -> None:
    """Read the welcome of a first visit, and go on."""
    seat.shows("Welcome")
    seat.press(" ")
    seat.until(lambda shown: "Welcome" not in shown)


def to_my_week(seat: Terminal) -> None:
    """Read the welcome of a first visit, and open My week."""
    read_welcome(seat)
    seat.press("w")
    seat.shows("My week")


def report_three(seat: Terminal) -> None:
    """Report the queue's first three items, of which the second was written on by somebody else meanwhile."""
    seat.shows("0 of 4 reported")
    seat.press(ENTER)
    seat.shows("1 of 4. Report as of")
    # Back over the percent to confidence and phase; done, next; over three texts to the milestones: the first is met,
    # the second moved.
    seat.press(SHIFT_TAB * 2 + RIGHT * 2 + SHIFT_TAB + RIGHT + TAB * 3)
    seat.press("Piles driven 港口" + TAB + "Fit the lamp" + TAB * 4 + " ")
    seat.shows("✓ met 2020-09-18")
    seat.press(TAB * 3 + "n")
    seat.shows("New date")
    seat.press("2020-10-30" + TAB + "The piles came late")
    seat.shows("The piles came late")
    seat.press(CTRL_S)
    seat.shows("2 of 4. Report as of")


def meet_a_conflict(seat: Terminal, address: str) -> None:
    """While the form is open a manager reports on the item; both versions are shown, and both are taken."""
    told = run_command("--db", address, "--as", "brook", "update", "P-002", "--done", "Shelves are up.")
    assert told.exit_code == 0, told.err
    seat.press("Books unpacked")
    seat.shows("Books unpacked")
    seat.press(CTRL_S)
    seat.shows("brook changed this item while you were typing")
    seat.press(RIGHT * 3)
    seat.shows("both texts are kept, the other person's first")
    seat.press(CTRL_S)
    seat.shows("3 of 4. Report as of")


@pytest.mark.soak
@pytest.mark.parametrize("size", [NARROW, WIDE])
def test_a_week_of_reports_a_conflict_an_undo_a_filter_and_a_look_back(demonstration, size, tmp_path):
    address = str(demonstration.url.database)
    with terminal("--db", address, "--as", OFFICER.name, size=size, home=tmp_path) as seat:
        read_welcome(seat)
        report_three(seat)
        meet_a_conflict(seat, address)
        seat.press(SHIFT_TAB + "35" + TAB + "Stones laid")
        seat.shows("Stones laid")
        seat.press(CTRL_S)
        seat.shows("4 of 4. Report as of")
        seat.press(ESCAPE)
        seat.shows("3 of 4 reported")
        seat.press("u")
        seat.shows("the report on T-001")
        seat.press(ENTER)
        seat.shows("2 of 4 reported")
        seat.press("i/港" + ENTER)
        seat.shows("1 of 5 items")
        seat.press(ESCAPE)
        seat.shows("5 of 5 items")
        seat.press("d2020-05-01" + ENTER)
        seat.shows("AS OF 2020-05-01")
        seat.press("r")
        seat.shows("The app shows the plan")
        seat.press(ESCAPE)
        seat.until(lambda shown: "The app shows the plan" not in shown)
        seat.press("D")
        seat.until(lambda shown: "AS OF 2020-05-01" not in shown)
        seat.press("q")
        assert seat.ends() == 0
    assert_holds_what_was_typed(demonstration)


def assert_holds_what_was_typed(database: Database) -> None:
    reports = rows(
        database,
        "SELECT code, phase, confidence, percent, done, next, blocker, actor FROM status_update"
        " JOIN item ON item.id = item_id ORDER BY status_update.id",
    )
    assert reports == [
        ("P-001", "in_progress", "amber", None, "Piles driven 港口", "Fit the lamp", None, "dora"),
        ("P-002", "in_progress", None, None, "Shelves are up.", None, None, "brook"),
        ("P-002", "in_progress", None, None, "Shelves are up.\nBooks unpacked", None, None, "dora"),
        ("T-001", "in_progress", None, 35, "Stones laid", None, None, "dora"),
    ]
    assert rows(
        database, "SELECT number, met_on FROM milestone_report JOIN milestone ON milestone.id = milestone_id"
    ) == [(1, str(TODAY))]
    moved = "SELECT number, old_date, new_date, reason FROM date_change JOIN milestone ON milestone.id = milestone_id"
    assert rows(database, moved) == [(2, "2020-06-30", "2020-10-30", "The piles came late")]
    taken_back = (
        "SELECT code FROM withdrawal JOIN status_update u ON u.id = status_update_id JOIN item ON item.id = item_id"
    )
    assert rows(database, taken_back) == [("T-001",)]
    assert rows(database, "SELECT count(*) FROM observation") == [(0,)]


def until_kept(home: Path, words: str) -> None:
    """Wait until a draft with some words is on the disk."""
    deadline = time.monotonic() + PATIENCE
    while not any(words in file.read_text("utf-8") for file in home.rglob("drafts/*.json")):
        assert time.monotonic() < deadline, sorted(home.rglob("*"))
        time.sleep(0.02)


@pytest.mark.more
def test_a_form_that_was_open_when_the_program_was_killed_is_there_again(demonstration, tmp_path):
    arguments = ("--db", str(demonstration.url.database), "--as", OFFICER.name)
    with terminal(*arguments, home=tmp_path) as seat:
        read_welcome(seat)
        seat.shows("0 of 4 reported")
        seat.press(ENTER)
        seat.shows("1 of 4. Report as of")
        seat.press("Half a sentence 반쯤")
        seat.shows("Half a sentence")
        until_kept(tmp_path, "Half a sentence 반쯤")
        os.kill(seat.process, signal.SIGKILL)
    with terminal(*arguments, home=tmp_path) as seat:
        seat.shows("0 of 4 reported")
        seat.press(ENTER)
        seat.shows("Half a sentence 반쯤")
        seat.press(CTRL_S)
        seat.shows("2 of 4. Report as of")
        seat.press(ESCAPE)
        seat.shows("1 of 4 reported")
        seat.press("q")
        assert seat.ends() == 0
    assert rows(demonstration, "SELECT done, actor FROM status_update") == [("Half a sentence 반쯤", "dora")]


@pytest.mark.more
def test_a_manager_splits_an_item_and_merges_an_organisation(demonstration, tmp_path):
    with terminal("--db", str(demonstration.url.database), "--as", "brook", home=tmp_path) as seat:
        seat.shows("Quays and lights")
        to_my_week(seat)
        seat.press("i")
        seat.shows("5 of 5 items")
        seat.press("C")
        seat.shows("Split item T-001…")
        seat.press("split" + ENTER)
        seat.shows("New items")
        seat.press("T-011 = Mend the east quay 동쪽" + ENTER + "T-012 = Mend the west quay" + TAB + "Two contractors")
        seat.shows("Two contractors")
        seat.press(CTRL_S)
        seat.shows("7 of 7 items")
        seat.press("C")
        seat.shows("Change the plan")
        seat.press("merge org" + ENTER)
        seat.shows("Into")
        seat.press("archive" + TAB + "harbour-office" + TAB + "Reform" + CTRL_S)
        seat.shows("harbour-office leads 1 more item.")
        seat.press(ENTER)
        seat.shows("Recorded: Town Archive")
        seat.press("q")
        assert seat.ends() == 0
    parts = "SELECT code, title, weight FROM item WHERE code IN ('T-011', 'T-012') ORDER BY code"
    assert rows(demonstration, parts) == [
        ("T-011", "Mend the east quay 동쪽", 0.5),
        ("T-012", "Mend the west quay", 0.5),
    ]
    leads = "SELECT DISTINCT key FROM item JOIN organisation ON organisation.id = lead_id"
    assert rows(demonstration, leads) == [("harbour-office",)]
