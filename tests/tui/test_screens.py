"""What holds on every screen: the banner of a demonstration, the masthead, the sizes, the themes."""

import pytest
from rich.cells import cell_len

from tests.tui.desk import NARROW, WIDE, desk

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


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
@pytest.mark.parametrize("size", [NARROW, WIDE], ids=["narrow", "wide"])
async def test_a_demonstration_says_so_on_every_screen(simulated_door, way, size):
    async with desk(simulated_door, size) as seat:
        await seat.press(*way)
        assert seat.lines[1] == " SIMULATED  Demonstration data: reports, dates and values are made up."


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
async def test_a_register_has_no_banner_and_says_its_day_and_address(door, way):
    async with desk(door, WIDE) as seat:
        await seat.press(*way)
        assert "SIMULATED" not in seat.text
        assert "as of Fri 2020-09-18, 2020-W38" in seat.lines[0]
        assert seat.lines[0].endswith("register.sqlite")


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
async def test_nothing_stands_beyond_the_edges_of_a_narrow_terminal(door, way):
    async with desk(door, NARROW) as seat:
        await seat.press(*way)
        screen = seat.app.screen
        beyond = [child for child in screen.children if child.region.right > 80 or child.region.bottom > 24]
        assert beyond == []
        assert [line for line in seat.lines if cell_len(line) > 80] == []
