"""A register of which only some columns were sorted: its rows have the cells of others, which is asked about once."""

from collections.abc import Iterable
from pathlib import Path

import openpyxl
import pytest

from planner.intake.comparing.decided.two_items import CODES, TITLES
from planner.intake.comparing.exported.torn_rows import AS_WRITTEN
from planner.intake.comparing.preview import Preview
from planner.intake.proposed import Field, Severity
from planner.store.database import Database
from tests.factories import report
from tests.intake import test_export_moments as moments
from tests.intake.comparing.test_compare import changes, preview, stored, stored_item
from tests.intake.imports import DAY, write
from tests.intake.proposals import item, register


@pytest.fixture
def file(sqlite_register: Database, tmp_path: Path) -> Path:
    """An exported register whose items have reports."""
    for number, code in enumerate(("T-001", "T-003", "P-002"), 1):
        report(sqlite_register, code, percent=number * 10, done=f"Part {number} begun.", as_of=DAY)
    return moments.exported(sqlite_register, tmp_path)


def sorted_apart(file: Path, columns: Iterable[str], rows: Iterable[int] = range(2, 7)) -> Path:
    """Write the cells of some columns in the other order, as a program does that sorts only these columns."""
    book = openpyxl.load_workbook(file)
    sheet = book["items"]
    headings = {str(cell.value): place for place, cell in enumerate(sheet[1], 1)}
    for column in columns:
        values = [sheet.cell(row, headings[column]).value for row in rows]
        for row, value in zip(rows, reversed(values), strict=True):
            sheet.cell(row, headings[column]).value = value
    book.save(file)
    return file


@pytest.mark.first_cases(1)
@pytest.mark.parametrize("columns", [("code", "title"), ("percent", "done"), ("done",)])
def test_rows_with_the_cells_of_others_are_asked_about_once(
    sqlite_register: Database, file: Path, columns: tuple[str, ...]
) -> None:
    sorted_apart(file, columns)

    preview = moments.preview_of(sqlite_register, file)

    (asked,) = [one for one in preview.blockers if "as if only some columns were sorted" in one.what]
    assert (asked.severity, asked.choices) == (Severity.QUESTION, (AS_WRITTEN,))
    known = moments.preview_of(sqlite_register, file, answers={asked.key: AS_WRITTEN})
    assert not any("only some columns" in one.what for one in known.problems)
    assert known.changed


def test_ordinary_edits_are_not_asked_about(sqlite_register: Database, file: Path) -> None:
    # The percents go on, each to that of another item.
    for code, percent in (("T-001", 20), ("T-003", 30), ("P-002", 40)):
        moments.edit(file, Field.PERCENT, percent, code=code)
        moments.edit(file, Field.DONE, f"Part {percent} done.", code=code)

    assert moments.preview_of(sqlite_register, file).blockers == ()


def test_a_sorted_sheet_of_whole_rows_is_not_asked_about(sqlite_register: Database, file: Path) -> None:
    book = openpyxl.load_workbook(file)
    sorted_apart(file, [str(cell.value) for cell in book["items"][1]])

    assert not moments.preview_of(sqlite_register, file).anything


@pytest.fixture
def exchanged(file: Path) -> Path:
    """The file with the codes of two rows exchanged."""
    return sorted_apart(file, ["code"], (2, 4))


def test_exchanged_codes_are_asked_about_in_one_question(sqlite_register: Database, exchanged: Path) -> None:
    (asked,) = moments.preview_of(sqlite_register, exchanged).blockers

    assert "2 rows have the code of one item and the title of another" in asked.what
    assert "T-003 has the title of T-001 and T-001 has the title of T-003" in asked.what
    assert asked.choices == (TITLES, CODES)


def test_rows_with_exchanged_codes_can_be_the_items_of_their_titles(sqlite_register: Database, exchanged: Path) -> None:
    (asked,) = moments.preview_of(sqlite_register, exchanged).blockers

    preview = moments.preview_of(sqlite_register, exchanged, answers={asked.key: TITLES})

    assert (preview.blockers, preview.anything) == ((), False)


def test_rows_with_exchanged_codes_can_be_the_items_of_their_codes(sqlite_register: Database, exchanged: Path) -> None:
    (asked,) = moments.preview_of(sqlite_register, exchanged).blockers
    said = {asked.key: CODES}

    preview = moments.preview_of(sqlite_register, exchanged, answers=said)

    assert preview.blockers == ()
    assert {one.code for one in preview.changed} == {"T-001", "T-003"}
    write(sqlite_register, preview)
    assert not moments.preview_of(sqlite_register, exchanged, answers=said).anything


def test_an_answer_about_one_of_the_rows_counts_for_it(sqlite_register: Database, exchanged: Path) -> None:
    said = {f"register.xlsx: items!A{row}": code for row, code in ((2, "T-001"), (4, "T-003"))}

    preview = moments.preview_of(sqlite_register, exchanged, answers=said)

    assert (preview.blockers, preview.anything) == ((), False)


def test_exchanged_codes_of_an_office_file_are_one_question_too_and_one_such_code_counts() -> None:
    known = stored(*(stored_item(n, f"A-{n}", title) for n, title in enumerate(("Sow", "Mow", "Dig"), 1)))

    def found(*titles: str, **answers: str) -> Preview:
        rows = (item(n, code=f"A-{n}", title=title) for n, title in enumerate(titles, 1))
        return preview(register(*rows), known, answers=answers)

    (asked,) = found("Mow", "Sow", "Dig").blockers
    titles, codes = (found("Mow", "Sow", "Dig", **{asked.key: answer}) for answer in (TITLES, CODES))

    assert (asked.choices, asked.what[:6]) == ((TITLES, CODES), "2 rows")
    assert (any(changes(titles).values()), titles.blockers) == (False, ())
    assert {code: one[Field.TITLE] for code, one in changes(codes).items() if one} == {
        "A-1": ("Sow", "Mow"),
        "A-2": ("Mow", "Sow"),
    }
    assert found("Mow", "Rake").blockers == ()
