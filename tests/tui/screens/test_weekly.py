"""The weekly file before it is written: its columns in pages, any week, and the bytes that are written."""

from datetime import date
from functools import partial

import pytest
from textual.widgets import Static

from planner.domain.rules.weeks import Week
from planner.domain.vocabulary import Phase
from planner.weekly.contents import SECTIONS
from tests.factories import ITEM_CODES, ODD_TITLE, report
from tests.queries.reads import instant
from tests.tui.desk import NARROW, WIDE, desk
from tests.tui.textual_internals import notifications
from tests.weekly.factories import items_of, row_of_texts, weekly_row
from tui.data.weekly import read_section, read_sheet
from tui.widgets.sheet import BACKGROUND, FIXED, column_pages, row_blocks, screen_text
from tui.widgets.table import Table

SHEET = items_of().columns
TITLES = {section.name: section.title for section in SECTIONS}
NAMES = [column.name for column in SHEET]


@pytest.mark.parametrize("width", [40, 79, 80, 118, 200, 1000])
def test_every_column_is_on_one_page_in_order_and_has_room(width):
    parted = column_pages(SHEET, width)
    seen = [column.name for page in parted for column in page]
    assert seen == sorted((name for name in NAMES if name not in FIXED), key=lambda name: name in BACKGROUND)
    assert all(parted)
    assert len(column_pages(SHEET, 1000)) == 1
    assert len(column_pages(SHEET, 79)) <= 13


def test_a_cell_shows_what_the_file_has_with_symbols_for_states():
    cells = {column.name: screen_text(column, column.read(weekly_row())) for column in SHEET}
    assert (cells["confidence"], cells["kind"], cells["current_due"]) == ("◆ amber", "task", "2020-12-31")
    assert (cells["percent"], cells["blocker"], cells["mandate_clauses"]) == ("40.0", "", "old:duty-1")


def test_a_line_in_full_leaves_out_what_is_empty_and_sets_arabic_on_a_line_of_its_own():
    row = row_of_texts("ترميم أرصفة المرفأ", done="[/] done")
    blocks = list(row_blocks(items_of(row), row))
    texts = [block.text.plain for block in blocks]
    place = texts.index("Title:")
    assert (texts[place + 1], blocks[place + 1].kind) == ("ترميم أرصفة المرفأ", "-right-to-left")
    assert "Work done: [/] done" in texts
    assert not [text for text in texts if text.startswith("Blocker")]


def told_on(seat, words):
    """Whether some words are on the screen."""
    return words in seat.text


async def to_items(seat):
    """To the weekly file, and from its totals to the section of all items."""
    await seat.press("f", "z")
    await seat.type("j" * list(TITLES).index("items"))
    await seat.press("enter")


async def test_the_week_looked_at_and_others(told, door):
    report(told, "T-003", as_of=date(2020, 9, 10), at=instant(9, 17), phase=Phase.IN_PROGRESS, percent=40)
    async with desk(door, NARROW) as seat:
        await to_items(seat)
        assert "2020-W38  14 Sep to 20 Sep, as of 2020-09-18, as known at 2020-09-18 15:00" in seat.text
        assert [row.item.code for row in seat.app.screen.query_one("#rows", Table).rows] == list(ITEM_CODES)
        assert seat.line("5 items").startswith(" 5 items  20%, ")
        # The report on last week came late and counts as last week's.
        await seat.press("left")
        assert "2020-W37  07 Sep to 13 Sep, as of 2020-09-13" in seat.text
        assert seat.app.screen.query_one("#rows", Table).rows[2].item.actual == 40
        await seat.press("right_square_bracket", "right_square_bracket")
        assert "! 2020-W39 begins on 2020-09-21, but the register is read as of" in seat.text
        await seat.press("h")
        assert "2020-W37" in seat.text


def test_the_sections_of_a_week_are_one_file_and_its_items_are_read_once(told, door, monkeypatch):
    sheet = read_sheet(door, Week(2020, 37), "totals")
    report(told, "T-003", as_of=date(2020, 9, 10), at=instant(9, 18), phase=Phase.IN_PROGRESS, percent=40)
    with monkeypatch.context() as patch:
        patch.setattr("planner.weekly.reading.read_register_on", None)
        items = read_section(door, sheet, "items")
        again = read_section(door, items, "totals")
    assert (items.instance, items.place, again.filled.rows) == (sheet.instance, 11, sheet.filled.rows)
    assert [row.item.phase for row in items.filled.rows][2] is Phase.NOT_STARTED
    assert read_sheet(door, Week(2020, 37), "items").filled.rows[2].item.phase is Phase.IN_PROGRESS


def columns_told(seat):
    """The line that says which columns are seen."""
    return next(line for line in seat.lines if line.startswith(" Columns "))


async def test_on_a_small_terminal_the_lines_are_not_cut_and_the_numbers_come_first(door):
    async with desk(door, (60, 15)) as seat:
        await seat.press("f")
        assert seat.line("2020-W38").rstrip() == " 2020-W38  14 Sep to 20 Sep, as of 2020-09-18"
        assert seat.line("Totals  1 of").rstrip().endswith(" rows")
        assert seat.line("Grouping").split()[:4] == ["Grouping", "Name", "Items", "Percent"]
        await seat.pilot.resize_terminal(*WIDE)
        await seat.settle()
        assert "as known at" in seat.text


async def test_columns_are_paged_beside_code_and_title(door):
    async with desk(door, NARROW) as seat:
        await to_items(seat)
        seen = []
        for _ in range(20):
            header = seat.line("Code ")
            assert header.split()[:2] == ["Code", "Title"]
            seen.append(header)
            await seat.press("greater_than_sign")
        assert "Data" in seen[-1]
        assert len(set(seen)) <= 13
        await seat.press("less_than_sign")
        assert seat.line("Code ") not in seen[-2:]
        # The line under the cursor stands whole behind tab, and enter opens the item.
        await seat.press("G", "tab")
        assert ODD_TITLE in seat.text
        # Read again while the table is not seen, its columns are as before.
        place = columns_told(seat)
        await seat.press("ctrl+r")
        assert columns_told(seat) == place
        await seat.press("escape")
        assert seat.focus == "rows"
        assert columns_told(seat) == place
        await seat.press("enter")
        assert "P-002" in seat.lines[0]


async def test_what_is_written_is_what_the_command_writes(told, door, tmp_path, planner, monkeypatch):
    folder = tmp_path / "out"
    folder.mkdir()
    monkeypatch.chdir(folder)
    async with desk(door, WIDE) as seat:
        await to_items(seat)
        await seat.press("h", "x")
        assert "harbour-2020-2020-W37.csv" in seat.text
        await seat.press("enter")
        file = folder / "harbour-2020-2020-W37.csv"
        (told_of,) = notifications(seat.app)
        assert told_of.startswith(f"Wrote {file}. To reproduce it, use: planner weekly --week 2020-W37 --known-at ")
        assert "Wrote" in seat.text
        options = told_of.rpartition("weekly ")[2].split()
        written = file.read_bytes()
        assert planner("--db", str(told.url.database), "weekly", *options).out_bytes == written
        assert planner("--db", str(told.url.database), "weekly", *options, "-o", ".").exit_code == 0
        # The file is there now, and is not replaced unasked.
        file.write_bytes(b"mine")
        await seat.press("x", "enter")
        hindered = seat.app.screen.query_one("#export-trouble", Static)
        assert "already exists. Press enter again to replace it." in str(hindered.content)
        assert file.read_bytes() == b"mine"
        await seat.press("enter")
        assert file.read_bytes() == written


async def test_what_hinders_writing_is_said_under_the_field_which_stays(door, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "file").touch()
    async with desk(door, WIDE) as seat:
        await to_items(seat)
        await seat.press("x", "home")
        await seat.type("file/")
        await seat.press("enter")
        assert "because a file has its name" in seat.text
        assert "file/harbour-2020-2020-W38.csv" in seat.text
        await seat.press(*["delete"] * 3)
        assert "because a file has its name" not in seat.text
        await seat.press("escape")
        assert "Weekly file" in seat.lines[0]
        assert not list(tmp_path.glob("*.csv"))


async def test_each_section_is_a_view_and_any_line_about_an_item_opens_it(told, door):
    report(told, "T-003", as_of=date(2020, 9, 16), at=instant(9, 17), phase=Phase.IN_PROGRESS, percent=40)
    async with desk(door, WIDE) as seat:
        await seat.press("f")
        for place, title in enumerate(TITLES.values(), 1):
            rows = seat.app.screen.query_one("#rows", Table).rows
            assert f" {title}  {place} of {len(TITLES)}  {len(rows)} row" in seat.text
            assert rows or "Nothing this week." in seat.text
            await seat.press("s")
        assert "Totals  1 of" in seat.text
        # A line that is about no item opens none.
        await seat.press("enter", "S", "s", "s")
        assert "Weekly file" in seat.lines[0]
        row = seat.app.screen.query_one("#rows", Table).row
        assert row is not None
        await seat.press("enter")
        assert row.item.code in seat.lines[0]
        await seat.press("escape")
        assert f" {TITLES['movements']}  2 of" in seat.text


@pytest.mark.more
async def test_the_ending_of_the_name_says_which_format_is_written(told, door, tmp_path, planner, monkeypatch):
    monkeypatch.chdir(tmp_path)
    async with desk(door, WIDE) as seat:
        await seat.press("f", "s", "x")
        assert "harbour-2020-2020-W38-movements.csv" in seat.text
        for name, said in (("week.xlsx", "Wrote"), ("week.html", "Wrote"), ("week.odt", "is not a known format")):
            await seat.press("ctrl+u")
            await seat.type(name)
            await seat.press("enter")
            await seat.until(partial(told_on, seat, said))
            if said == "Wrote":
                await seat.press("x")
        options = seat.notices.partition("planner weekly ")[2].split()[:4]
    assert (
        planner("--db", str(told.url.database), "weekly", *options, "--format", "xlsx", "-o", "w.xlsx").exit_code == 0
    )
    assert (tmp_path / "w.xlsx").read_bytes() == (tmp_path / "week.xlsx").read_bytes()
    assert (tmp_path / "week.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
