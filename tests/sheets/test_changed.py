"""What somebody changed in a status sheet outside its yellow cells is told, and nothing of it is recorded."""

import shutil
from dataclasses import replace
from datetime import date

import pytest
from openpyxl.comments import Comment
from sqlalchemy import make_url

from planner.base.language import in_language
from planner.intake.proposed import Severity
from planner.intake.sheets import Merged
from planner.sheets.identity import read_identity
from planner.sheets.preview import Outcome
from planner.sheets.reading.workbook import read_filled
from planner.store.database import open_database
from tests.factories import OFFICER, observed, report
from tests.sheets.made import (
    DAY,
    compared,
    fill,
    filled,
    headings,
    line_of,
    opened,
    preview_of,
    read_back,
    read_sheets,
    row_of,
    saved,
    sheet_of,
)  # fmt: skip


@pytest.fixture(scope="module")
def untouched(tmp_path_factory, loaded_file):
    """A register that no test changes, and the content of a sheet of it."""
    file = tmp_path_factory.mktemp("changed") / "register.sqlite"
    shutil.copy(loaded_file, file)
    database = open_database(make_url(f"sqlite:///{file}"))
    report(database, "T-001", as_of=date(2020, 3, 25), actor=OFFICER, percent=20, done="Two lines\nof  text. ")
    observed(database, "T-001", 1, 3, as_of=date(2020, 3, 25))
    yield database, sheet_of(database)
    database.close()


@pytest.fixture
def content(untouched):
    return untouched[1]


def told(sheet):
    """The remarks on a sheet, without the name of the file."""
    remarks = [problem for problem in sheet.problems if problem.severity is Severity.REMARK]
    return [
        f"{str(problem.place).partition(': ')[2]} {problem.value or '-'}: {problem.what}. {problem.do}".strip()
        for problem in remarks
    ]


def changed(content, edit):
    book = opened(content)
    edit(book)
    return read_back(saved(book))


def test_a_sheet_as_it_was_sent_out_says_nothing(content):
    sheet = read_back(content)
    assert sheet.problems == []
    rows = sheet.identity.rows()
    assert read_identity(rows, "x").rows() == rows


def test_each_changed_grey_cell_is_told_with_what_it_had_and_what_to_do(untouched):
    register, content = untouched

    def edit(book):
        fill(book["Reports"], "T-001", {"Title": "Mend the quay", "Due": date(2021, 1, 31), "Done": "Dug."})
        fill(book["Reports"], "P-002", {"Last report": None, "State": "on track"})
        fill(book["Milestones"], "P-001", {"Agreed date": date(2020, 8, 1), "Milestone": "Other"}, 2)
        fill(book["Indicators"], "T-001", {"Last value": "5"}, 1)

    book = opened(content)
    row, other = row_of(book["Reports"], "T-001"), row_of(book["Reports"], "P-002")
    step, value = row_of(book["Milestones"], "P-001", 2), row_of(book["Indicators"], "T-001", 1)
    agreed = f"{book['Milestones'].cell(step, 6).value:%Y-%m-%d}"
    was = book["Milestones"].cell(step, 5).value
    sheet = changed(content, edit)
    assert sorted(told(sheet)) == sorted(
        [
            f"Reports!C{row} Mend the quay: this grey cell had “Mend the quays”, and its change is not taken. "
            "'planner item edit T-001' changes it",
            f"Reports!D{row} 2021-01-31: this grey cell had “2020-12-31”, and its change is not taken. "
            "'planner due T-001' changes it",
            f"Reports!E{other} on track: this grey cell had “off track; never reported”, and its change is not taken. "
            "Report it in the yellow cells of the row",
            f"Reports!F{other} -: this grey cell had “There is no report yet.” and is empty now, which is not taken. "
            "Report it in the yellow cells of the row",
            f"Milestones!E{step} Other: this grey cell had “{was}”, and its change is not taken. "
            "'planner import' changes it, from a register of the office",
            f"Milestones!F{step} 2020-08-01: this grey cell had “{agreed}”, and its change is not taken. "
            "Write it in the column “New date” of the row",
            f"Indicators!G{value} 5: this grey cell had “3 on 2020-03-25”, and its change is not taken. "
            "Write it in the column “New value” of the row",
        ]
    )
    # What was filled in is taken all the same.
    assert line_of(compared(register, sheet)).outcome is Outcome.NEW


def test_the_symbol_of_a_state_is_no_change(content):
    def edit(book):
        fill(
            book["Reports"], "T-001", {"State": f"! {book['Reports'].cell(row_of(book['Reports'], 'T-001'), 5).value}"}
        )

    assert told(changed(content, edit)) == []


def test_a_changed_code_of_a_row_without_entries_and_a_row_that_was_never_sent_out_are_told(content):
    def edit(book):
        page = book["Reports"]
        page.cell(row_of(page, "P-002"), 1).value = "P-009"
        page.cell(30, 1).value = "Z-1"
        page.cell(31, 3).value = "More next week"

    sheet = changed(content, edit)
    assert [problem.severity for problem in sheet.problems] == [Severity.REMARK] * 3
    assert [problem.what for problem in sheet.problems] == [
        "this row says P-009, but it was sent out for P-002",
        "this row is not one of the rows that were sent out, so nothing of it is read",
        "this row is not one of the rows that were sent out, so nothing of it is read",
    ]


def test_removed_rows_and_columns_are_told(content):
    def edit(book):
        page = book["Reports"]
        for code in ("T-001", "P-002"):
            page.delete_rows(row_of(page, code))
        book["Milestones"].delete_rows(row_of(book["Milestones"], "P-001", 2))
        book["Milestones"].delete_cols(headings(book["Milestones"])["Agreed date"])

    sheet = changed(content, edit)
    assert {
        "Reports -: 2 items of this sheet have no row: T-001 and P-002. They stay in the plan as they are.",
        "Milestones!4 -: the column 'Agreed date' is missing. "
        "Write the heading as it was, or write the status sheet again and copy the entries into it",
        "Milestones -: 1 row of this sheet was removed: P-001 no. 2. It stays in the plan as it is.",
    } <= set(told(sheet))


def test_words_above_a_table_and_on_other_sheets_are_told(content):
    def edit(book):
        book["Reports"]["A2"].value = "Please call me"
        book["Instructions"]["B30"].value = "Mr Wu is away"
        book.create_sheet("Notes")["A1"].value = "Minutes"

    assert told(changed(content, edit)) == [
        "Instructions!B30 Mr Wu is away: this cell was changed after the sheet was sent out, and nothing of it is "
        "read. Move what should be reported to a yellow cell",
        "Reports!A2 Please call me: this cell was changed after the sheet was sent out, and nothing of it is read. "
        "Move what should be reported to a yellow cell",
        "Notes -: the sheet 'Notes' was not part of the status sheet, so nothing of it is read. "
        "Move what should be reported to a yellow cell",
    ]


def test_merged_cells_are_told(content):
    page = opened(content)["Reports"]
    column, row = headings(page)["Done"], row_of(page, "T-001")
    sheets = [
        replace(sheet, merged=(Merged(row, column, row + 1, column), Merged(1, 1, 1, 9)))
        if sheet.name == "Reports"
        else sheet
        for sheet in read_sheets(filled(content, {"T-001": {"Done": "Dug."}}))
    ]
    assert told(read_filled("x", "0" * 64, sheets)) == [
        f"Reports!K{row} Dug.: the cells K{row} to K{row + 1} are merged, so what is in them counts for the cell "
        f"K{row} only. Split the cells, and write in each cell what is meant for it"
    ]


def test_a_sheet_of_an_earlier_version_does_not_say_what_it_showed_and_is_read(content):
    book = opened(content)
    identity = replace(read_back(content).identity, shown={}, around=())
    page = book["planner"]
    page.delete_rows(1, page.max_row)
    for row in identity.rows():
        page.append(row)
    fill(book["Reports"], "T-001", {"Title": "Mend the quay", "Done": "Dug."})
    sheet = read_back(saved(book))
    assert (sheet.problems, [row.item.code for row in sheet.rows]) == ([], ["T-001"])


def test_a_missing_table_is_named_in_the_language_of_the_sheet(untouched):
    with in_language("ko"):
        book = opened(sheet_of(untouched[0], day=DAY))
    del book.worksheets[2], book[book.sheetnames[2]]
    assert told(read_back(saved(book)))[0] == "-: the table '마일스톤' is missing, so nothing of it is read."


def test_a_comment_on_a_cell_is_told(content):
    def edit(book):
        book["Reports"]["K5"].comment = Comment("Ask Mr Wu", "Wu")

    assert told(changed(content, edit)) == [
        "Reports K5: comments on cells are not read. Write what should be reported in a yellow cell"
    ]


def test_a_row_that_was_copied_with_its_hidden_columns_is_told(sqlite_register):
    def copied(book):
        page = book["Reports"]
        row = [cell.value for cell in page[row_of(page, "T-001")]]
        page.append(row)
        page.cell(page.max_row, headings(page)["Done"]).value = "Dug."

    found = preview_of(sqlite_register, filled(sheet_of(sqlite_register), {}, copied))
    (remark,) = found.remarks
    assert "T-001 has 2 rows here: " in remark.what
    assert [change.after for change in line_of(found, "T-001").changes if change.name == "done"] == ["Dug."]
