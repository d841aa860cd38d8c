"""The app opens where the work of the person is."""

import pytest

from tests.factories import ACTOR, AUDITOR, COLLEAGUE, OFFICER
from tests.tui.desk import NARROW, WIDE, Desk, as_run_does, desk, door_to
from tests.tui.slow_door import SlowDoor
from tui.app import PlannerApp


@pytest.mark.parametrize(
    ("login", "title", "focus"),
    [
        (OFFICER.name, "│ My week", "queue"),
        (COLLEAGUE.name, "│ Overview", "moved"),
        (AUDITOR.name, "│ Findings", "kinds"),
        (ACTOR.name, "│ Overview", "themes"),
        ("nemo", "│ Overview", "themes"),
    ],
)
async def test_each_role_opens_where_its_work_is(told, login, title, focus):
    async with desk(door_to(told.url, login=login), NARROW) as seat:
        assert title in seat.lines[0]
        assert seat.focus == focus
        assert "Reading" not in seat.text
        # Reading again does not lead back from where one went.
        await seat.press("i", "ctrl+r")
        assert "│ Register" in seat.lines[0]
        await seat.press("escape")
        assert "│ Overview" in seat.lines[0]
        assert "Quays and lights" in seat.text


async def test_an_officer_who_went_elsewhere_before_the_plan_is_read_stays_there(told):
    slow = SlowDoor(door_to(told.url, login=OFFICER.name))
    app = PlannerApp(slow)
    try:
        async with as_run_does(), app.run_test(size=WIDE) as pilot:
            seat = Desk(app, pilot)
            await seat.until(lambda: len(app.workers))
            await pilot.press("i")
            slow.opened.set()
            await seat.until(lambda: app.standing)
            await seat.settle()
            assert "│ Register" in seat.lines[0]
    finally:
        slow.opened.set()
        slow._inner.close()
