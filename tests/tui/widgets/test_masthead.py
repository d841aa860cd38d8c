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


def test_the_database_is_named_before_the_day_is_told_in_full_and_gives_way_to_the_name():
    who, address = names("ada", ADA), "register.sqlite"
    assert parts(who, DAY, address, 60) == (who[0], DAY[2], address)
    assert parts(who, DAY, address, 50) == (who[0], DAY[3], address)
    assert parts(who, DAY, address, 42) == (who[1], DAY[3], address)
    assert parts(who, DAY, address, 36) == (who[0], DAY[3], "")
    assert parts(who, DAY, address, 12) == ("", DAY[3], "")


@given(st.text(max_size=30), st.text(max_size=40), st.integers(10, 120))
def test_what_is_shown_fits(name, address, room):
    shown = [part for part in parts((f"{name}, officer", name, ""), DAY, address, room) if part]
    assert sum(cell_len(part) for part in shown) + len(GAP) * (len(shown) - 1) <= room


async def test_a_narrow_terminal_shows_who_when_and_where(door):
    async with desk(door, NARROW) as seat:
        assert seat.lines[0].split("  ")[0] == " planner │ Overview"
        assert "Ada, administrator  2020-09-18, 2020-W38  register.sqlite" in seat.lines[0]
