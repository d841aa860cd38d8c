"""A code that somebody edited on one sheet of an exported register, and one that two people gave to two items."""

from pathlib import Path

import openpyxl
import pytest

from planner.base.errors import ImportFileError
from planner.intake.comparing.matching import Decisions
from planner.intake.comparing.preview import Preview
from planner.intake.files.reading import read_files
from planner.intake.previewing import preview_sheets
from planner.intake.proposed import Field
from planner.intake.wishes import Wishes
from planner.store.database import Database
from tests.factories import ACTOR, ITEM_CODES, reading_of
from tests.intake.imports import DAY, write
from tests.intake.test_export_moments import edit, exported, found, preview_of

# An item with an indicator.
CODE, TITLE = "T-001", "Mend the quays"


def asked(preview: Preview) -> list[str]:
    return [problem.what for problem in preview.blockers]


@pytest.fixture
def edited(sqlite_register: Database, tmp_path: Path) -> Path:
    """An export in which a code has another form on the sheet of items only."""
    return edit(exported(sqlite_register, tmp_path), "code", "T-0012")


def test_a_code_that_was_edited_on_the_sheet_of_items_only_is_asked_about(
    sqlite_register: Database, edited: Path
) -> None:
    assert asked(preview_of(sqlite_register, edited)) == [
        "this item may be T-001 of the register: the titles are equal, but the code is another"
    ]


def test_the_item_keeps_the_rows_of_its_parts_under_its_earlier_code(sqlite_register: Database, edited: Path) -> None:
    edit(edited, "unit", "km", sheet="indicators")
    decided = Decisions(same={"T-0012": CODE})
    preview = preview_of(sqlite_register, edited, decisions=decided)

    assert (asked(preview), preview.new, preview.missing) == ([], (), ())
    (one,) = preview.changed
    assert [change.field for change in one.changes] == [Field.CODE]
    assert len(one.changed_parts) == 1
    write(sqlite_register, preview)
    again = preview_of(sqlite_register, edited)
    assert (asked(again), again.anything, again.missing) == ([], False, ())


def test_rows_of_parts_do_not_say_that_an_item_is_in_the_files(sqlite_register: Database, edited: Path) -> None:
    preview = preview_of(sqlite_register, edited, decisions=Decisions(same={"T-0012": "new"}))

    assert [one.code for one in preview.new] == ["T-0012"]
    assert [one.code for one in preview.missing] == [CODE]


def test_files_with_only_parts_say_of_no_item_that_it_is_missing_that_has_one(
    sqlite_register: Database, tmp_path: Path
) -> None:
    file = exported(sqlite_register, tmp_path)
    book = openpyxl.load_workbook(file)
    for name in set(book.sheetnames) - {"indicators"}:
        del book[name]
    book.save(file)

    preview = preview_of(sqlite_register, file)

    assert asked(preview) == []
    assert CODE not in [one.code for one in preview.missing]


def added(file: Path, **cells: str) -> Path:
    """Add an item as people do: in a new row without exported_from."""
    book = openpyxl.load_workbook(file)
    page = book["items"]
    headings = [cell.value for cell in page[1]]
    page.append([cells.get(str(heading)) for heading in headings])
    book.save(file)
    return file


def test_two_items_that_got_one_code_in_two_copies_of_an_export_are_a_conflict(
    sqlite_register: Database, tmp_path: Path
) -> None:
    first = exported(sqlite_register, tmp_path)
    second = tmp_path / "second.xlsx"
    second.write_bytes(first.read_bytes())
    added(first, code="Q-3", title="Paint the crane")
    added(second, code="Q-3", title="Sell the crane")
    write(sqlite_register, preview_of(sqlite_register, first))

    preview = preview_of(sqlite_register, second)
    assert found(preview) == ([], [Field.TITLE])
    # Nobody fills in the columns for reading of a new row.
    assert not [one.what for one in preview.problems if "no import takes" in one.what]
    again = preview_of(sqlite_register, first)
    assert (asked(again), again.anything, list(again.conflicts)) == ([], False, [])


def test_another_item_under_the_code_of_one_that_was_added_since_is_asked_about(
    sqlite_register: Database, tmp_path: Path
) -> None:
    first = exported(sqlite_register, tmp_path)
    second = tmp_path / "second.xlsx"
    second.write_bytes(first.read_bytes())
    added(first, code="Q-3", title="Paint the crane")
    added(second, code="Q-3", title="Deepen the western basin")
    write(sqlite_register, preview_of(sqlite_register, first))

    (one,) = preview_of(sqlite_register, second, take_file=True).blockers
    assert (one.what, one.choices) == (
        "Q-3 is now the code of another item, 'Paint the crane'",
        ("Q-3", "new"),
    )
    known = preview_of(sqlite_register, second, answers={one.key: "Q-3"})
    assert (known.blockers, found(known)) == ((), ([], [Field.TITLE]))


def test_an_item_whose_code_was_given_to_another_one_since_can_get_the_next_code(
    sqlite_register: Database, tmp_path: Path
) -> None:
    first = exported(sqlite_register, tmp_path)
    second = tmp_path / "second.xlsx"
    second.write_bytes(first.read_bytes())
    added(first, code="P-003", title="Paint the crane")
    added(second, code="P-003", title="Deepen the western basin")
    write(sqlite_register, preview_of(sqlite_register, first))
    (one,) = preview_of(sqlite_register, second).blockers
    answers = {one.key: "new"}

    preview = preview_of(sqlite_register, second, answers=answers)

    assert (preview.blockers, preview.changed) == ((), ())
    assert [new.title for new in preview.new] == ["Deepen the western basin"]
    assert preview.new[0].code not in ("P-003", *ITEM_CODES)
    write(sqlite_register, preview)
    for again in (preview_of(sqlite_register, second, answers=answers), preview_of(sqlite_register, second)):
        assert (again.blockers, again.anything) == ((), False)


def test_two_exports_of_one_register_are_refused_in_one_sentence(sqlite_register: Database, tmp_path: Path) -> None:
    first = exported(sqlite_register, tmp_path)
    second = tmp_path / "second.xlsx"
    book = openpyxl.load_workbook(first)
    page = book["items"]
    page.cell(2, [cell.value for cell in page[1]].index("title") + 1).value = "Mend the west quays"
    book.save(second)
    read = read_files([first, second])

    with sqlite_register.reading() as session, pytest.raises(ImportFileError, match="exports of a register"):
        preview_sheets(reading_of(session, DAY), ACTOR, read.sheets, read.problems, Wishes(as_of=DAY))


@pytest.mark.parametrize("column", ["title", "code"])
def test_an_exported_sheet_without_its_titles_or_codes_is_an_error(
    sqlite_register: Database, tmp_path: Path, column: str
) -> None:
    file = exported(sqlite_register, tmp_path)
    book = openpyxl.load_workbook(file)
    page = book["items"]
    page.delete_cols([cell.value for cell in page[1]].index(column) + 1)
    book.save(file)

    assert asked(preview_of(sqlite_register, file))[0] == (
        f"the column '{column}' is missing from this sheet of an exported register"
    )


def test_a_theme_whose_number_and_place_were_edited_together_stays(sqlite_register: Database, tmp_path: Path) -> None:
    file = exported(sqlite_register, tmp_path)
    book = openpyxl.load_workbook(file)
    page = book["themes"]
    at = {str(cell.value): number for number, cell in enumerate(page[1], 1)}
    page.cell(3, at["number"]).value = 77
    page.cell(3, at["parent"]).value = page.cell(2, at["title"]).value
    book.save(file)

    preview = preview_of(sqlite_register, file)

    assert (preview.themes, preview.anything) == ((), False)
    told = [one.what for one in preview.problems]
    assert any("an import moves no theme" in what for what in told)
    assert any("column 'number' differs from the register" in what for what in told)
