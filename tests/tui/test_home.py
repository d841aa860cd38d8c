"""The app opens where the work of the person is."""

import pytest
from textual import events

from planner.domain.vocabulary import Role
from planner.queries.plans import not_set_up
from tests.factories import ACTOR, AUDITOR, COLLEAGUE, OFFICER, person
from tests.tui.desk import NARROW, WIDE, Desk, as_run_does, desk, door_to
from tests.tui.forms import fill, open_form, paste
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


async def test_an_administrator_opens_on_what_is_not_set_up_yet(told):
    async with desk(door_to(told.url), NARROW, tells_missing=True) as seat:
        assert "│ Not set up yet" in seat.lines[0]
        assert "1 organisation that leads items has no officer: Archive." in seat.words
        assert "planner people add LOGIN --name NAME --role officer --organisation town-archive" in seat.words
        assert "C lists what you can add" in seat.words
        person(told, "zoe", Role.OFFICER, "town-archive")
        await seat.press("ctrl+r")
        assert "has no officer" not in seat.words
        assert "not attached" in seat.words
        await seat.press("escape")
        assert "│ Overview" in seat.lines[0]
        await seat.press("ctrl+p")
        await paste(seat, "not set up")
        await seat.press("enter")
        assert "│ Not set up yet" in seat.lines[0]


async def test_an_administrator_opens_on_the_overview_if_nothing_is_missing(told, monkeypatch):
    monkeypatch.setattr(not_set_up, "read_not_set_up", lambda _reading: ())
    async with desk(door_to(told.url), NARROW, tells_missing=True) as seat:
        assert "│ Overview" in seat.lines[0]


async def test_only_an_administrator_is_told_what_is_missing(told):
    async with desk(door_to(told.url, login=COLLEAGUE.name), NARROW, tells_missing=True) as seat:
        assert "│ Overview" in seat.lines[0]
        await seat.press("ctrl+p")
        assert "Show what is not set up yet" not in seat.text


async def test_the_palette_leads_back_to_the_first_screen_of_each_role(told):
    async with desk(door_to(told.url, login=AUDITOR.name), NARROW) as seat:
        await seat.press("i")
        for words, title in (("findings", "│ Findings"), ("requests", "│ My week"), ("moved", "│ Overview")):
            await seat.press("ctrl+p")
            await paste(seat, words)
            await seat.press("enter")
            assert title in seat.lines[0]
        assert seat.focus == "moved"
        await seat.press("ctrl+p")
        await paste(seat, "to confirm")
        assert "Nothing matches." in seat.text
        await seat.press("escape")
        # Who may not report has nothing to report.
        await seat.press("w")
        assert "Not reported yet" in seat.text


async def test_the_palette_leads_a_manager_to_what_waits_for_confirmation(told):
    async with desk(door_to(told.url, login=ACTOR.name), NARROW) as seat:
        await seat.press("i", "ctrl+p")
        await paste(seat, "confirm")
        await seat.press("enter")
        await seat.until(lambda: "No report waits for confirmation." in seat.text)


async def test_the_palette_of_a_form_keeps_the_draft_and_leads_to_every_screen(told):
    async with desk(door_to(told.url, login=ACTOR.name), NARROW) as seat:
        await open_form(seat, "T-002")
        await fill(seat, blocker="Rain")
        for words, title in (("register", "│ Register"), ("findings", "│ Findings")):
            await seat.press("ctrl+p")
            await paste(seat, words)
            await seat.press("enter")
            assert title in seat.lines[0]
            assert "T-002" in seat.app.draft_codes
            form = await open_form(seat, "T-002")
            assert form.values["blocker"] == "Rain"


@pytest.mark.parametrize(("key", "form"), [("r", "ReportScreen"), ("enter", "ReportScreen")])
async def test_keys_before_the_plan_is_read_are_for_the_first_screen_of_the_person(told, key, form):
    slow = SlowDoor(door_to(told.url, login=OFFICER.name))
    app = PlannerApp(slow)
    try:
        async with as_run_does(), app.run_test(size=WIDE) as pilot:
            seat = Desk(app, pilot)
            await seat.until(lambda: len(app.workers))
            app.post_message(events.Key(key, None))
            slow.opened.set()
            await seat.until(lambda: type(app.screen).__name__ == form)
            await seat.settle()
    finally:
        slow.opened.set()
        slow._inner.close()


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
