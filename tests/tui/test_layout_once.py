"""How often a screen is laid out when it is opened and when the terminal is resized."""

import pytest
from textual.geometry import Size

from tests.tui.desk import NARROW, WIDE, desk
from tests.tui.textual_internals import layouts_for_a_size
from tui.layout_once import classes_of


@pytest.mark.parametrize(
    ("keys", "screens"),
    [(("enter",), ["ItemScreen"]), (("r",), ["ReportScreen"]), (("ctrl+p",), ["Palette"])],
)
async def test_a_new_screen_is_laid_out_once_and_the_screen_behind_it_not_at_all(door, keys, screens):
    async with desk(door, WIDE) as seat:
        await seat.press("i")
        with layouts_for_a_size() as laid_out:
            await seat.press(*keys)
        assert laid_out == screens


@pytest.mark.parametrize(("before", "after"), [(NARROW, WIDE), (WIDE, NARROW)])
async def test_a_terminal_that_is_resized_resizes_a_dialog_and_the_screen_behind_it(door, before, after):
    async with desk(door, before) as seat:
        await seat.press("i", "ctrl+p")
        await seat.pilot.resize_terminal(*after)
        await seat.settle()
        shown = [(screen.outer_size, sorted(screen.classes)) for screen in seat.app.screen_stack[-2:]]
        assert shown == [(after, sorted(classes_of(Size(*after))))] * 2
