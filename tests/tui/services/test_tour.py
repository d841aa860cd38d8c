"""The tour: a line about each screen, forwards, backwards and ended at any of them."""

from planner.personal.state import StateFolder
from tests.tui.desk import NARROW, desk

SCREENS = ["Overview", "My week", "Register", "Timeline", "Mandates", "Weekly", "Log", "Overview"]


async def test_each_screen_is_shown_with_its_line(door):
    async with desk(door, NARROW) as seat:
        (tour,) = seat.app.tour.commands()
        tour.act()
        await seat.settle()
        for number, screen in enumerate(SCREENS, start=1):
            assert f"Tour, {number} of {len(SCREENS)}" in seat.text
            assert screen in seat.lines[0]
            await seat.press("enter")
        assert "Tour" not in seat.text
        assert "Overview" in seat.lines[0]


async def test_it_goes_back_and_ends(door):
    async with desk(door, NARROW) as seat:
        seat.app.tour.commands()[0].act()
        await seat.settle()
        await seat.press("left", "right", "space", "left")
        assert "My week (w): what you still have to report." in seat.text
        await seat.press("escape")
        assert "Tour" not in seat.text
        assert "My week" in seat.lines[0]


async def test_it_begins_by_itself_once_if_it_is_wanted(door, tmp_path):
    async with desk(door, NARROW, state=StateFolder(tmp_path / "state"), tour=True) as seat:
        assert "Tour, 1 of 8" in seat.text
        assert "Welcome" not in seat.text
        await seat.press("escape", "ctrl+r")
        assert "Tour" not in seat.text
