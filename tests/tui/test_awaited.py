"""Keys that open a form before its data is there: the form opens when it is, and what was typed meanwhile is for it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from textual.widgets import Input, TextArea

from tests.effort import only_in_more
from tests.tui.desk import NARROW, Desk, as_run_does, desk, door_to
from tests.tui.slow_door import SlowDoor
from tui import typeahead
from tui.app import PlannerApp
from tui.data import Door
from tui.dialogs.refused import RefusedDialog


@asynccontextmanager
async def waiting(door: Door) -> AsyncIterator[tuple[Desk, SlowDoor]]:
    """An app that has drawn its first screen, and whose data has not come yet."""
    slow = SlowDoor(door)
    app = PlannerApp(slow)
    try:
        async with as_run_does(), app.run_test(size=NARROW) as pilot:
            seat = Desk(app, pilot)
            await seat.until(lambda: len(app.workers))
            try:
                yield seat, slow
            finally:
                # The app ends only when its threads do.
                slow.opened.set()
    finally:
        door.close()


@pytest.mark.parametrize(
    ("keys", "form", "field"),
    [
        (["C"], "SearchDialog", Input),
        only_in_more(["d"], "AsOfDialog", Input),
        only_in_more(["w", "r"], "ReportScreen", TextArea),
        (["i", "r"], "ReportScreen", TextArea),
        (["f", "x"], "ExportDialog", Input),
    ],
)
async def test_keys_typed_before_the_data_comes_are_for_the_form(door, keys, form, field) -> None:
    async with waiting(door) as (seat, slow):
        await seat.pilot.press(*keys, "q")
        assert seat.app.standing is None
        slow.opened.set()
        await seat.until(lambda: seat.app.standing)
        await seat.settle()
        assert type(seat.app.screen).__name__ == form
        focused = seat.app.focused
        assert isinstance(focused, field)
        typed = focused.value if isinstance(focused, Input) else focused.text
        assert typed.endswith("q")


async def test_if_the_data_does_not_come_a_window_says_so(door, monkeypatch) -> None:
    monkeypatch.setattr(typeahead, "LONGEST_HOLD", 0.01)
    async with waiting(door) as (seat, _):
        await seat.pilot.press("C", "q")
        # The data never comes, so there is no end of reading to wait for.
        await seat.until(lambda: isinstance(seat.app.screen, RefusedDialog) and "still being read" in seat.text)
        assert seat.app.is_running


async def test_if_the_data_cannot_be_read_a_window_says_why(sqlite_url) -> None:
    async with desk(door_to(sqlite_url), NARROW) as seat:
        await seat.press("C", "q")
        assert isinstance(seat.app.screen, RefusedDialog)
        assert "There is no database at this address yet." in seat.text
        assert seat.app.is_running
