"""The first data, which another process reads while the app starts."""

import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.factories import reading_of
from tests.tui.desk import NARROW, TODAY, WIDE, desk
from tui.data.early_reading import EarlyReading, FirstData
from tui.data.standing import read_standing

# What a process does that reads early: print the items, the login and whether SQLAlchemy was imported.
READS_EARLY = """
import sys
from datetime import UTC, datetime
from tui.data import Door, early_reading
from tui.data.early_reading import EarlyReading

early_reading.has_idle_processor = lambda: {idle}
early = EarlyReading.start(Door(sys.argv[1], "ada", lambda: datetime(2020, 9, 18, tzinfo=UTC)))
found = early and early.take()
print(found and ([item.code for item in found.standing.items], found.login, found.address))
print("sqlalchemy" in sys.modules)
"""


def read_early(address: object, *, idle: bool = True) -> list[str]:
    """The lines that a new process prints that reads early on a machine that is busy or not."""
    code = READS_EARLY.format(idle=idle)
    done = subprocess.run([sys.executable, "-c", code, str(address)], capture_output=True, text=True, check=True)
    return done.stdout.splitlines()


class Given(EarlyReading):
    """An early reading that has found something already."""

    def __init__(self, found: FirstData | None) -> None:
        self._found = found

    def take(self) -> FirstData | None:
        return self._found


def test_another_process_reads_what_this_one_would_read(told):
    file = told.url.database
    with told.reading() as session:
        codes = [item.code for item in read_standing(reading_of(session, TODAY)).items]
    assert codes
    assert read_early(file) == [str((codes, "ada", file)), "False"]


def test_nothing_is_found_where_the_register_cannot_be_read(tmp_path: Path):
    assert read_early(tmp_path / "nowhere.sqlite") == ["None", "False"]


def test_no_process_is_started_on_a_busy_machine(told):
    assert read_early(told.url.database, idle=False) == ["None", "False"]


@pytest.mark.parametrize(("found", "shown"), [(True, "2020-09-01"), (False, "2020-09-18")])
async def test_the_app_shows_the_early_data_and_reads_the_plan_itself_if_there_are_none(door, told, found, shown):
    with told.reading() as session:
        early = FirstData(read_standing(reading_of(session, date(2020, 9, 1))), None, "ada", door.address)
    async with desk(door, NARROW, early=Given(early if found else None)) as seat:
        assert "Quays and lights" in seat.text
        assert shown in seat.lines[0]


async def test_the_rest_of_a_large_register_is_read_after_the_early_data(door, told):
    with told.reading() as session:
        standing = read_standing(reading_of(session, TODAY))
    early = FirstData(replace(standing, items=standing.items[:2]), None, "ada", door.address)
    async with desk(door, WIDE, early=Given(early)) as seat:
        await seat.until(lambda: seat.app.standing and seat.app.standing.complete)
        await seat.press("i")
        assert "5 of 5 items" in seat.text


# Opens the app with an early reading, and prints the modules of the program that are imported between the time when the
# app has prepared for the data and the time when they are shown.
SHOWS = """
import asyncio, sys, threading
from datetime import UTC, datetime
from tui.app import PlannerApp
from tui.data import Door, early_reading
from tui.data.early_reading import EarlyReading

early_reading.has_idle_processor = lambda: True
door = Door(sys.argv[1], "nobody", lambda: datetime(2020, 9, 18, tzinfo=UTC))
early, prepared, before = EarlyReading.start(door), threading.Event(), set()

def own():
    return {name for name in sys.modules if name.partition(".")[0] in ("planner", "tui")}

class Waits:
    def take(self):
        assert prepared.wait(60)
        before.update(own())
        return early.take()

async def main():
    app = PlannerApp(door)
    prepare = app.prepare_for_data
    app.prepare_for_data = lambda: (prepare(), prepared.set())
    app.loading.early = Waits()
    app.loading._open = lambda: None
    async with app.run_test(size=(80, 24)) as pilot:
        while app.standing is None:
            await pilot.pause()
        await pilot.pause()
        print(sorted(own() - before))

asyncio.run(main())
"""


def test_what_the_data_need_is_imported_before_they_arrive(told):
    code = [sys.executable, "-c", SHOWS, str(told.url.database)]
    done = subprocess.run(code, capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("[]\n", "")
