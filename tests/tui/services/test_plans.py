"""Switching between the plans of a register."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from planner.domain.given_plan import GivenPlan
from planner.personal.chosen_plans import choose_plan, chosen_plan
from planner.queries.people.people import read_person
from planner.register.plans import read_plan
from planner.register.point import Point
from planner.register.reading import Reading
from planner.store.database import Database
from planner.store.models import Item, StatusUpdate
from planner.writes.plans.closing import close_plan
from tests.factories import ACTOR, AT, ITEM_CODES, writing_by
from tests.tui.data.test_early_reading import Given
from tests.tui.desk import NARROW, TODAY, desk, door_to
from tests.tui.dialogs.test_acts import begin
from tests.tui.dialogs.test_acts import fill as fill_act
from tests.tui.forms import fill, open_form
from tests.two_plans import FIRST, MARK, SECOND, load_second_plan
from tui.data.early_reading import FirstData
from tui.data.standing import read_around, read_standing


@pytest.fixture(autouse=True)
def own_folder(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))


@pytest.fixture
def both(told: Database) -> Database:
    """The small plan in September, and another plan with the same codes."""
    load_second_plan(told)
    return told


async def test_another_plan_is_shown_on_all_screens_and_remembered(both):
    door = door_to(both.url)
    door.plan = GivenPlan(FIRST)
    async with desk(door, NARROW) as seat:
        assert "plan 2020" in seat.lines[0]
        await seat.press("i", "slash")
        await seat.type("quays")
        await seat.press("enter", "enter")
        assert "Mend the quays" in seat.text
        assert MARK not in seat.text
        await seat.press("escape", "escape", "2", "P")
        assert f"{MARK} Harbour Town" in seat.text
        assert re.search(r"\d off track · \d silent.* 2020", seat.text), seat.text
        await seat.press("down", "enter")
        assert "Overview" in seat.lines[0]
        await seat.press("i")
        assert f"{MARK} Mend the quays" in seat.text
        assert len(seat.table.rows) == len(ITEM_CODES)
        await seat.press("enter")
        assert f"{MARK} Mend the quays" in seat.text
    assert chosen_plan(door.address or str(both.url.database)) == SECOND


@pytest.mark.parametrize("early", [True, False])
async def test_the_app_keeps_its_plan_if_another_is_chosen_elsewhere(both, early):
    door = door_to(both.url)
    choose_plan(str(both.url.database), FIRST)
    with both.reading() as session:
        first = read_standing(Reading(session, read_plan(session, FIRST), Point(TODAY)))
        found = FirstData(first, read_person(session, door.login), door.login, str(both.url.database))
    async with desk(door, NARROW, early=Given(found) if early else None) as seat:
        assert "plan 2020" in seat.lines[0]
        choose_plan(str(both.url.database), SECOND)
        await open_form(seat, "T-002")
        await fill(seat, done="The piles are in.")
        await seat.press("ctrl+s")
        await seat.press("escape", "i")
        assert MARK not in seat.text
    with both.reading() as session:
        is_about = StatusUpdate.item_id == Item.id
        reported = select(Item.plan_id).join(StatusUpdate, is_about).where(StatusUpdate.done == "The piles are in.")
        assert session.execute(reported).scalars().all() == [first.plan.id]


async def test_if_nobody_said_which_plan_the_app_asks(both):
    async with desk(door_to(both.url)) as seat:
        await seat.until(lambda: "Plans of this register" in seat.text)
        await seat.press("enter")
        assert "plan 2020" in seat.lines[0]
        assert seat.app.trouble is None


async def test_windows_and_messages_name_the_plan_if_there_are_several(both):
    with both.reading() as session:
        title = read_plan(session, FIRST).title
    door = door_to(both.url)
    door.plan = GivenPlan(FIRST)
    async with desk(door) as seat:
        await begin(seat, "theme.rename")
        assert [line for line in seat.lines if title in line][-1] != seat.lines[0]
        await fill_act(seat, theme="1", title="Piers", reason="So.")
        await seat.press("ctrl+s")
        await seat.until(lambda: "Recorded: theme 1" in seat.notices)
        assert {one.title for one in seat.app._notifications} == {title}


async def test_with_one_plan_there_is_nothing_to_choose(door):
    async with desk(door) as seat:
        await seat.press("P")
        assert "The register has no other plan." in seat.notices
        assert "plan 2020" not in seat.lines[0]


async def test_a_plan_is_not_shown_as_closed_on_a_day_before_it_was(told):
    with told.writing() as session:
        close_plan(writing_by(session, ACTOR, AT), "The year is over.")
        closed_on = writing_by(session, ACTOR, AT).today
    for day, closed in ((closed_on - timedelta(days=1), False), (closed_on, True)):
        with told.reading() as session:
            _, closing = read_around(Reading(session, read_plan(session), Point(day)))
            assert (closing is not None) is closed


async def test_a_closed_plan_says_so_before_a_form_opens(told):
    with told.writing() as session:
        close_plan(writing_by(session, ACTOR, AT), "The year is over.")
    async with desk(door_to(told.url)) as seat:
        assert "(closed)" in seat.lines[0]
        await seat.press("i", "r")
        assert "so it can only be read" in seat.refusal
        assert "This is not possible now" in seat.text
        assert "! Ada closed this plan on " in seat.text
        assert seat.app.permissions.may_write() is False
