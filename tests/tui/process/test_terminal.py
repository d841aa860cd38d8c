"""The app as a real process in a real terminal: opened, used, left; and what the database holds afterwards."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from planner.queries.weeks.inventory import read_inventory
from planner.register.plans import read_plan
from planner.store.database import Database, open_database
from planner.store.location import parse
from planner.store.models import StatusUpdate
from planner.writes.clock import accept_clock
from tests.effort import only_in_soak
from tests.factories import ACTOR, writing_by
from tests.tui.process.terminal import terminal

ESCAPE, ENTER, TAB, CTRL_S = "\x1b", "\r", "\t", "\x13"
SHIFT_TAB, RIGHT = "\x1b[Z", "\x1b[C"


@pytest.mark.usefixtures("strict_clock")
@pytest.mark.parametrize("size", [(80, 24), only_in_soak((160, 50))])
def test_a_report_from_the_first_screen_to_the_database(sqlite_register: Database, size):
    assert sqlite_register.url.database
    with sqlite_register.writing() as session:
        accept_clock(writing_by(session, ACTOR, datetime.now(UTC)), "The plan of the tests is of 2020.")
    with terminal("--db", sqlite_register.url.database, size=size) as seat:
        # An administrator begins with what is not set up.
        seat.shows("has no officer: Archive")
        seat.press("o")
        seat.shows("Quays and lights")
        # All at once, as a slow line brings it: the letters belong to the search, the second return to the list.
        seat.press("/pier" + ENTER + ENTER)
        seat.shows("P-001  1 of 1")
        seat.shows("Build the light on the north pier")
        seat.press("r")
        seat.shows("Report as of")
        # Back over the percent, which is the milestones', to the confidence and the phase; then on to the text.
        seat.press(SHIFT_TAB * 2 + RIGHT * 2 + SHIFT_TAB + RIGHT + TAB * 3 + "Piles driven 港口")
        seat.shows("Piles driven")
        seat.press(CTRL_S)
        seat.shows("officer ◆ amber")
        seat.press("q")
        assert seat.ends() == 0
    with sqlite_register.reading() as session:
        said = session.execute(select(StatusUpdate)).scalars().one()
        assert (said.phase, said.confidence, said.percent) == ("in_progress", "amber", None)
        assert (said.done, said.next, said.blocker) == ("Piles driven 港口", None, None)


def test_with_no_database_yet_it_says_what_to_do_and_leaves_on_q(tmp_path):
    file = tmp_path / "none.sqlite"
    with terminal("--db", str(file)) as seat:
        seat.shows("What do you want? [1]")
        assert "There is no register at" in seat.text
        seat.press("q\r")
        assert seat.ends() == 0
    assert not file.exists()


@pytest.mark.more
def test_with_no_database_yet_it_makes_one_if_asked_for_and_opens_it(tmp_path):
    file = tmp_path / "new.sqlite"
    with terminal("tui", PLANNER_DB=str(file)) as seat:
        seat.shows("What do you want? [1]")
        seat.press("4\r")
        # Its creator is its administrator.
        seat.shows("planner │ Not set up yet")
        seat.press("o")
        seat.shows("Nobody has reported yet")
        seat.press("q")
        assert seat.ends() == 0
    database = open_database(parse(str(file), "test"))
    with database.reading() as session:
        assert read_inventory(session, read_plan(session)).items == 223
    database.close()
