"""A person's week in the app, as it is read."""

from datetime import UTC, date, datetime, time

from planner.writes.plans.closing import close_plan
from tests.cli.test_plan_days import LONG_AFTER
from tests.factories import ACTOR, writing_by
from tests.tui.desk import door_to
from tui.data.my_week import read_week
from tui.data.standing import read_standing


def owed_long_after(told, as_of: date | None = None) -> list[str]:
    door = door_to(told.url, LONG_AFTER)
    door.as_of = as_of
    with door.reading() as reading:
        standing = read_standing(reading)
    return [item.code for item in read_week(door, standing, None).week.owed]


def test_a_plan_that_was_closed_long_after_its_end_owes_nothing(told):
    open_still = owed_long_after(told)
    with told.writing() as session:
        close_plan(writing_by(session, ACTOR, datetime.combine(LONG_AFTER, time(12), UTC)), "It is over.")
    assert open_still
    assert owed_long_after(told) == []
    assert owed_long_after(told, date(2020, 12, 31)) == open_still
