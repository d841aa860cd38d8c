"""The overview: themes, what moved, what needs attention, and the ways from there."""

from datetime import date
from itertools import product

import pytest

from planner.domain.symbols import SYMBOLS
from planner.domain.vocabulary import Cadence
from tests.answers import ask, refuse
from tests.factories import COLLEAGUE, OFFICER, report
from tests.tui.desk import NARROW, WIDE, Desk, as_run_does, desk, door_to
from tests.tui.slow_door import SlowDoor
from tui.app import PlannerApp
from tui.widgets.overview.rollups import COUNTED, columns_in, counted_in
from tui.widgets.table import Table, fitted


async def test_the_screen_is_painted_before_anything_is_read(door):
    slow = SlowDoor(door)
    app = PlannerApp(slow)
    try:
        async with as_run_does(), app.run_test(size=NARROW) as pilot:
            app.home.tells_missing = False
            seat = Desk(app, pilot)
            await seat.until(lambda: len(app.workers))
            await pilot.pause()
            assert "planner │ Overview" in seat.lines[0]
            assert "register.sqlite" in seat.lines[0]
            assert "Loading the themes…" in seat.text
            assert "Quays" not in seat.text
            slow.opened.set()
            await seat.until(lambda: app.standing)
            await seat.settle()
            assert "Quays and lights" in seat.text
    finally:
        slow.opened.set()
        door.close()


@pytest.mark.parametrize("size", [NARROW, WIDE])
async def test_it_shows_the_plan_and_a_bar_by_state_for_each_theme(door, size):
    async with desk(door, size) as seat:
        assert "Harbour Town work plan 2020" in seat.text
        assert "2020-09-18, 2020-W38" in seat.lines[0]
        assert "1 of 5 reported" in seat.text
        assert "┃" in seat.line("12% done")
        for theme in ("1 Quays and lights", "2 Rooms and charts", "The plan"):
            assert "!!!!!!!!" in seat.line(theme)
        assert "20%" in seat.line("1 Quays and lights")
        # Each sign in the bars and above the counts has its meaning.
        states = "✓ on track ◔ behind ! off track ‼ overdue ‖ suspended ● completed × dropped"
        assert f"{states} ∅ silent ≠ contradiction ◎ awaiting" in seat.words


async def test_a_plan_on_which_nobody_has_reported_says_so_in_place_of_a_bar(sqlite_register):
    async with desk(door_to(sqlite_register.url)) as seat:
        assert "Nobody has reported yet: what is late follows from the plan's dates alone" in seat.words


async def test_v_shows_organisations_measures_rules_of_lead_and_themes_again(door):
    async with desk(door) as seat:
        await seat.press("v")
        assert "Quays" not in seat.text
        assert seat.line("Harbour Office")
        assert seat.line("Town Archive ").split()[-5:] == ["1", "0", "1", "0", "0"]
        await seat.press("enter")
        assert "Register" in seat.lines[0]
        assert len(seat.table.rows) == 4
        await seat.press("o", "v")
        assert "M1.01 Mended quays" in seat.text
        await seat.press("v", "j", "enter")
        assert [item.code for item in seat.table.rows] == ["P-002"]
        assert "lead rule lead-rooms" in seat.text
        await seat.press("o", "v")
        assert "1 Quays and lights" in seat.text


async def test_the_lists_stand_side_by_side_or_one_at_a_time(told):
    titles = ("Moved 2", "Overdue dates 7", "Due in two weeks 1", "Not reported 2", "To check 1")
    async with desk(door_to(told.url), WIDE) as seat:
        for title in titles:
            assert f"─ {title} ─" in seat.text
        assert "+15.0" in seat.text
        assert "≠ contradiction ! off track" in seat.text
    async with desk(door_to(told.url), NARROW) as seat:
        assert "   ".join(titles) in seat.text
        seen = []
        for _ in titles:
            await seat.press("tab")
            seen.append(seat.focus)
        assert seen == ["moved", "overdue", "due", "not-reported", "to-check"]
        assert "T-001" in seat.line("≠ contradiction !")
        await seat.press("tab", "shift+tab", "left")
        assert seat.focus == "not-reported"


async def test_every_count_can_be_gone_to_and_opens_the_items_behind_it(door):
    async with desk(door) as seat:
        await seat.press("j", "enter")
        assert "Register" in seat.lines[0]
        assert [item.code for item in seat.table.rows] == ["T-003", "P-002"]
        await seat.press("o", "k", "right")
        assert "1 Quays and lights: ! off track, 3 of 3 items" in seat.text
        await seat.press("l", "enter")
        assert "Register" in seat.lines[0]
        assert len(seat.table.rows) == 0
        await seat.press("o", "right", "right")
        assert "1 Quays and lights: ≠ contradiction, 1 of 3 items" in seat.text
        await seat.press("enter")
        assert [item.code for item in seat.table.rows] == ["T-001"]
        await seat.press("o")
        assert seat.focus == "themes"
        await seat.press("right", "right")
        assert seat.focus == "moved"
        await seat.press("shift+tab", *["left"] * 5, "left")
        assert seat.focus == "to-check"


async def test_the_numbers_that_call_for_action_are_shown_and_n_shows_all(door):
    async with desk(door, NARROW) as seat:
        heads = seat.line("By state").split()
        assert heads == ["By", "state", "Done", "Week", "!", "‼", "∅", "≠", "◎"]
        await seat.press("right", "n")
        assert seat.line("By state").split()[4:] == ["Items", "✓", "◔", "!", "‼", "●", "∅", "≠", "◎"]
        await seat.press("right")
        assert "1 Quays and lights: 3 items" in seat.text
        await seat.press("n")
        assert seat.line("By state").split() == heads


async def test_who_has_not_reported_opens_the_items_without_a_report(door):
    async with desk(door) as seat:
        await seat.press("tab", "tab", "tab", "tab", "enter")
        assert "Register" in seat.lines[0]
        assert {item.freshness.value for item in seat.table.rows} <= {"due", "stale", "never"}
        assert len({item.lead.key for item in seat.table.rows}) == 1


async def test_the_bottom_line_has_only_keys_that_can_do_something(door):
    async with desk(door, WIDE) as seat:
        assert "r Report" not in seat.foot
        await seat.press("tab")
        assert "r Report" in seat.foot
        await seat.press("tab", "tab", "tab")
        assert seat.focus == "not-reported"
        assert "r Report" not in seat.foot
        await seat.press("i")
        assert "r Report" in seat.foot
        assert "b Update" not in seat.foot
        await seat.press("space")
        assert "b Update" in seat.foot


async def test_keys_copy_report_search_and_open_the_items_of_the_lists(door):
    async with desk(door) as seat:
        await seat.press("y")
        assert seat.app.clipboard.startswith("Harbour Town work plan 2020, as of 2020-09-18\n")
        assert "\nThe plan\t" in seat.app.clipboard
        assert "\n2 Rooms and charts\t" in seat.app.clipboard
        await seat.press("r")
        assert "No item is selected" in seat.text
        assert "Go to a list of items with tab" in seat.text
        await seat.press("escape")
        await seat.press("tab", "enter")
        assert "T-002  1 of 2" in seat.lines[0]
        await seat.press("escape")
        assert "Overview" in seat.lines[0]
        # An item with several dates is one in the list it is opened from.
        await seat.press("tab", "enter")
        assert "P-002  1 of 5" in seat.lines[0]
        await seat.press("escape", "shift+tab", "r")
        assert "Report" in seat.lines[0]
        await seat.press("escape", "slash")
        await seat.type("chart")
        assert "Register" in seat.lines[0]
        assert [item.code for item in seat.table.rows] == ["T-003", "P-002"]


def test_the_columns_share_a_width_and_the_counts_keep_theirs():
    for width, whole in product((79, 99, 119, 160, 220), (False, True)):
        columns = fitted(columns_in(width, whole=whole), width)
        assert sum(cells + 1 for _, _, cells in columns) + 1 == width
        counts = [column.title for column, _, _ in columns if column.key.startswith("count-")]
        signs = [SYMBOLS[word.value][0] for word in counted_in(width, whole=whole) if word]
        assert counts == (["Items", *signs] if whole else signs)
    assert len(counted_in(79, whole=True)) == len(COUNTED) - 2


def test_on_the_narrowest_terminals_names_keep_some_letters_and_no_number_is_cut():
    for width in (29, 35, 39, 47):
        columns = fitted(columns_in(width, whole=False), width)
        assert sum(cells + 1 for _, _, cells in columns) + 1 == width
        assert all(cells >= 5 for column, _, cells in columns if column.key in ("title", "bar", "actual"))
        assert {"title", "bar", "actual"} <= {column.key for column, _, _ in columns}


def test_the_column_of_changes_is_named_by_the_reporting_period():
    columns = columns_in(120, whole=False, cadence=Cadence.QUARTERLY)
    assert [(column.title, column.width) for column in columns if column.key == "week"] == [("Quarter", 7)]


async def test_who_answers_requests_sees_how_many_wait_and_lists_them_with_one_key(told):
    report(told, "P-001", as_of=date(2020, 9, 9), help_needed="A [tent].", actor=OFFICER)
    ask(told, date(2021, 1, 29), code="T-002", milestone=3, on=date(2020, 9, 16))
    ask(told, date(2021, 1, 29), code="T-001", milestone=2, on=date(2020, 9, 16))
    refuse(told, code="T-001", milestone=2, on=date(2020, 9, 17))
    async with desk(door_to(told.url, login=COLLEAGUE.name), NARROW) as seat:
        await seat.until(lambda: "2 requests wait for an answer (a lists them)" in seat.text)
        await seat.press("a")
        await seat.until(lambda: "Requests 2" in seat.text)
        assert "My week" in seat.lines[0]
        assert {item.code for item in seat.app.screen.query_one("#queue", Table).rows} == {"P-001", "T-001", "T-002"}
        # The list stays the same when it is visited again, and others can be chosen.
        await seat.press("left", "o", "a")
        await seat.until(lambda: "A [tent]." in seat.text)
    async with desk(door_to(told.url, login=OFFICER.name), NARROW) as seat:
        await seat.press("o")
        assert "wait for an answer" not in seat.text
