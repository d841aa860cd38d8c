"""Starting: what is imported for the first screen, what is said where the database cannot be read, quitting at once."""

import subprocess
import sys

from planner.store import making
from tests.factories import load_small_bundle
from tests.tui.desk import NARROW, WIDE, Desk, as_run_does, desk, door_to
from tui.app import PlannerApp

CORE = (
    "sqlalchemy",
    "sqlite3",
    "alembic",
    "pendulum",
    "psycopg",
    "pydantic",
    "yaml",
    "planner.store.models",
    "planner.store.database",
)

# The most modules of the program that the first screen may need.
MOST_MODULES = 77


def loaded_after(code: str) -> str:
    """Which modules of the database's are loaded in a new process after some code."""
    tail = f"\nimport sys\nprint('loaded:', [name for name in {CORE!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code + tail], capture_output=True, text=True, check=True)
    return done.stdout.splitlines()[-1]


def test_importing_the_app_imports_no_database():
    assert loaded_after("import tui.app") == "loaded: []"


# What is used only once there are data, or once a key asks for it.
LATER = (
    "planner.queries.items.views",
    "planner.queries.items.filters",
    "planner.personal.drafts",
    "planner.tables",
    "zoneinfo",
    "json",
    "planner.domain.period_names",
    "planner.domain.rules.permissions",
    "planner.register.plan_view",
    "tui.services.acts",
    "tui.services.finder",
    "tui.services.home",
    "tui.services.imports",
    "tui.services.navigator",
    "tui.services.permissions",
    "tui.services.plans",
    "tui.services.reports",
    "tui.services.tour",
    "tui.widgets.empty_plan",
)

# Prints what a process has imported when it has painted for the first time: those of the `LATER` modules, and how many
# modules of the program in all.
PAINTS = f"""
import asyncio
import sys
import planner.cli.setup.app
from tui.start.textual_import import import_textual

import_textual()
from tui.app import PlannerApp
from tui.data import Door

async def main():
    app = PlannerApp(Door("nowhere.sqlite", "ada", None))
    app._continue_start = lambda: None
    async with app.run_test() as pilot:
        await pilot.pause()
        assert app.screen.query_one("Table").region.area
        print([name for name in {LATER} if name in sys.modules])
        print(sum(name.partition(".")[0] in ("planner", "tui") for name in sys.modules))

asyncio.run(main())
"""


def test_what_only_the_data_need_is_imported_after_the_first_screen():
    done = subprocess.run([sys.executable, "-c", PAINTS], capture_output=True, text=True, check=True)
    later, count = done.stdout.splitlines()
    assert later == "[]"
    # docs/profiles/first-paint.md: each of them takes time. A module that can wait is imported on first use.
    assert int(count) <= MOST_MODULES


def test_building_the_first_screen_imports_no_database():
    code = """
import asyncio
import tui.app
from planner.base.errors import NoDatabaseError
from tui.app import PlannerApp
from tui.data import Door

def closed(*_):
    raise NoDatabaseError("nothing here")

Door.reading = closed

async def main():
    app = PlannerApp(Door("nowhere.sqlite", "ada", None))
    async with app.run_test() as pilot:
        while app.trouble is None:
            await pilot.pause()
        assert app.screen.query_one("Table").region.area

asyncio.run(main())
"""
    assert loaded_after(code) == "loaded: []"


async def test_without_a_database_a_panel_says_what_to_do_and_reading_again_works(sqlite_url):
    async with desk(door_to(sqlite_url), NARROW) as seat:
        assert "! There is no database at this address yet." in seat.text
        assert "Nothing is loaded." in seat.text
        assert "oading…" not in seat.text
        assert "Make a plan with 'planner plan new'" in seat.text
        assert "Press ctrl+r to try again or q to quit." in seat.text
        database = making.make(sqlite_url)
        load_small_bundle(database)
        database.close()
        await seat.press("ctrl+r")
        await seat.until(lambda: seat.app.standing)
        await seat.settle()
        assert "Quays and lights" in seat.text
        assert "no database" not in seat.text


async def test_a_file_that_is_no_database_is_told_in_the_panel(tmp_path):
    file = tmp_path / "notes.sqlite"
    file.write_text("these are notes, and they are long enough to be read as a header of a database\n" * 20)
    async with desk(door_to(file), WIDE) as seat:
        assert "! The file is not a SQLite database" in seat.text
        assert str(file) in seat.text
        assert "Give the path of a planner database." in seat.text


async def test_a_database_that_goes_away_is_told_over_what_was_read(told):
    async with desk(door_to(told.url)) as seat:
        with told.engine.connect() as connection:
            connection.exec_driver_sql("ALTER TABLE status_update RENAME TO gone")
            connection.commit()
        await seat.press("1", "enter")
        await seat.until(lambda: seat.app.trouble)
        await seat.settle()
        assert "! The database reported an error: no such table" in seat.text
        assert "Mend the quays" in seat.text


async def test_quitting_before_anything_is_read_ends_quietly(door):
    app = PlannerApp(door)
    async with as_run_does(), app.run_test(size=NARROW) as pilot:
        await pilot.press("q")
        await Desk(app, pilot).until(lambda: not app.is_running)
    assert app.return_code == 0
    assert app.standing is None or app.standing.plan.key == "harbour-2020"
    door.close()
