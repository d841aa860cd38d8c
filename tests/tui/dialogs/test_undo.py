"""Undo: what would be taken back is shown first, then it is taken back by a write of its own."""

from datetime import date

from tests.factories import COLLEAGUE, report
from tests.tui.desk import TODAY, desk, door_to
from tests.tui.forms import fill, open_form
from tui.data.reports import open_form as read_form


async def test_my_last_write_is_shown_and_taken_back_as_a_whole(told):
    door = door_to(told.url)
    async with desk(door) as seat:
        await open_form(seat, "T-002")
        await fill(seat, done="Courses held.", indicator_1="12")
        await seat.press("ctrl+s")
        await seat.until(lambda: "Recorded on T-002" in seat.notices)
        await seat.press("w", "u")
        assert "Undo my last change?" in seat.text
        assert "Saved on Fri 2020-09-18 at 15:00:" in seat.text
        assert "the report on T-002" in seat.text
        assert "Train the lighthouse keepers" in seat.line("the value of T-002 indicator 1")
        assert "the value of T-002 indicator 1" in seat.text
        await seat.press("escape")
        assert read_form(door, "T-002").initial["done"] == "Courses held."
        # A key that is held down opens the window, and takes nothing back.
        await seat.press("u", "u", "u", "u")
        assert "Undo my last change?" in seat.text
        assert read_form(door, "T-002").initial["done"] == "Courses held."
        await seat.press("enter")
        await seat.until(lambda: "Undone: " in seat.notices)
        assert "the report on T-002" in seat.notices
        await seat.dismiss_notices()
        await seat.until(lambda: "2020-08-05" in seat.line("T-002"))
        after = read_form(door, "T-002")
        assert after.initial["done"] == ""
        assert after.item.last is not None
        assert (after.item.last.as_of, after.detail.indicators[0].observed) == (date(2020, 8, 5), None)


async def test_what_cannot_be_taken_back_is_told_with_the_reason(told):
    report(told, "T-003", as_of=TODAY, actor=COLLEAGUE)
    async with desk(door_to(told.url, login=COLLEAGUE.name)) as seat:
        await seat.press("u", "enter")
        await seat.until(lambda: "Undone: the report on T-003" in seat.notices)
        await seat.press("u")
        await seat.until(lambda: "You have nothing to undo" in seat.notices)
        await open_form(seat, "T-002")
        await seat.press("u")
        assert "Undo my last change" not in seat.text


async def test_nothing_is_taken_back_while_looking_at_the_past(told):
    door = door_to(told.url)
    door.as_of = date(2020, 9, 1)
    async with desk(door) as seat:
        await seat.press("u")
        assert "you can only write as of today" in seat.refusal
        assert "Undo my last change" not in seat.text
