"""Letters to jump by."""

from tests.tui.desk import NARROW, WIDE, desk
from tui.dialogs.jump import JumpScreen
from tui.services.jump_spots import LETTERS


async def test_a_letter_leads_to_what_it_stands_on_and_other_keys_to_nothing(door):
    async with desk(door, WIDE) as seat:
        await seat.press("1", "enter")
        panes = [pane.id for pane in seat.app.screen.query(".pane")]
        before = seat.focus
        await seat.press("ctrl+o")
        assert isinstance(seat.app.screen, JumpScreen)
        assert {str(label.render()) for label in seat.app.screen.query(".jump")} == set(LETTERS[: len(panes)])
        await seat.press("escape")
        assert seat.focus == before
        await seat.press("ctrl+o", "Z")
        assert seat.focus == before
        await seat.press("ctrl+o", LETTERS[len(panes) - 1])
        assert seat.focus in set(panes) - {before}


async def test_panes_that_are_folded_away_can_be_reached_too(door):
    async with desk(door, NARROW) as seat:
        await seat.press("1", "enter")
        panes = [pane.id for pane in seat.app.screen.query(".pane")]
        reached = set()
        for letter in LETTERS[: len(panes)]:
            await seat.press("ctrl+o", letter)
            reached.add(seat.focus)
        assert reached == set(panes)
