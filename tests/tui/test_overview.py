"""The overview: themes, what moved, what needs attention, and the ways from there."""

import threading

import pytest

from tests.tui.desk import NARROW, WIDE, Desk, desk, door_to
from tui.app import PlannerApp
from tui.data import Door
from tui.widgets.table import Table


class SlowDoor(Door):
    """A door that opens only when it is told to."""

    def __init__(self, inner: Door) -> None:
        self._inner = inner
        self.opened = threading.Event()

    @property
    def address(self):
        return self._inner.address

    def reading(self):
        self.opened.wait()
        return self._inner.reading()


async def test_the_screen_is_painted_before_anything_is_read(door):
    slow = SlowDoor(door)
    app = PlannerApp(slow)
    try:
        async with app.run_test(size=NARROW) as pilot:
            seat = Desk(app, pilot)
            await seat.until(lambda: len(app.workers))
            await pilot.pause()
            assert "planner │ Overview" in seat.lines[0]
            assert "register.sqlite" in seat.lines[0]
            assert "Reading the themes…" in seat.text
            assert "Quays" not in seat.text
            slow.opened.set()
            await seat.until(lambda: app.standing)
            await seat.settle()
            assert "Quays and lights" in seat.text
    finally:
        slow.opened.set()
        door.close()


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_it_shows_the_plan_and_each_theme_with_done_against_expected(door, size):
    async with desk(door, size) as seat:
        assert "Harbour Town work plan 2020" in seat.text
        assert "as of Fri 2020-09-18, 2020-W38" in seat.lines[0]
        for theme in ("1 Quays and lights", "2 Rooms and charts"):
            line = seat.line(theme)
            assert "━" in line or "─" in line
            assert "┃" in line
            assert "%" in line
        assert "1 of 5 reported" in seat.text


async def test_what_moved_since_last_week_is_listed_with_its_points(door):
    async with desk(door) as seat:
        assert "Moved since last week: 1" in seat.text
        assert "+15.0" in seat.line("T-001")


async def test_a_wide_terminal_shows_both_lists_and_a_narrow_one_a_strip(told):
    async with desk(door_to(told.url), WIDE) as seat:
        assert "─ Moved since last week: 1 ─" in seat.text
        assert "─ Needs attention: 5 ─" in seat.text
    async with desk(door_to(told.url), NARROW) as seat:
        assert "Moved since last week: 1   Needs attention: 5" in seat.text
        assert "P-002" not in seat.text
        await seat.press("left")
        assert "P-002" in seat.text


async def test_an_item_rated_green_against_its_dates_comes_first(door):
    async with desk(door, WIDE) as seat:
        rows = seat.app.screen.query_one("#attention", Table).rows
        assert rows[0].code == "T-001"
        assert rows[0].contradiction


async def test_enter_on_a_theme_opens_the_register_narrowed_to_it(door):
    async with desk(door) as seat:
        await seat.press("j", "enter")
        assert "Register" in seat.lines[0]
        assert "2 Rooms and charts  2 of 5 items" in seat.text
        assert "T-003" in seat.text
        assert "T-001" not in seat.text


async def test_enter_on_a_moved_item_opens_it_and_escape_comes_back(door):
    async with desk(door) as seat:
        await seat.press("right", "enter")
        assert "T-001  1 of 1" in seat.lines[0]
        await seat.press("escape")
        assert "Overview" in seat.lines[0]


async def test_the_arrows_and_h_and_l_go_round_the_tables(door):
    async with desk(door) as seat:
        gone = []
        for key in ("right", "l", "right", "h"):
            await seat.press(key)
            gone.append(seat.focus)
        assert gone == ["moved", "attention", "themes", "attention"]


async def test_slash_searches_in_the_register(door):
    async with desk(door) as seat:
        await seat.press("slash")
        await seat.type("chart")
        assert "with “chart”  2 of 5 items" in seat.text


async def test_y_copies_the_figures(door):
    async with desk(door) as seat:
        await seat.press("y")
        assert seat.app.clipboard.startswith("Harbour Town work plan 2020, as of 2020-09-18\nThe plan: ")
        assert "\n2 Rooms and charts: " in seat.app.clipboard


async def test_r_on_a_theme_says_that_an_item_is_needed(door):
    async with desk(door) as seat:
        await seat.press("r")
        assert "Go to an item first" in seat.text
        await seat.press("right", "r")
        assert "Report" in seat.lines[0]
