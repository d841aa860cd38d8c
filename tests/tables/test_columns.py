"""Columns and tables, without a register."""

from datetime import date

from planner.domain.rules.weeks import Week
from planner.tables import columns
from planner.tables.columns import ColumnType, by_name, in_places, values
from planner.tables.csv_form import csv_bytes
from planner.tables.frame import Frame
from planner.tables.table import Filled, Table

FRAME = Frame(Week(2020, 14), date(2020, 4, 5), simulated=True)

SHIPS: Table[tuple[str, int | None]] = Table(
    "ships",
    "Ships",
    "Which ships are in?",
    (
        columns.text("home_port", lambda ship: ship[0], "Where it belongs."),
        columns.whole_number("masts", lambda ship: ship[1], "How many it has.", "M", optional=True),
    ),
    ("home_port",),
)


def test_the_title_is_the_name_in_words_and_no_cell_is_empty_unless_the_definition_says_so():
    port, masts = SHIPS.columns
    assert (port.title, port.words, port.type, port.required) == ("Home port", "home port", ColumnType.TEXT, True)
    assert (masts.title, masts.required) == ("M", False)


def test_each_row_ends_with_the_values_of_the_file():
    filled = Filled(SHIPS, FRAME, [("Old Quay", 2), ("-1", None)])
    assert [column.name for column in filled.columns] == [column.name for column in SHIPS.all_columns]
    assert filled.values(filled.rows[0]) == {
        "home_port": "Old Quay",
        "masts": 2,
        "week": "2020-W14",
        "as_of": date(2020, 4, 5),
        "data": "simulated",
    }
    assert b"".join(csv_bytes(filled.columns, filled.rows)).decode().splitlines() == [
        "home_port,masts,week,as_of,data",
        "Old Quay,2,2020-W14,2020-04-05,simulated",
        "'-1,,2020-W14,2020-04-05,simulated",
    ]
    assert filled.identity(filled.rows[0]) == "Old Quay"


def test_rows_of_other_programs_are_read_by_name_or_by_place():
    named = [by_name("port"), by_name("flags"), by_name("crew")]
    assert values(named, {"port": "Old Quay", "flags": ["a", "b"]}) == {
        "port": "Old Quay",
        "flags": ("a", "b"),
        "crew": None,
    }
    placed = in_places(["port", "masts"])
    assert b"".join(csv_bytes(placed, [("=Quay", -2)])) == b"port,masts\r\n'=Quay,-2\r\n"
