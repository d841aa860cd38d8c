"""A second search, and a search of which other filters hide all."""

from tests.tui.desk import WIDE, desk
from tui.widgets.table import Table

HIDDEN = "Nothing matches with the present filters. Press enter to search without them: "


async def test_a_second_search_replaces_the_words_of_the_first(door):
    async with desk(door, WIDE) as seat:
        await seat.press("0", "slash")
        await seat.type("quays")
        await seat.press("enter", "slash")
        await seat.type("chart")
        await seat.press("enter")
        assert [item.code for item in seat.table.rows] == ["T-003", "P-002"]


async def test_a_list_says_what_other_filters_hide_and_enter_shows_it(door):
    async with desk(door, WIDE) as seat:
        for screen in ("i", "t"):
            await seat.press(screen, "1", "slash")
            await seat.type("chart")
            assert f"{HIDDEN}2 found." in seat.text
            await seat.press("enter")
            assert "T-003" in seat.text
            await seat.press("escape")
        await seat.press("m", "L", "2", "slash")
        await seat.type("M1.01")
        assert HIDDEN in seat.text
        await seat.press("enter")
        assert {link.near.name for link in seat.app.screen.query_one("#links", Table).rows} == {"M1.01"}
