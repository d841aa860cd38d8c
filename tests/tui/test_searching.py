"""Finding places and lists by names in other languages than English."""

from tests.factories import load_names
from tests.tui.desk import WIDE, desk


def listed(seat, table):
    """The lines of a table."""
    return seat.app.screen.query_one(table).rows


async def search(seat, words):
    await seat.press("slash")
    await seat.type(words)
    await seat.press("enter")


async def test_lists_and_the_palette_find_by_names_in_other_languages(told, door, bundle_folder):
    load_names(told, bundle_folder)
    async with desk(door, WIDE) as seat:
        await seat.press("m")
        await search(seat, "北京")
        assert [row.name for row in listed(seat, "#clauses")] == ["old:duty-1"]
        await seat.press("escape", "F")
        await search(seat, "중관춘")
        rows = listed(seat, "#found")
        assert {row.about.key for row in rows} >= {"T-003", "M2.02"}
        assert "T-001" not in {row.about.key for row in rows}
        await seat.press("escape", "escape", "escape", "L")
        await search(seat, "灯塔")
        assert {link.near.name for link in listed(seat, "#links")} == {"M1.01"}
        # The palette leads to a measure, a theme and a goal.
        for words, first, shown in (
            ("北京灯塔", "Register", "measure M1.01"),
            ("중관춘", "Register", "2 "),
            ("人才", "Overview", "Goal 1: "),
        ):
            await seat.press("ctrl+p")
            await seat.type(words)
            await seat.press("enter")
            assert first in seat.lines[0]
            assert shown in seat.text
