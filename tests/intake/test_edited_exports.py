"""Edits of an exported register that do not have the effect that a person may expect: the preview says so."""

from pathlib import Path

import openpyxl
import pytest

from planner.exchange.register.forms import RegisterForm
from planner.intake.proposed import Field, Severity
from planner.store.database import Database
from planner.writes.plan_changes.items import ItemEdit, edit_item
from tests.effort import only_in_more
from tests.factories import COLLEAGUE, noon, report, writing_by
from tests.intake import test_export_moments as moments
from tests.intake.imports import DAY
from tests.intake.test_round_trip import exported, preview_of_files


@pytest.mark.first_cases(1)
@pytest.mark.parametrize("name", ["theme", "due", "kind", "weight", "lead", "start"])
def test_an_emptied_cell_has_no_effect_and_is_told(name, sqlite_register, tmp_path):
    (file,) = exported(sqlite_register, RegisterForm.XLSX, tmp_path)
    book = openpyxl.load_workbook(file)
    sheet = book["items"]
    column = next(cell.column for cell in sheet[1] if cell.value == name)
    sheet.cell(4, column).value = None
    book.save(file)
    preview = preview_of_files(sqlite_register, file)
    assert preview.changed == ()
    # The plan of the tests is over, so the day of the reports is asked.
    (told,) = [problem for problem in preview.problems if problem.severity is Severity.REMARK]
    assert (told.field, told.place.row) == (Field(name), 4)


@pytest.mark.parametrize("value", [0.25, "0.25"])
def test_a_share_in_the_cell_of_a_percent_is_asked_about(sqlite_register, tmp_path, value):
    report(sqlite_register, "T-001", percent=1)
    (file,) = exported(sqlite_register, RegisterForm.XLSX, tmp_path)
    book = openpyxl.load_workbook(file)
    sheet = book["items"]
    column = next(cell.column for cell in sheet[1] if cell.value == "percent")
    sheet.cell(2, column).value = value
    book.save(file)

    asked = [one for one in preview_of_files(sqlite_register, file).blockers if one.field is Field.PERCENT]

    assert [(one.place.row, one.choices) for one in asked] == [(2, ("25%", "0.25%"))]


def test_a_later_row_s_emptied_theme_is_not_that_of_the_row_above(sqlite_register, tmp_path):
    (file,) = exported(sqlite_register, RegisterForm.XLSX, tmp_path)
    book = openpyxl.load_workbook(file)
    sheet = book["items"]
    column = next(cell.column for cell in sheet[1] if cell.value == "theme")
    for row in range(3, sheet.max_row + 1):
        sheet.cell(row, column).value = None
    book.save(file)
    preview = preview_of_files(sqlite_register, file)
    assert preview.changed == ()


def test_another_title_of_a_theme_is_told_to_make_a_new_one(sqlite_register, tmp_path):
    (file,) = exported(sqlite_register, RegisterForm.XLSX, tmp_path)
    book = openpyxl.load_workbook(file)
    sheet = book["themes"]
    column = next(cell.column for cell in sheet[1] if cell.value == "title")
    before = sheet.cell(2, column).value
    sheet.cell(2, column).value = "Quays and canals"
    book.save(file)
    preview = preview_of_files(sqlite_register, file)
    # The plan of the tests is over, so the day of the reports is asked.
    (told,) = [problem for problem in preview.problems if problem.severity is Severity.REMARK]
    assert told.field is Field.TITLE
    assert str(before) in told.what
    assert len(preview.themes) == 1


def test_a_truth_value_as_a_percent_is_named_as_its_cell_shows_it(sqlite_register: Database, tmp_path: Path) -> None:
    file = moments.edit(moments.exported(sqlite_register, tmp_path), Field.PERCENT, value=True)

    (asked,) = moments.preview_of(sqlite_register, file).blockers

    assert asked.what == "'TRUE' is not a percentage"


REMOVED = (Field.NOTE, Field.SOURCE, Field.SUPPORTING, Field.ACCOUNTABLE, Field.NEXT, Field.BLOCKER)


@pytest.mark.parametrize("word", [only_in_more("-"), "无"])
def test_a_dash_in_an_exported_row_removes_what_can_be_without_a_value(
    sqlite_register: Database, tmp_path: Path, word: str
) -> None:
    report(sqlite_register, moments.CODE, percent=20, done="Begun.", next="Go on.", blocker="Rain.", as_of=DAY)
    file = moments.exported(sqlite_register, tmp_path)
    for field in (*REMOVED, Field.DONE):
        moments.edit(file, field, word)

    preview = moments.preview_of(sqlite_register, file)

    (one,) = preview.changed
    assert {change.field: change.new for change in one.changes}.items() <= dict.fromkeys(REMOVED[:4]).items() | {
        (Field.SUPPORTING, ())
    }
    assert one.report is not None
    assert (one.report.next, one.report.blocker, one.report.done) == (None, None, None)
    assert (preview.organisations, preview.blockers) == ((), ())


def test_a_dash_that_the_register_has_itself_is_no_change(sqlite_register: Database, tmp_path: Path) -> None:
    with sqlite_register.writing() as session:
        edit_item(writing_by(session, COLLEAGUE, noon(DAY), DAY), moments.CODE, ItemEdit(note="none"), "So decided.")

    assert not moments.preview_of(sqlite_register, moments.exported(sqlite_register, tmp_path)).anything


@pytest.mark.parametrize(
    ("cell", "place", "says"),
    [("D3", "register.xlsx: About this file!D3", "somebody wrote on this sheet"), ("B3", None, "somebody changed")],
)
def test_words_on_the_sheet_that_says_what_the_file_is_are_named_as_not_read(
    sqlite_register: Database, tmp_path: Path, cell: str, place: str | None, says: str
) -> None:
    file = moments.exported(sqlite_register, tmp_path)
    book = openpyxl.load_workbook(file)
    book.worksheets[0][cell].value = "Ann: look at T-001"
    book.save(file)

    preview = moments.preview_of(sqlite_register, file)

    (told,) = preview.problems
    assert told.what.startswith(says)
    assert (str(told.place), told.value) == ((place, "Ann: look at T-001") if place else (str(told.place), ""))
    assert not preview.ignored or all("About" not in str(where) for where, _ in preview.ignored)
