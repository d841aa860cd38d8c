"""Rows whose codes a spreadsheet program took for numbers, as 1.10 became 1.1, are known by their titles."""

from pathlib import Path

import openpyxl
import pytest

from planner.intake.comparing.preview import Preview
from planner.intake.proposed import Field, ProposedItem, Severity
from planner.store.database import Database
from planner.writes.plan_changes.items import ItemEdit, edit_item
from tests.factories import COLLEAGUE, noon, writing_by
from tests.intake.imports import DAY, import_register, preview_of
from tests.intake.proposals import item, register
from tests.intake.test_export_moments import edit, exported
from tests.intake.test_export_moments import preview_of as preview_of_file

TITLES = {"1.1": "Renew the northern quay", "1.10": "Light the promenade", "007": "Name the ships"}


def rows(*codes: str) -> list[ProposedItem]:
    """Rows for all items, with other codes."""
    titles = enumerate(zip(codes, TITLES.values(), strict=True), 2)
    return [item(at, code=code, title=title, lead="harbour-office") for at, (code, title) in titles]


@pytest.fixture
def database(sqlite_register: Database) -> Database:
    import_register(sqlite_register, register(*rows(*TITLES)))
    return sqlite_register


def told(preview: Preview) -> list[tuple[Severity, str]]:
    return [(problem.severity, problem.what) for problem in preview.problems]


def test_a_row_with_the_title_of_another_item_and_its_code_as_a_number_is_that_item(database: Database) -> None:
    preview = preview_of(database, register(*rows("1.1", "1.1", "7")))
    assert (preview.changed, preview.new) == ((), ())
    ((severity, what),) = told(preview)
    assert (severity, "1.1 is 1.10" in what) == (Severity.REMARK, True)


def test_another_title_than_those_of_the_register_is_no_such_row(database: Database) -> None:
    spoilt = register(*rows("1.1", "1.1", "007"))
    spoilt.items[1].facts.update(item(3, title="Paint the promenade").facts)
    assert any(severity is Severity.ERROR for severity, _ in told(preview_of(database, spoilt)))


def test_two_codes_that_were_exchanged_are_asked_about(database: Database, tmp_path: Path) -> None:
    file = exported(database, tmp_path)
    for before, after in (("1.1", "x"), ("1.10", "1.1"), ("x", "1.10")):
        edit(file, "code", after, code=before)
    asked = [one.field for one in preview_of_file(database, file).blockers if one.severity is Severity.QUESTION]
    assert asked == [None]


def edited(file: Path, sheets: tuple[str, ...] = ("items",)) -> Path:
    """Give the codes of an export as a spreadsheet program writes numbers."""
    book = openpyxl.load_workbook(file)
    for name in sheets:
        for row in book[name].iter_rows(min_row=2):
            if row[0].value in TITLES:
                row[0].value = float(str(row[0].value))
    book.save(file)
    return file


def test_an_export_whose_codes_became_numbers_changes_nothing(database: Database, tmp_path: Path) -> None:
    file = edited(exported(database, tmp_path))
    preview = preview_of_file(database, file)
    assert (preview.blockers, preview.anything) == ((), False)
    # The columns for reading are compared with the right items.
    assert [one.field for one in preview.problems] == [Field.CODE]


def test_a_code_as_a_number_does_not_take_back_a_new_code(database: Database, tmp_path: Path) -> None:
    file = edited(exported(database, tmp_path))
    with database.writing() as session:
        edit_item(writing_by(session, COLLEAGUE, noon(DAY), DAY), "1.10", ItemEdit(code="A-10"), "Renumbered.")
    preview = preview_of_file(database, file)
    assert (preview.blockers, preview.anything) == ((), False)


def test_parts_of_a_code_that_may_have_become_a_number_are_refused(database: Database, tmp_path: Path) -> None:
    file = exported(database, tmp_path)
    book = openpyxl.load_workbook(file)
    sheet = book["items"]
    codes = {str(sheet.cell(row, 1).value): row for row in range(2, sheet.max_row + 1)}
    sheet.cell(codes["1.10"], 1).value = 1.1
    sheet.delete_rows(codes["1.1"])
    book["milestones"].append(["1.1", None, None, "Channel marked"])
    book.save(file)

    preview = preview_of_file(database, file)

    (error,) = preview.problems
    assert error.severity is Severity.ERROR
    assert "the milestones and indicators with the code 1.1 can be of either" in error.what
    assert not any(one.new_parts for one in preview.changed)


def test_nothing_is_said_of_the_parts_of_two_rows_with_one_code(database: Database, tmp_path: Path) -> None:
    file = exported(database, tmp_path)
    book = openpyxl.load_workbook(file)
    sheet = book["items"]
    row = next(row for row in range(2, sheet.max_row + 1) if sheet.cell(row, 1).value == "1.10")
    sheet.append([cell.value for cell in sheet[row]])
    sheet.cell(sheet.max_row, 2).value = "Something quite different"
    book["milestones"].append(["1.10", None, None, "Channel marked"])
    book.save(file)

    preview = preview_of_file(database, file)

    (error,) = preview.blockers
    assert "is also in" in error.what
    assert not any(one.new_parts or one.missing_parts for one in preview.changed)
