"""Whatever stands in the database: no screen shows what acts on a terminal or looks like a line of the app."""

import csv
import shutil
from pathlib import Path

import pytest
from sqlalchemy import URL

from tests.effort import only_in_soak
from tests.hostile import FORGED, HOSTILE, forged_lines, unseen, write_everywhere, write_into_rows
from tests.tui.desk import NARROW, WIDE, desk, door_to
from tests.tui.test_screens import WAYS, beyond_the_edges, on_each
from tui.data import Door

# Screens that other tests of all screens leave out.
MORE = {
    "my week": ("w",),
    "findings": ("m", "F"),
    "links": ("m", "L"),
    "a link": ("m", "L", "down", "enter"),
    "an item of the log": ("e", "enter"),
}

# Windows with texts of the register, and parts of screens that show only after a key.
WINDOWS = {
    "palette": ("ctrl+p", "o", "d", "d"),
    "undo": ("u",),
    "overview by organisation": ("v",),
    "facets": ("1", "F"),
    "bulk": ("1", "a", "b"),
    "no change": ("w", "n"),
    "a returned report": ("w", "right", "x"),
    "review of a link": ("m", "L", "c"),
    "a finding to accept": ("m", "F", "a"),
    "a line of the weekly file": ("f", "tab"),
}


@pytest.fixture
def hostile_door(told_file: Path, sqlite_url: URL) -> Door:
    """The way to the small plan with hostile text in all of it."""
    shutil.copy(told_file, str(sqlite_url.database))
    write_everywhere(Path(str(sqlite_url.database)))
    return door_to(sqlite_url)


@pytest.mark.more
@pytest.mark.parametrize("size", [NARROW, only_in_soak(WIDE)], ids=["narrow", "wide"])
async def test_no_screen_shows_what_acts_or_forges_or_stands_beyond_its_edges(hostile_door, size):
    seen = ""
    async with desk(hostile_door, size) as seat:
        async for name in on_each(seat, WAYS | MORE | WINDOWS):
            assert (name, unseen(seat.text)) == (name, [])
            assert (name, forged_lines(seat.text)) == (name, [])
            assert (name, beyond_the_edges(seat)) == (name, [])
            seen += seat.text
    assert FORGED in seen


# A question, a conflict, a remark, columns that nobody knows, and hostile text in each of them and in the file's name.
LINES = [["Code", "Task", "Lead", "Percent", "Due", HOSTILE], ["T-001", HOSTILE, HOSTILE, "90", "", HOSTILE]]
LINES += [["K-1", f"{HOSTILE} two", "Harbour Office", "", "6月前", ""]] + [[f"K-{row}", HOSTILE] for row in (2, 3)]


@pytest.mark.parametrize("size", [NARROW, only_in_soak(WIDE)], ids=["narrow", "wide"])
async def test_nothing_of_a_file_to_import_acts_or_forges(told_file, sqlite_url, size, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    shutil.copy(told_file, str(sqlite_url.database))
    # An import reads the log, which is whole.
    write_into_rows(Path(str(sqlite_url.database)))
    shown_name = f"plan \u202e [x]\x1b[2J {FORGED}.csv"
    with Path(shown_name).open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(LINES)
    seen = ""
    async with desk(door_to(sqlite_url), size) as seat:
        await seat.press("I", "p", "tab", "enter")
        for way in ([], ["right"], ["enter"], ["right"], ["enter"], ["right"], ["enter"], ["right"], ["down", "enter"]):
            await seat.press(*way)
            assert (way, unseen(seat.text)) == (way, [])
            assert (way, forged_lines(seat.text)) == (way, [])
            assert (way, beyond_the_edges(seat)) == (way, [])
            seen += seat.text
            if way[-1:] == ["enter"]:
                await seat.press("escape")
        assert "Import" in seat.lines[0]
    for words in ("Which field is this column?", "Question ", "Which value counts?", "Options"):
        assert words in seen
    assert FORGED in seen
