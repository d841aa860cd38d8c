"""What the top line says in how much room."""

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from planner.domain.vocabulary import Role
from planner.queries.people.person_view import PersonView
from tests.tui.desk import NARROW, desk
from tui.widgets.masthead import GAP, names, parts

ADA = PersonView(1, "ada", "Ada Lovelace", Role.OFFICER, None, True)
DAY = ("as of Fri 2020-09-18, 2020-W38", "Fri 2020-09-18, 2020-W38", "2020-09-18, 2020-W38", "2020-09-18")


def test_the_person_has_a_role_or_reads_only():
    assert names("ada", ADA)[0] == "Ada Lovelace, officer"
    assert names("root", None)[0] == "root, read only"


def test_the_database_gives_way_first_then_the_day_then_the_role_then_the_name():
    who = names("ada", ADA)
    assert parts(who, DAY, "/data/register.sqlite", 90) == (who[0], DAY[0], "/data/register.sqlite")
    assert parts(who, DAY, "/data/register.sqlite", 70) == (who[0], DAY[0], "…egister.sqlite")
    assert parts(who, DAY, "/data/register.sqlite", 55) == (who[0], DAY[0], "")
    assert parts(who, DAY, "/data/register.sqlite", 40) == (who[0], DAY[3], "")
    assert parts(who, DAY, "/data/register.sqlite", 25) == (who[1], DAY[3], "")
    assert parts(who, DAY, "/data/register.sqlite", 12) == ("", DAY[3], "")


@given(st.text(max_size=30), st.text(max_size=40), st.integers(10, 120))
def test_what_is_shown_fits(name, address, room):
    shown = [part for part in parts((f"{name}, officer", name, ""), DAY, address, room) if part]
    assert sum(cell_len(part) for part in shown) + len(GAP) * (len(shown) - 1) <= room


async def test_a_narrow_terminal_shows_who_when_and_where(door):
    async with desk(door, NARROW) as seat:
        assert seat.lines[0].split("  ")[0] == " planner │ Overview"
        assert "Ada, administrator  as of Fri 2020-09-18, 2020-W38" in seat.lines[0]
