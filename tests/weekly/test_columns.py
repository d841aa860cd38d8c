"""The definition of the columns."""

from dataclasses import replace
from datetime import date
from enum import StrEnum
from pathlib import Path

import pytest

from planner.vocabulary import Basis
from planner.weekly.column_table import renewed
from planner.weekly.columns import COLUMNS, ColumnType, values
from planner.weekly.rows import read_weekly
from tests.factories import meet, noon, plan_of, report
from tests.weekly.factories import ITEM, weekly_row

DOCUMENT = Path(__file__).parent.parent.parent / "docs" / "weekly-file.md"

IN_ORDER = [
    *("code", "kind", "theme", "title", "basis", "lead", "supporting", "phase", "completion"),
    *("confidence", "confidence_last_week", "schedule", "freshness"),
    *("percent", "expected_percent", "change_since_last_week", "baseline_due", "current_due", "days_late"),
    *("next_milestone", "next_milestone_date", "done", "next", "blocker", "help_needed", "last_update", "returned"),
    *("mandate_clauses", "week", "as_of", "data"),
]

HELD = {
    ColumnType.TEXT: str,
    ColumnType.WORD: str,
    ColumnType.LIST: tuple,
    ColumnType.WHOLE_NUMBER: int,
    ColumnType.DECIMAL: float,
    ColumnType.DATE: date,
}


def test_columns_stand_in_the_agreed_order():
    assert [column.name for column in COLUMNS] == IN_ORDER


def test_each_column_has_a_title_and_a_description_of_its_own():
    for told in ([column.title for column in COLUMNS], [column.description for column in COLUMNS]):
        assert all(told)
        assert len(set(told)) == len(told)


def test_cells_hold_what_the_column_says(sqlite_register):
    report(sqlite_register, percent=20, done="Surveyed.", next="Mend.", blocker="Rain.", help_needed="A pump.")
    meet(sqlite_register, "P-001", 1, date(2020, 3, 5))
    with sqlite_register.reading() as session:
        rows = read_weekly(session, plan_of(session), now=noon(date(2020, 3, 6))).rows
    for column in COLUMNS:
        held = [value for value in (column.read(row) for row in rows) if value is not None]
        assert all(isinstance(value, HELD[column.type]) for value in held), column.name
        if column.type is ColumnType.TEXT:
            assert not any(isinstance(value, StrEnum) for value in held), column.name


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


def test_the_document_has_the_table_of_the_definition():
    text = DOCUMENT.read_text(encoding="utf-8")
    assert text == renewed(text), "run: python -m planner.weekly.column_table docs/weekly-file.md"


def test_a_document_without_the_markers_is_not_touched():
    with pytest.raises(ValueError, match="needs the lines"):
        renewed("# Something else\n")
