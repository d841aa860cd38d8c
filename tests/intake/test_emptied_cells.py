"""Cells of an exported register that somebody emptied: they change nothing, and the preview says so."""

import openpyxl
import pytest

from planner.exchange.register.forms import RegisterForm
from planner.intake.proposed import Field, Severity
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
    (told,) = preview.problems
    assert (told.severity, told.field, told.place.row) == (Severity.REMARK, Field(name), 4)


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
