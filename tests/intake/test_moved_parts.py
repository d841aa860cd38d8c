"""Rows of milestones and indicators of an exported register that somebody deleted, or moved to another item."""

from pathlib import Path

import openpyxl
import pytest

from planner.intake.comparing.preview import Preview
from planner.store.database import Database
from tests.intake.imports import write
from tests.intake.test_export_moments import edit, exported, preview_of


def without_rows(file: Path, sheet: str, first: int, count: int = 1) -> Path:
    book = openpyxl.load_workbook(file)
    book[sheet].delete_rows(first, count)
    book.save(file)
    return file


def told(preview: Preview) -> list[str]:
    return [one.what for one in preview.problems]


@pytest.mark.first_cases(1)
@pytest.mark.parametrize(
    ("sheet", "first", "count", "says"),
    [
        ("milestones", 3, 1, "1 milestone of the register is not in the file, and stays: T-001 2. Quays mended"),
        (
            "milestones",
            2,
            2,
            "2 milestones of the register are not in the file, and stay: T-001 1. Damage surveyed and",
        ),
        ("milestones", 2, 20, "13 milestones of the register are not in the file, and stay: T-001 1. Damage surveyed,"),
        ("indicators", 2, 1, "1 indicator of the register is not in the file, and stays: T-001 1. Quays mended"),
    ],
)
def test_deleted_rows_are_told_with_the_codes_of_their_items(
    sqlite_register: Database, tmp_path: Path, sheet: str, first: int, count: int, says: str
) -> None:
    file = without_rows(exported(sqlite_register, tmp_path), sheet, first, count)

    preview = preview_of(sqlite_register, file)

    (what,) = told(preview)
    assert what.startswith(says)
    assert not preview.anything


def test_what_was_added_since_the_export_is_not_told_as_deleted(sqlite_register: Database, tmp_path: Path) -> None:
    file = exported(sqlite_register, tmp_path)
    copy = tmp_path / "copy.xlsx"
    copy.write_bytes(file.read_bytes())
    book = openpyxl.load_workbook(copy)
    book["milestones"].append(["T-001", None, None, "Quays painted"])
    book.save(copy)
    write(sqlite_register, preview_of(sqlite_register, copy))

    assert told(preview_of(sqlite_register, file)) == []


def test_a_file_without_the_sheet_of_milestones_tells_nothing(sqlite_register: Database, tmp_path: Path) -> None:
    file = exported(sqlite_register, tmp_path)
    book = openpyxl.load_workbook(file)
    del book["milestones"]
    book.save(file)

    assert told(preview_of(sqlite_register, file)) == []


@pytest.fixture
def moved(sqlite_register: Database, tmp_path: Path) -> Path:
    """An export in which the second milestone of T-001 names T-002, which has one of this number too."""
    return edit(exported(sqlite_register, tmp_path), "code", "T-002", sheet="milestones", code=None, row=3)


def test_a_row_that_was_moved_to_another_item_is_asked_about(sqlite_register: Database, moved: Path) -> None:
    (asked,) = preview_of(sqlite_register, moved).blockers

    assert asked.what == "'Quays mended' is of T-001 in the register, but this row names T-002"
    assert asked.choices == ("T-001", "new")


def test_a_moved_row_can_be_left_with_its_item(sqlite_register: Database, moved: Path) -> None:
    (asked,) = preview_of(sqlite_register, moved).blockers
    edit(moved, "weight", 55, sheet="milestones", code=None, row=3)

    preview = preview_of(sqlite_register, moved, answers={asked.key: "T-001"})

    (one,) = preview.changed
    (part,) = one.changed_parts
    assert (one.code, part.number, [change.new for change in part.changes]) == ("T-001", 2, [55.0])
    assert told(preview) == []


def test_a_moved_row_can_be_a_new_milestone_of_the_other_item(sqlite_register: Database, moved: Path) -> None:
    (asked,) = preview_of(sqlite_register, moved).blockers
    answers = {asked.key: "new"}

    preview = preview_of(sqlite_register, moved, answers=answers)

    assert [(one.code, len(one.new_parts), one.changed_parts) for one in preview.changed if one.anything] == [
        ("T-002", 1, ())
    ]
    write(sqlite_register, preview)
    again = preview_of(sqlite_register, moved, answers=answers)
    assert (again.blockers, again.anything) == ((), False)


def test_a_row_that_was_copied_to_another_item_is_new_there(sqlite_register: Database, tmp_path: Path) -> None:
    file = exported(sqlite_register, tmp_path)
    book = openpyxl.load_workbook(file)
    page = book["milestones"]
    page.append(["P-002", *(cell.value for cell in page[3][1:])])
    book.save(file)

    preview = preview_of(sqlite_register, file)

    assert (told(preview), [(one.code, len(one.new_parts), one.changed_parts) for one in preview.changed]) == (
        [],
        [("P-002", 1, ())],
    )


def test_a_number_counts_only_after_the_keys_of_all_rows(sqlite_register: Database, tmp_path: Path) -> None:
    file = exported(sqlite_register, tmp_path)
    book = openpyxl.load_workbook(file)
    page = book["milestones"]
    page.insert_rows(2)
    for column, value in enumerate(("T-001", 2, None, "Stones bought"), 1):
        page.cell(2, column).value = value
    book.save(file)

    preview = preview_of(sqlite_register, file)

    assert [(one.code, len(one.new_parts), one.changed_parts) for one in preview.changed] == [("T-001", 1, ())]


def test_items_of_which_a_file_has_only_parts_are_not_counted_as_unchanged(
    sqlite_register: Database, tmp_path: Path
) -> None:
    file = without_rows(exported(sqlite_register, tmp_path), "items", 3, 20)

    preview = preview_of(sqlite_register, file)

    assert ([one.code for one in preview.unchanged], len(preview.missing)) == (["T-001"], 4)
