"""A plan without items: the screens say how to fill it."""

from datetime import date

import pytest

from planner.domain.given_plan import GivenPlan
from planner.store.journal import writing
from planner.writes.plans.new_plan import NewPlan, add_plan
from tests.factories import ACTOR, AT, OFFICER
from tests.tui.desk import NARROW, Desk, desk, door_to

NEW = NewPlan("Tide plan 2020", "tides", date(2020, 1, 1), date(2020, 12, 31), "Asia/Seoul", "harbour-office")
SCREENS = ("o", "i", "w")


@pytest.fixture
def url(told):
    with told.writing() as session, writing(session, ACTOR, AT) as journal:
        add_plan(journal, NEW)
    return told.url


async def texts(seat: Desk) -> list[str]:
    """What the screens of items show."""
    shown = []
    for key in SCREENS:
        await seat.press(key)
        shown.append(seat.text)
    return shown


@pytest.mark.parametrize(
    ("actor", "said"),
    [
        (ACTOR, "The plan has no items yet. I imports a file, C adds themes and items."),
        (OFFICER, "The plan has no items yet."),
    ],
)
async def test_the_screens_say_how_to_fill_an_empty_plan(url, actor, said):
    door = door_to(url, login=actor.name)
    door.plan = GivenPlan(NEW.key)
    async with desk(door, NARROW) as seat:
        for text in await texts(seat):
            assert [line.rstrip() for line in text.splitlines() if "no items yet" in line] == [f" {said}"]


async def test_a_plan_with_items_does_not(door):
    async with desk(door, NARROW) as seat:
        assert not any("no items yet" in text for text in await texts(seat))
