"""A large register is shown while it is being read."""

import gc
import threading
from collections.abc import Callable

import pytest
from textual.events import AppFocus

from planner.base.errors import NotAllowedError
from planner.writes.plan_changes.organisations import add_organisation
from tests.factories import ACTOR, report, writing_by
from tests.queries.reads import instant
from tests.tui.desk import PATIENCE, WIDE, Desk, as_run_does, desk
from tests.tui.forms import fill, open_form
from tui.app import PlannerApp
from tui.services.garbage import GARBAGE_THRESHOLDS, collect_garbage_again

Pause = Callable[[int], threading.Event]


@pytest.fixture
def pause_after(monkeypatch: pytest.MonkeyPatch) -> Pause:
    """Take five items for a large register, read one by one; stop after some of them until the event is set."""
    for name in ("tui.data.standing.LARGE", "tui.services.loading.LARGE"):
        monkeypatch.setattr(name, 3)
    for name in ("FIRST_PART", "PART"):
        monkeypatch.setattr(f"planner.queries.items.register.{name}", 1)

    def pause(parts: int) -> threading.Event:
        go_on, read = threading.Event(), []

        def sleep(_seconds: float) -> None:
            read.append(1)
            if len(read) == parts:
                assert go_on.wait(PATIENCE)

        monkeypatch.setattr("tui.data.standing.time.sleep", sleep)
        return go_on

    return pause


def test_after_loading_garbage_is_collected_in_small_steps():
    thresholds = gc.get_threshold()
    gc.disable()
    try:
        collect_garbage_again()
        assert (gc.isenabled(), gc.get_threshold()) == (True, GARBAGE_THRESHOLDS)
    finally:
        gc.set_threshold(*thresholds)
        gc.enable()


async def test_the_first_items_are_listed_while_the_others_are_read(door, pause_after: Pause):
    go_on = pause_after(2)
    app = PlannerApp(door)
    async with as_run_does(), app.run_test(size=WIDE) as pilot:
        seat = Desk(app, pilot)
        await seat.until(lambda: app.reading == (2, 5))
        await pilot.press("i")
        await seat.until(lambda: "1 of 5 items  by code" in seat.text)
        assert "2 of 5 items loaded…" in seat.lines[0]
        go_on.set()
        await seat.settle()
        assert "5 of 5 items  by code" in seat.text
        assert "as of Fri 2020-09-18" in seat.lines[0]
    door.close()


async def test_what_was_read_stays_until_all_is_read_again(door, pause_after: Pause):
    app = PlannerApp(door)
    async with as_run_does(), app.run_test(size=WIDE) as pilot:
        seat = Desk(app, pilot)
        await seat.until(lambda: app.standing and app.standing.complete)
        await seat.press("i")
        go_on = pause_after(2)
        await pilot.press("ctrl+r")
        await seat.until(lambda: "2 of 5 items loaded…" in seat.lines[0])
        assert "5 of 5 items  by code" in seat.text
        go_on.set()
        await seat.settle()
        assert "items loaded" not in seat.lines[0]
    door.close()


@pytest.mark.usefixtures("pause_after")
async def test_of_a_large_register_only_what_was_reported_on_is_read_again(told, door, monkeypatch):
    async with desk(door, WIDE) as seat:
        await seat.press("i")
        monkeypatch.setattr("tui.services.loading.read_standing", None)
        report(told, "T-003", as_of=instant(9, 17).date(), at=instant(9, 18), percent=77)
        await open_form(seat, "T-001")
        await fill(seat, percent="63")
        await seat.press("ctrl+s")
        await seat.until(lambda: seat.notices)
        await seat.dismiss_notices()
        await seat.until(lambda: "63%" in seat.line(" T-001") and "77%" in seat.line(" T-003"))
        report(told, "T-003", as_of=instant(9, 17).date(), at=instant(9, 18), percent=88)
        seat.app.post_message(AppFocus())
        await seat.until(lambda: "88%" in seat.line(" T-003"))


@pytest.mark.usefixtures("pause_after")
async def test_that_all_of_a_large_register_may_have_changed_is_said_once(told, door):
    async with desk(door, WIDE) as seat:
        with told.writing() as session:
            add_organisation(writing_by(session, ACTOR, instant(9, 18)), "tide-board", "Board of Tides")
        await seat.press("i")
        assert "has changed since it was read. Press ctrl+r" in seat.notices
        await seat.dismiss_notices()
        await seat.press("o", "i")
        assert not seat.notices


@pytest.mark.usefixtures("pause_after")
async def test_a_large_register_that_is_only_a_day_older_is_told_to_be_so(door):
    async with desk(door, WIDE) as seat:
        door.now = lambda: instant(9, 19)
        await seat.press("i")
        assert "It is another day now. Press ctrl+r to show 2020-09-19." in seat.notices
        await seat.dismiss_notices()
        await seat.press("o", "i")
        assert not seat.notices
        await seat.press("ctrl+r")
        await seat.until(lambda: "2020-09-19" in seat.lines[0])


@pytest.mark.usefixtures("pause_after")
async def test_after_items_could_not_be_read_again_it_goes_on_looking_for_changes(told, door, monkeypatch):
    def fail(*_: object) -> None:
        raise NotAllowedError("the server is gone", do="Try again")

    async with desk(door, WIDE) as seat:
        await seat.press("i")
        with monkeypatch.context() as broken:
            broken.setattr("tui.services.loading.read_some_again", fail)
            seat.app.loading.read_again(["T-001"])
            await seat.until(lambda: "The server is gone" in seat.text)
        report(told, "T-003", as_of=instant(9, 17).date(), at=instant(9, 18), percent=77)
        seat.app.post_message(AppFocus())
        await seat.until(lambda: "77%" in seat.line(" T-003") and "The server is gone" not in seat.text)


@pytest.mark.usefixtures("pause_after")
async def test_items_to_be_read_again_during_a_load_are_read_with_everything(told, door):
    async with desk(door, WIDE) as seat:
        await seat.press("i")
        report(told, "T-003", as_of=instant(9, 17).date(), at=instant(9, 18), percent=77)
        seat.app.loading.reload()
        seat.app.loading.read_again(["T-001"])
        await seat.until(lambda: "77%" in seat.line(" T-003"))
        assert seat.app.loading.recorded is not None
