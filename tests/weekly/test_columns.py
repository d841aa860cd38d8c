"""The definition of the columns."""

from dataclasses import replace
from datetime import date
from enum import StrEnum

import pytest

from planner.domain.vocabulary import Basis
from planner.tables.columns import ColumnType
from planner.weekly.contents import SECTIONS, fill_all
from planner.weekly.reading import open_week
from planner.weekly.sections.items import ITEMS
from tests.factories import meet, noon, reading_of, report
from tests.weekly.factories import ITEM, values, weekly_row

IN_ORDER = [
    *("code", "kind", "theme", "title", "basis", "lead", "supporting", "phase", "completion"),
    *("confidence", "confidence_last_week", "schedule", "freshness"),
    *("percent", "expected_percent", "change_since_last_week", "baseline_due", "current_due", "days_late"),
    *("next_milestone", "next_milestone_date", "done", "next", "blocker", "help_needed", "last_update"),
    *("report", "ended", "returned", "mandate_clauses", "comes_from", "became", "week", "as_of", "data"),
]

HELD = {
    ColumnType.TEXT: str,
    ColumnType.WORD: str,
    ColumnType.LIST: tuple,
    ColumnType.WHOLE_NUMBER: int,
    ColumnType.DECIMAL: float,
    ColumnType.NUMBER: float | int,
    ColumnType.DATE: date,
}


def test_columns_stand_in_the_agreed_order():
    assert [column.name for column in ITEMS.all_columns] == IN_ORDER


@pytest.mark.parametrize("section", SECTIONS, ids=lambda section: section.name)
def test_each_column_has_a_name_a_title_and_a_description_of_its_own(section):
    columns = section.all_columns
    for told in ("name", "title", "description"):
        words = [getattr(column, told) for column in columns]
        assert all(words)
        assert len(set(words)) == len(words)


def test_cells_hold_what_the_column_says(sqlite_register):
    report(sqlite_register, percent=20, done="Surveyed.", next="Mend.", blocker="Rain.", help_needed="A pump.")
    meet(sqlite_register, "P-001", 1, date(2020, 3, 5))
    with sqlite_register.reading() as session:
        file = fill_all(open_week(reading_of(session), now=noon(date(2020, 3, 6))))
    for filled in file.sections:
        identities = [filled.identity(row) for row in filled.rows]
        assert len(set(identities)) == len(identities), filled.table.name
        for place, column in enumerate(filled.columns):
            held = [line[place] for line in filled.lines()]
            told = [value for value in held if value is not None]
            assert all(isinstance(value, HELD[column.type]) for value in told), column.name
            if column.type is ColumnType.TEXT:
                assert not any(isinstance(value, StrEnum) for value in told), column.name
            if column.one_of:
                assert set(told) <= set(column.one_of), column.name
            if column.required:
                assert len(told) == len(held), column.name


@pytest.mark.parametrize(
    ("before", "now", "change"),
    [
        (40.0, 52.5, 12.5),
        (52.5, 40.0, -12.5),
        (40.0, 40.0, 0.0),
        (None, 15.0, 15.0),
        (None, None, None),
        (15.0, None, None),
        # A reader who takes 33.3 in last week's file from 66.7 in this one's gets 33.4.
        (100 / 3, 200 / 3, 33.4),
    ],
)
def test_the_change_is_the_difference_of_what_both_files_show(before, now, change):
    row = weekly_row(replace(ITEM, actual=now), replace(ITEM, actual=before))
    assert values(row)["change_since_last_week"] == change


def test_the_basis_is_the_title_s_and_always_simulated_in_a_demonstration():
    register, demonstration = values(weekly_row()), values(weekly_row(simulated=True))
    assert (register["basis"], register["data"]) == (Basis.STATED, "register")
    assert (demonstration["basis"], demonstration["data"]) == (Basis.SIMULATED, "simulated")


def test_an_item_never_reported_on_leaves_the_report_s_cells_empty():
    cells = values(weekly_row(replace(ITEM, last=None)))
    assert {cells[name] for name in ("done", "next", "blocker", "help_needed", "last_update")} == {None}
