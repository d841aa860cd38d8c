"""From screen to screen: each is as it was left, and however one goes, one gets back."""

import asyncio
from datetime import date
from threading import Event
from time import sleep

from textual.events import AppFocus
from textual.screen import Screen

from tests.factories import report
from tests.queries.reads import instant
from tests.tui.desk import NARROW, WIDE, desk, door_to


async def test_screens_are_as_they_were_left_and_the_stack_does_not_grow(door):
    async with desk(door, NARROW) as seat:
        await seat.press("i", "s", "G")
        await seat.press("slash")
        await seat.type("the")
        await seat.press("enter", "k")
        left = seat.text
        for _ in range(3):
            await seat.press("e", "o", "i")
        assert seat.text == left
        assert [type(screen).__name__ for screen in seat.app.screen_stack] == ["OverviewScreen", "RegisterScreen"]
        await seat.press("i")
        assert seat.text == left


async def test_a_kept_screen_follows_the_size_the_looks_and_what_is_read_meanwhile(door):
    async with desk(door, NARROW) as seat:
        await seat.press("i")
        assert "in progress" in seat.text
        await seat.press("o")
        await seat.pilot.resize_terminal(*WIDE)
        await seat.press("ctrl+t")
        await seat.press("d")
        await seat.type("2020-08-01")
        await seat.press("enter", "i")
        assert seat.app.screen.size == WIDE
        assert seat.app.screen.has_class("-wide")
        assert "as of Sat 2020-08-01" in seat.lines[0]
        assert "in progress" not in seat.text
        assert seat.app.screen.styles.background == type(seat.app.screen.styles.background).parse(
            seat.app.theme_variables["background"]
        )


async def test_from_item_to_item_the_last_gives_way_to_the_next(door, monkeypatch):
    monkeypatch.setattr("tui.services.navigator.DEEPEST", 3)
    async with desk(door) as seat:
        for number in range(4):
            seat.app.navigator.open_item(("T-001", "T-002")[number % 2])
            await seat.settle()
        assert len(seat.app.screen_stack) == 3
        await seat.press("o")
        assert len(seat.app.screen_stack) == 1


async def test_an_answer_that_comes_while_its_screen_is_closed_is_dropped(door):
    """The parts of a screen go before the screen does: an answer that looked for one of them ended the app."""
    answered: list[str] = []
    release = Event()
    async with desk(door, NARROW) as seat:
        screen: Screen[None] = Screen()
        await seat.app.push_screen(screen)
        seat.app.tasks.run(screen, lambda: str(release.wait(10)), answered.append)
        await asyncio.sleep(0)
        closed = seat.app.pop_screen()
        release.set()
        # Nothing else happens meanwhile in the app; the thread asks for its answer to be taken.
        sleep(0.05)
        await closed
        await seat.settle()
    assert answered == []


async def test_going_to_a_screen_shows_what_another_window_recorded(told):
    async with desk(door_to(told.url), NARROW) as seat:
        await seat.press("i")
        assert "77%" not in seat.text
        report(told, "T-003", as_of=date(2020, 9, 17), at=instant(9, 18), percent=77)
        await seat.press("o", "i")
        assert "77%" in seat.line(" T-003")


async def test_on_the_next_day_a_screen_shows_that_day(told):
    door = door_to(told.url)
    async with desk(door, NARROW) as seat:
        assert "2020-09-18" in seat.lines[0]
        door.now = lambda: instant(9, 19)
        seat.app.post_message(AppFocus())
        await seat.until(lambda: "2020-09-19" in seat.lines[0])
