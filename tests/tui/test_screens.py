"""What holds on every screen: the banner of a demonstration, the masthead, the sizes, the themes."""

import pytest
from rich.cells import cell_len

from tests.effort import only_in_soak
from tests.tui.desk import NARROW, WIDE, desk
from tui.routes import new_screen
from tui.widgets.table import Table

WAYS = {
    "overview": (),
    "register": ("1",),
    "item": ("1", "enter"),
    "mandates": ("m",),
    "matrix": ("m", "v"),
    "report": ("1", "r"),
    "timeline": ("t",),
    "timeline by theme": ("t", "v"),
    "weekly": ("f",),
    "export": ("f", "x"),
    "log": ("e",),
    "help": ("question_mark",),
}


async def on_each(seat, ways=WAYS):
    """Lead to one screen after the other, by its name; each time the app is back at the overview before."""
    for name, way in ways.items():
        await seat.press(*way)
        yield name
        for _ in range(5):
            if len(seat.app.screen_stack) > 1:
                await seat.press("escape")
        assert len(seat.app.screen_stack) == 1, name


@pytest.mark.parametrize("size", [NARROW, only_in_soak(WIDE)], ids=["narrow", "wide"])
async def test_a_demonstration_says_so_on_every_screen(simulated_door, size):
    async with desk(simulated_door, size) as seat:
        async for name in on_each(seat):
            assert seat.lines[1] == " SIMULATED  Demonstration data: reports, dates and values are made up.", name


async def test_a_register_has_no_banner_and_says_its_day_and_address(door):
    async with desk(door, WIDE) as seat:
        async for name in on_each(seat):
            assert "SIMULATED" not in seat.text, name
            assert "as of Fri 2020-09-18, 2020-W38" in seat.lines[0], name
            assert seat.lines[0].endswith("register.sqlite"), name


async def test_a_low_terminal_shows_rows_on_every_screen_of_rows(door):
    async with desk(door, (30, 8)) as seat:
        for name in ("register", "timeline", "my_week", "mandates", "weekly", "findings", "links", "log"):
            seat.app.push_screen(new_screen(name))
            await seat.settle()
            # The titles of the columns and two rows.
            assert max(table.region.height for table in seat.app.screen.query(Table) if table.region) >= 3, name
            seat.app.pop_screen()


def beyond_the_edges(seat):
    """The widgets of the screen, and the lines, that have no room on it."""
    width, height = seat.app.size
    screen = seat.app.screen
    children = [child for child in screen.children if child.region.right > width or child.region.bottom > height]
    return children + [line for line in seat.lines if cell_len(line) > width]
