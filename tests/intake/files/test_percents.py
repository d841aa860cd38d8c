"""Numbers of cells that spreadsheets show as percents."""

import openpyxl

from planner.intake.files.reading import read_files


def test_only_a_sign_that_multiplies_by_100_makes_a_percent(tmp_path):
    book = openpyxl.Workbook()
    for column, (value, shown) in enumerate(
        [(0.85, "0%"), (85, '0"%"'), (60.5, '0.0"%"'), (0.5, '"about "0%'), (40, "0\\%"), (7, "0")], 1
    ):
        cell = book.worksheets[0].cell(1, column, value)
        cell.number_format = shown
    book.save(tmp_path / "percents.xlsx")
    assert read_files([tmp_path / "percents.xlsx"]).sheets[0].rows[0].values == ("85%", 85, 60.5, "50%", 40, 7)
