"""Edits of an exported register that do not have the effect that a person may expect: the preview says so."""

import openpyxl
import pytest

from planner.exchange.register.forms import RegisterForm
from planner.intake.proposed import Field, Severity
from tests.factories import report
from tests.intake.test_round_trip import exported, preview_of_files


@pytest.mark.parametrize("name", ["theme", "due", "weight", "lead", "start", "kind"])
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
    sheet.cell(3, column).value = value
    book.save(file)

    asked = [one for one in preview_of_files(sqlite_register, file).blockers if one.field is Field.PERCENT]

    assert [(one.place.row, one.choices) for one in asked] == [(3, ("25%", "0.25%"))]


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
