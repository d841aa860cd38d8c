"""Looking at another day: the banner, what is refused, the way back."""

from datetime import date

import pytest

from planner.base.errors import NotAllowedError
from tests.factories import AUDITOR
from tests.tui.desk import NARROW, desk, door_to


async def test_a_day_is_chosen_shown_and_left_again_and_nothing_is_written_meanwhile(door):
    async with desk(door, NARROW) as seat:
        await seat.press("i", "d")
        assert "Shown now: 2020-09-18. Possible: 2020-01-01 to 2020-09-18 (today)." in seat.text
        await seat.type("2020-09-19")
        await seat.press("enter")
        assert "2020-09-19 is after today (2020-09-18)" in seat.words
        await seat.press("escape")
        assert "AS OF" not in seat.text
        await seat.press("d")
        await seat.type("last friday")
        assert "Friday 2020-09-11" in seat.text
        await seat.press("enter")
        assert seat.lines[1].startswith(" AS OF 2020-09-11  Read only. Press d for another date, D for today.")
        assert "2020-09-11, 2020-W37" in seat.lines[0]
        await seat.press("r")
        assert "Register" in seat.lines[0]
        assert seat.refusal.startswith("The app shows the plan as of ")
        assert "you can only write as of today. Go back to today first." in seat.refusal
        await seat.press("escape")
        await seat.press("enter")
        assert seat.lines[1].startswith(" AS OF 2020-09-11 ")
        assert seat.app.permissions.may_write() is False
        await seat.press("escape", "D")
        assert "AS OF" not in seat.text
        assert "2020-09-18" in seat.lines[0]
        assert seat.app.permissions.may_write() is True


def test_the_door_itself_writes_nothing_while_it_looks_back(door):
    door.as_of = date(2020, 5, 1)
    with pytest.raises(NotAllowedError, match="as of 2020-05-01"), door.writing():
        pass


async def test_who_only_reads_is_told_so_before_a_form_opens(told):
    for login, shown, why in (
        ("nobody", "nobody, read only", "'nobody' is not a person of this register and can only read"),
        (AUDITOR.name, "Egil, auditor", "'egil' has the role auditor and can only read"),
    ):
        async with desk(door_to(told.url, login=login)) as seat:
            assert shown in seat.lines[0]
            await seat.press("i", "r")
            assert "Register" in seat.lines[0]
            assert why in seat.refusal
