"""Closing a dialog that records something: at once without input, after a warning with input."""

from tests.tui.desk import NARROW, desk

# The review of a link.
WAY = ("m", "L", "c")


async def test_a_dialog_without_input_closes_at_once(door):
    async with desk(door, NARROW) as seat:
        await seat.press(*WAY)
        depth = len(seat.app.screen_stack)
        await seat.press("escape")
        assert len(seat.app.screen_stack) == depth - 1


async def test_a_dialog_with_input_closes_after_a_warning_that_goes_with_new_input(door):
    async with desk(door, NARROW) as seat:
        await seat.press(*WAY, "shift+tab")
        await seat.type("x")
        depth = len(seat.app.screen_stack)
        await seat.press("escape")
        assert "What you entered is not saved." in seat.text
        await seat.type("y")
        assert "What you entered is not saved." not in seat.text
        await seat.press("escape", "escape")
        assert len(seat.app.screen_stack) == depth - 1
