"""Every screen on any day: before the plan's year, soon after it, and long after it. The plan is of 2020."""

from datetime import date

import pytest

from tests.effort import only_in_more, only_in_soak
from tests.tui.desk import NARROW, desk, door_to
from tests.tui.test_screens import on_each

# The last is the last day that anybody can type. None is in `make test`: each screen is tested by itself there.
DAYS = (only_in_more(date(2019, 6, 1)), only_in_soak(date(2021, 1, 4)), only_in_more(date(2199, 12, 31)))


@pytest.mark.parametrize("day", DAYS, ids=str)
async def test_no_screen_fails_on_any_day(told, day):
    async with desk(door_to(told.url, day), NARROW) as seat:
        async for name in on_each(seat):
            if name.startswith("timeline"):
                await seat.press("full_stop", "plus", "minus", "right", "left")
            # A plan that is not running opens on one of its own days.
            runs = date(2020, 1, 1) <= day <= date(2021, 3, 31)
            assert str(day if runs else min(max(day, date(2020, 1, 1)), date(2020, 12, 31))) in seat.lines[0], name
