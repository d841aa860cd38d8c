"""The hint at the first run."""

import pytest

from planner.personal.state import StateFolder
from tests.factories import AUDITOR, OFFICER
from tests.tui.desk import desk, door_to
from tests.tui.textual_internals import press_keys


async def test_it_comes_once_and_any_key_takes_it_away(door, tmp_path):
    for key, screen in (("space", "Overview"), ("i", "Register")):
        state = StateFolder(tmp_path / key)
        async with desk(door, state=state) as seat:
            assert "Welcome" in seat.text
            assert "w  show the reports I still owe" in seat.text
            assert state.welcomed
            await seat.press(key)
            assert screen in seat.lines[0]
            assert "Welcome" not in seat.text
            assert seat.focus is not None
        async with desk(door, state=state) as seat:
            assert "Welcome" not in seat.text


async def test_enter_opens_what_is_below_it_and_gets_what_is_typed_next(told, tmp_path):
    """The hint says that enter opens. What is typed at once is meant for the form, and for no command of the list."""
    async with desk(door_to(told.url, login=OFFICER.name), state=StateFolder(tmp_path / "state")) as seat:
        assert "Welcome" in seat.text
        await press_keys(seat.app, ["enter", "tab", "tab", "tab", "a", "q"])
        await seat.until(lambda: "Report as of" in seat.text)
        await seat.settle()
        assert "Welcome" not in seat.text
        assert "Report as of" in seat.text


@pytest.mark.more
async def test_it_comes_on_the_first_screen_of_each_role(told, tmp_path):
    for login, screen, first in ((OFFICER.name, "My week", "r  report on"), (AUDITOR.name, "Findings", "w  show the")):
        async with desk(door_to(told.url, login=login), state=StateFolder(tmp_path / login)) as seat:
            assert screen in seat.lines[0]
            assert "Welcome" in seat.text
            assert first in seat.text
            await seat.press("space")
            assert "Welcome" not in seat.text
            assert seat.focus is not None
