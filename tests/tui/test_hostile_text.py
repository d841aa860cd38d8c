"""Whatever stands in the database: no screen shows what acts on a terminal or looks like a line of the app."""

import shutil
from pathlib import Path

import pytest
from sqlalchemy import URL

from tests.effort import only_in_soak
from tests.hostile import FORGED, forged_lines, unseen, write_everywhere
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
