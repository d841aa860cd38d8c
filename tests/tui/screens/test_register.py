"""The register: search, themes, sort, and titles that are not plain letters."""

import asyncio
import threading
from datetime import date

from rich.cells import cell_len

from planner.bundle.loader import load_into
from planner.bundle.reader import read_bundle
from planner.personal.saved_views import SavedView, save_view, views_file
from planner.queries.items.filter_index import FilterIndex
from planner.store import making
from planner.store.journal import writing
from planner.writes.installation import mark_register
from planner.writes.plan_changes.themes import move_theme
from tests.factories import ACTOR, AT, ODD_TITLE, edit_file, small_bundle
from tests.tui.desk import NARROW, PATIENCE, WIDE, desk, door_to
from tests.writes.plan_changes.acts import WHY, act
from tui.screens.register.screen import RegisterScreen
from tui.widgets.options import Options
from tui.widgets.search import SearchField
from tui.widgets.table import Table


def codes(seat):
    return [item.code for item in seat.table.rows]


ALL = ["T-001", "T-002", "T-003", "P-001", "P-002"]


FOUND = {
    "t-00": ["T-001", "T-002", "T-003"],
    "LIGHT": ["T-001", "T-002", "P-001"],
    "light pier": ["P-001"],
    "archive": ["T-001", "T-002", "T-003", "P-001"],
    "港口": ["P-002"],
    "(مرفأ)": ["P-002"],
    "محفوظات": ["T-001", "T-002", "T-003", "P-001"],
    "[/]": ["P-002"],
    "nothing of the kind": [],
}


async def test_what_is_typed_narrows_the_list_while_it_is_typed(door):
    async with desk(door) as seat:
        await seat.press("0")
        for typed, found in FOUND.items():
            await seat.press("slash")
            await seat.type(typed)
            assert (typed, codes(seat)) == (typed, found)
            assert ("No item matches the search. esc clears the search." in seat.text) == (not found)
            await seat.press("escape")
            assert codes(seat) == ALL


async def test_beside_an_empty_list_the_filters_do_not_seem_to_be_loading(door):
    async with desk(door, WIDE) as seat:
        await seat.press("i", "slash")
        await seat.type("zzz")
        assert "No item is listed." in seat.text
        assert "Loading…" not in seat.text


async def test_a_search_asked_for_while_the_register_is_built_gets_the_focus(door):
    async with desk(door) as seat:
        register = RegisterScreen()
        seat.app.push_screen(register)
        while not register.query(SearchField):
            await asyncio.sleep(0)
        assert not register.is_mounted
        register.action_filter()
        await seat.settle()
        assert isinstance(seat.app.focused, SearchField)


async def test_enter_leads_from_the_search_to_the_list_and_the_search_stays(door):
    async with desk(door) as seat:
        await seat.press("0", "slash")
        await seat.type("chart")
        await seat.press("enter", "enter")
        assert "T-003  1 of 2" in seat.lines[0]
        await seat.press("escape")
        assert codes(seat) == ["T-003", "P-002"]


async def test_digits_and_arrows_choose_a_theme_and_a_digit_leads_back_from_an_item(door):
    async with desk(door) as seat:
        seen = []
        # There is no third theme: that key does nothing.
        for key in ("2", "3", "1", "0"):
            await seat.press(key)
            seen.append(codes(seat))
        assert seen == [["T-003", "P-002"], ["T-003", "P-002"], ["T-001", "T-002", "P-001"], ALL]
        strip = seat.app.screen.query_one("#theme-strip", Options)
        chosen = []
        for key in ("right", "l", "right", "left"):
            await seat.press(key)
            chosen.append(strip.chosen)
        assert chosen == [1, 2, 0, 2]
        await seat.press("1", "enter", "2")
        assert "Register" in seat.lines[0]
        assert codes(seat) == ["T-003", "P-002"]
        await seat.press("escape", "escape")
        assert "Overview" in seat.lines[0]


async def test_an_item_of_a_theme_inside_another_counts_once_among_all(door, told):
    act(told, move_theme, "2", WHY, inside="1", day=date(2020, 3, 2))
    async with desk(door) as seat:
        await seat.press("2")
        strip = seat.app.screen.query_one("#theme-strip", Options)
        assert [label.plain for label in strip.labels] == ["All 5", "1 (5)", "2 (2)"]


async def test_escape_takes_away_the_search_then_the_theme_then_leads_back(door):
    async with desk(door) as seat:
        await seat.press("2", "slash", "q")
        await seat.press("escape")
        assert codes(seat) == ["T-003", "P-002"]
        await seat.press("escape")
        assert codes(seat) == ALL
        await seat.press("escape")
        assert "Overview" in seat.lines[0]


async def test_keys_and_clicks_on_titles_sort_and_the_cursor_stays_on_its_item(door):
    async with desk(door) as seat:
        await seat.press("0", "s")
        assert "by title" in seat.text
        assert codes(seat) == ["T-003", "P-001", "T-001", "P-002", "T-002"]
        await seat.press("S")
        assert "by title, reversed" in seat.text
        assert codes(seat) == ["T-002", "P-002", "T-001", "P-001", "T-003"]
        await seat.press("G")
        assert seat.code == "T-003"
        place = next(line for line in seat.lines if "Schedule" in line).index("Schedule")
        await seat.pilot.click("#items", offset=(place, 0))
        await seat.settle()
        assert "by schedule" in seat.text
        await seat.pilot.click("#items", offset=(place, 0))
        await seat.settle()
        assert "by schedule, reversed" in seat.text
        assert seat.code == "T-003"
        await seat.press("2")
        assert seat.code == "T-003"


async def test_keys_move_the_cursor_not_beyond_the_ends_and_report_on_its_item(door):
    async with desk(door) as seat:
        await seat.press("0")
        seen = []
        for key in ("down", "j", "k", "up", "up", "G", "j", "g", "pagedown", "pageup", "end", "home"):
            await seat.press(key)
            seen.append(seat.table.cursor)
        assert seen == [1, 2, 1, 0, 0, 4, 4, 0, 4, 0, 4, 0]
        # States are symbol and word.
        line = seat.line("T-001 ")
        assert "◐ in progress" in line
        assert "! off track" in line
        assert "▲ green" in line
        assert "35%" in line
        await seat.press("j", "r")
        assert "Report" in seat.lines[0]
        assert "T-002 Train the lighthouse keepers" in seat.text


async def test_a_title_like_markup_is_shown_as_it_is_and_the_columns_stay_in_line(door):
    async with desk(door, WIDE) as seat:
        await seat.press("0")
        odd, plain = seat.line(" P-002"), seat.line(" P-001")
        assert ODD_TITLE in odd
        places = [cell_len(line[: line.index("○ not started")]) for line in (odd, plain)]
        assert places[0] == places[1]


async def test_an_arabic_title_stands_at_the_right_edge_on_a_line_of_its_own(sqlite_url, tmp_path):
    title = "ترميم أرصفة المرفأ"
    folder = small_bundle(tmp_path / "seeds")
    edit_file(folder, "items/theme-1.yaml", lambda content: content["items"][1].update(title=title))
    database = making.make(sqlite_url)
    with database.writing() as session, writing(session, ACTOR, AT) as journal:
        mark_register(journal)
        load_into(journal, read_bundle(folder))
    database.close()
    async with desk(door_to(sqlite_url), NARROW) as seat:
        await seat.press("0", "j")
        alone = [line for line in seat.lines if line.strip() == title]
        assert [cell_len(line) for line in alone] == [79]
        await seat.press("enter")
        alone = [line for line in seat.lines if line.strip() == title]
        assert [cell_len(line) for line in alone] == [79]


async def test_y_copies_what_is_listed_and_the_line_under_the_cursor_is_told_in_full_below(door):
    async with desk(door, NARROW) as seat:
        await seat.press("2", "G")
        assert ODD_TITLE in seat.text
        assert "Basis: working; Harbour Office; due 2020-12-31" in seat.text
        await seat.press("y")
        title, _, columns, *items = seat.app.clipboard.splitlines()
        assert title == "2 items as of 2020-09-18"
        assert columns.startswith("code\ttheme\ttitle\t")
        assert [item.split("\t")[:3] for item in items] == [
            ["T-003", "2", "Ask the schools for old charts"],
            ["P-002", "2", ODD_TITLE],
        ]


def register(seat) -> RegisterScreen:
    """The screen."""
    assert isinstance(seat.app.screen, RegisterScreen)
    return seat.app.screen


def listed(seat):
    """The line that tells how many items are listed, and what narrows them."""
    return seat.line(" items  by ")


async def test_facets_narrow_widen_and_are_counted_within_the_others(door):
    async with desk(door, WIDE) as seat:
        await seat.press("0", "F")
        assert seat.focus == "facets"
        await seat.press("space")
        assert codes(seat) == ["T-001", "T-002", "P-001"]
        assert "1 Quays and lights ×" in listed(seat)
        # Of the other theme it is told how many it would add; of the leads, how many are left.
        assert "2 Rooms and charts" in seat.text
        pane = {row.label: row.count for row in seat.app.screen.query_one("#facets", Table).rows}
        assert (pane["1 Quays and lights"], pane["2 Rooms and charts"], pane["task"]) == (3, 2, 2)
        await seat.press("j", "space")
        assert codes(seat) == ALL
        await seat.press("backspace")
        assert codes(seat) == ["T-001", "T-002", "P-001"]
        # The titles of the facets are passed over, both ways.
        seen = []
        for key in ("j", "k", "g", "k"):
            await seat.press(key)
            row = seat.app.screen.query_one("#facets", Table).row
            seen.append(row and row.label)
        assert seen == ["task", "2 Rooms and charts", "1 Quays and lights", "1 Quays and lights"]
        await seat.press("F", "slash", "p", "escape", "X")
        assert (seat.focus, codes(seat)) == ("items", ALL)


async def test_on_a_narrow_terminal_the_facets_come_over_the_list(door):
    async with desk(door, NARROW) as seat:
        await seat.press("0")
        assert "Filters" not in seat.text
        await seat.press("F")
        assert "Filters" in seat.text
        assert "T-001 " not in seat.text
        await seat.press("enter", "escape")
        assert "Filters" not in seat.text
        assert (seat.focus, codes(seat)) == ("items", ["T-001", "T-002", "P-001"])


async def test_a_click_on_a_chip_takes_it_away(door):
    async with desk(door, WIDE) as seat:
        await seat.press("2", "slash", "c", "h", "a", "enter")
        assert codes(seat) == ["T-003", "P-002"]
        place = listed(seat).index("2 Rooms and charts")
        await seat.pilot.click("#listed", offset=(place, 0))
        await seat.settle()
        assert "“cha” ×" in listed(seat)
        assert "2 Rooms" not in listed(seat)


async def test_selected_items_are_counted_and_stay_selected_out_of_sight(door):
    async with desk(door) as seat:
        await seat.press("0", "space", "space")
        assert ", 2 selected" in listed(seat)
        assert seat.code == "T-003"
        assert register(seat).selected == {"T-001", "T-002"}
        assert seat.line(" ■ T-001")
        await seat.press("2", "a", "0")
        assert ", 4 selected" in listed(seat)
        await seat.press("k", "k", "space")
        assert register(seat).selected == {"T-002", "T-003", "P-002"}
        await seat.press("y")
        assert [line.split("\t")[0] for line in seat.app.clipboard.splitlines()[3:]] == ["T-002", "T-003", "P-002"]
        await seat.press("escape")
        assert "selected" not in listed(seat)
        await seat.press("a", "A")
        assert "selected" not in listed(seat)


async def test_what_to_sort_by_and_which_columns_are_chosen_in_windows(door):
    async with desk(door, WIDE) as seat:
        await seat.press("0", "j", "z")
        assert "Sort by" in seat.text
        await seat.press("j", "j", "enter")
        assert (register(seat).order, seat.code) == (("title", False), "T-002")
        await seat.press("c", "j", "space", "enter")
        assert "theme" not in seat.table.keys_seen
        assert "title" in seat.table.keys_seen
        await seat.press("c", "escape")
        assert "theme" not in seat.table.keys_seen


async def test_a_view_is_saved_and_chosen_and_deleted(door, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    async with desk(door) as seat:
        await seat.press("2", "S", "V")
        await seat.type("Rooms")
        await seat.press("enter", "X", "S", "v")
        assert "2, sorted by code, reversed" in seat.line("Rooms ")
        await seat.press("enter")
        assert codes(seat) == ["P-002", "T-003"]
        await seat.press("v", "x")
        assert "No views are saved yet." in seat.text
        await seat.press("escape")
        (tmp_path / "planner" / "views.json").write_text("{")
        await seat.press("v")
        assert "the content of this file is invalid" in seat.notices
        assert codes(seat) == ["P-002", "T-003"]


async def test_a_view_that_names_an_organisation_which_is_gone_says_so_and_lists_what_it_listed(
    door, tmp_path, monkeypatch
):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    for name, key in (("Gone", "ferry-board"), ("Here", "harbour-office")):
        save_view(views_file(), SavedView(name, {"lead": (key,)}))
    async with desk(door) as seat:
        await seat.press("0", "v", "enter")
        assert "the view 'Gone': no organisation is called 'ferry-board'. The organisations are" in seat.notices
        assert codes(seat) == ALL
        await seat.press("v", "j", "enter")
        assert register(seat).view_name == "Here"


async def test_mine_is_said_to_be_nothing_without_an_organisation(door):
    async with desk(door) as seat:
        seat.app.me = None
        await seat.press("0", "M")
        assert "You belong to no organisation" in seat.words
        assert codes(seat) == ALL


async def test_a_large_register_is_narrowed_in_a_thread_once_per_question(door, monkeypatch):
    monkeypatch.setattr("tui.data.standing.LARGE", 3)
    asked, go_on = [], threading.Event()
    narrow = FilterIndex.apply

    def told(self, filters, *order, **more):
        asked.append(filters)
        if filters.search == "pier":
            assert go_on.wait(PATIENCE)
        return narrow(self, filters, *order, **more)

    monkeypatch.setattr(FilterIndex, "apply", told)
    async with desk(door) as seat:
        await seat.press("0")
        asked.clear()
        # The return is meant for the list that the search leaves, which is not there yet when it is pressed.
        await seat.pilot.press("slash", "p", "i", "e", "r", "enter", "enter")
        assert "Register" in seat.lines[0]
        go_on.set()
        await seat.settle()
        assert "P-001  1 of 1" in seat.lines[0]
        # What was typed over before it was read is not asked; each that is, once.
        searches = [filters.search for filters in asked]
        assert searches == [text for text in ("p", "pi", "pie", "pier") if text in searches]
        assert searches[-1] == "pier"
