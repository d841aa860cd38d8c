"""The timeline: lines of time by item and by theme, and the ways to other days."""

from datetime import date

import pytest
from rich.cells import cell_len

from planner.store.database import Database
from tests.factories import ODD_TITLE, move
from tests.tui.desk import NARROW, WIDE, desk, door_to
from tui.data import Door
from tui.screens.timeline import MOST_CELLS, TimelineScreen
from tui.widgets.timeline import Ruler


def today_places(lines: list[str]) -> set[int]:
    """At which cells today's line stands."""
    return {cell_len(line[: line.index("│")]) for line in lines if "│" in line}


async def test_each_item_has_its_line_and_the_one_under_the_cursor_is_told_in_full(told: Database) -> None:
    move(told, "P-001", None, date(2021, 1, 15))
    async with desk(door_to(told.url)) as seat:
        await seat.press("t")
        assert "5 of 5 items  2019-12-30 to 2021-01-10, a week per cell" in seat.text
        assert seat.lines[2].split()[::2] == ["2020"] * 4
        assert "Apr May" in seat.line("Code")
        lines = [seat.line(f" {code} ") for code in ("T-001", "T-002", "T-003", "P-001", "P-002")]
        assert len(today_places(lines)) == 1
        assert lines[0][25:].startswith("├────────────‼───────────────────────│──────────────○")
        assert "◌───○────┤" in lines[1]
        assert "✓ met  ○ open  ‼ overdue" in seat.text
        await seat.press("j")
        assert "to 2020-12-31 (in 3 months)" in seat.text
        assert "✓ 2020-04-30, met on 2020-05-10  Courses agreed" in seat.text
        assert "○ 2020-11-27 (28 days after baseline 2020-10-30)  All keepers trained" in seat.text
        await seat.press("j", "j")
        assert "2020-02-03 to 2021-01-15 (15 days after baseline 2020-12-31)  ! off track" in seat.text
        await seat.press("j")
        assert ODD_TITLE in seat.text


async def test_days_are_scrolled_and_zoomed_and_today_comes_back(door: Door) -> None:
    async with desk(door) as seat:
        await seat.press("t", "plus")
        assert "half a week per cell" in seat.text
        assert seat.line(" P-001 ").count("│") == 1
        await seat.press("equals_sign")
        assert "a day per cell" in seat.text
        assert "W38" in seat.line("Code")
        await seat.press("plus", *["right"] * 9)
        assert "W38" not in seat.line("Code")
        assert "│" not in seat.line(" P-001 ")
        await seat.press("full_stop")
        assert "W38" in seat.line("Code")
        await seat.press("h", "left", "l")
        assert "W36" in seat.line("Code")
        await seat.press("minus", "minus", "minus")
        assert "a week per cell" in seat.text


async def test_by_theme_it_counts_the_dates_and_enter_shows_the_items(door: Door) -> None:
    async with desk(door, WIDE) as seat:
        await seat.press("t", "v")
        assert "‼1" in seat.line("1 Quays and lights  ")
        assert "Dates that fall due" in seat.text
        assert "3 items, 12 dates: 1 met, 7 open, 4 overdue, 0 lapsed" in seat.text
        assert "1 date has moved from its baseline" in seat.text
        assert "Next: P-001 ○ 2020-09-30 (assumed)  Lamp fitted" in seat.text
        await seat.press("y")
        assert "\n1 Quays and lights\t3\t1\t7\t4\t0\t1\n" in seat.app.clipboard
        await seat.press("j", "enter")
        assert "2 Rooms and charts  2 of 5 items" in seat.text
        assert "T-001" not in seat.text
        await seat.press("enter")
        assert "T-003  1 of 2" in seat.lines[0]
        await seat.press("escape", "escape")
        assert "All themes  5 of 5 items" in seat.text


async def test_organisations_measures_and_rules_have_lines_too_and_open_their_items(door: Door) -> None:
    async with desk(door, WIDE) as seat:
        await seat.press("t", "v", "v")
        assert seat.lines[3].split()[0] == "Organisation"
        assert seat.line("Harbour Office  ")
        await seat.press("j", "enter")
        assert "Archive  1 of 5 items" in seat.text
        await seat.press("2", "v", "v", "v")
        assert seat.line("M2.02 Old charts  ")
        await seat.press("escape", "v")
        assert "Lead rule" in seat.text
        await seat.press("y")
        assert "\nThe plan\t5\t" in seat.app.clipboard
        await seat.press("v")
        assert "All themes  5 of 5 items" in seat.text
        assert seat.line(" T-001 ")


async def test_digits_and_words_narrow_and_escape_widens_again(door: Door) -> None:
    async with desk(door, NARROW) as seat:
        await seat.press("t", "2")
        assert "Timeline" in seat.lines[0]
        assert "2 Rooms and charts  2 of 5 items" in seat.text
        await seat.press("slash")
        await seat.type("港口")
        assert "matching “港口”  1 of 5 items" in seat.text
        await seat.press("down", "r")
        assert "Report" in seat.lines[0]
        await seat.press("escape", "slash")
        await seat.type("nothing has this")
        assert "No item matches the search." in seat.text
        await seat.press("escape")
        assert "2 of 5 items" in seat.text
        await seat.press("0", "y")
        assert "\nT-002\tTrain the lighthouse keepers\t2020-03-02\t2020-12-31\t2020-12-31\t" in seat.app.clipboard
        await seat.press("escape")
        assert "Overview" in seat.lines[0]


@pytest.mark.more
async def test_it_takes_the_room_it_is_given(door: Door) -> None:
    async with desk(door, WIDE) as seat:
        await seat.press("t")
        screen = seat.app.screen
        assert isinstance(screen, TimelineScreen)
        assert screen.scale is not None
        wide = screen.scale.cells
        assert "half a week per cell" in seat.text
        await seat.pilot.resize_terminal(*NARROW)
        await seat.settle()
        assert screen.scale.cells == screen.table.room[1] < wide
        assert [line for line in seat.lines if cell_len(line) > NARROW[0]] == []


async def test_a_wide_terminal_gives_room_to_titles_and_not_to_years_after_the_plan(door: Door) -> None:
    async with desk(door, (220, 30)) as seat:
        await seat.press("t")
        assert "2019-12-30 to 2021-01-14, half a week per cell" in seat.text
        assert ODD_TITLE in seat.line(" P-002 ")
        # The months are drawn again with the weeks below them, also if only the titles become wider.
        screen = seat.app.screen
        assert isinstance(screen, TimelineScreen)
        screen.table.narrow_time(MOST_CELLS)
        screen.query_one(Ruler).refresh()
        await seat.settle()
        assert seat.lines[2].index("Jan 2020") < 50
        await seat.press("ctrl+r")
        assert seat.lines[2].index("Jan 2020") == seat.line(" Code").index("W01") > 50
        await seat.press("v")
        assert "2019-12-30 to 2021-01-14" in seat.text
