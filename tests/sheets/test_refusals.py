"""What a status sheet cannot record: each refusal says where it is, what is wrong, and what to do."""

import shutil
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import make_url

from planner.base.errors import BadValueError, NotAllowedError
from planner.domain.codes import code_key
from planner.domain.rules.weeks import Week
from planner.domain.vocabulary import Phase
from planner.intake.proposed import Severity
from planner.intake.sheets import letters_of
from planner.sheets.comparing import compare
from planner.sheets.identity import read_identity
from planner.sheets.preview import Outcome
from planner.sheets.preview_text import preview_lines
from planner.sheets.reading.files import SheetFiles, read_sheet_files
from planner.store.database import open_database
from planner.store.journal import Actor, writing
from planner.store.models import Item, Organisation
from planner.writes.plans.closing import close_plan
from planner.writes.reports.received import record_received
from tests.factories import ACTOR, AUDITOR, OFFICER, ended, meet, move, noon, person, report, writing_by
from tests.sheets.made import (
    DAY,
    compared,
    fill,
    filled,
    headings,
    heads_of,
    line_of,
    opened,
    preview_of,
    read_back,
    read_sheets,
    row_of,
    saved,
    sheet_of,
    with_cells,
)  # fmt: skip


@pytest.fixture
def content(sqlite_register):
    report(sqlite_register, "T-001", as_of=date(2020, 3, 25), actor=OFFICER, percent=20)
    return sheet_of(sqlite_register)


@pytest.fixture(scope="module")
def untouched(tmp_path_factory, loaded_file):
    """A register that no test changes, and the content of a sheet of it."""
    file = tmp_path_factory.mktemp("refusals") / "register.sqlite"
    shutil.copy(loaded_file, file)
    database = open_database(make_url(f"sqlite:///{file}"))
    report(database, "T-001", as_of=date(2020, 3, 25), actor=OFFICER, percent=20)
    yield database, sheet_of(database)
    database.close()


@pytest.fixture(scope="module")
def sheets(untouched):
    """The sheets of this workbook."""
    return read_sheets(untouched[1])


def said(preview):
    return [f"{problem.place}: {problem.what}. {problem.do}." for problem in preview.errors]


@pytest.mark.parametrize(
    ("heading", "value", "what"),
    [
        ("Percent", 0.855, "'85.5' is not a percentage"),
        ("Percent", "lots", "'lots' is not a percentage"),
        ("Percent", 1, "1 can mean 1% or 100%, and the last report had 20%"),
        ("Phase", "nearly", "'nearly' is not one of the words of this column"),
        ("Phase", "in progress (80%)", "'in progress (80%)' is not one of the words of this column"),
        ("Phase", "지연", "'지연' says that the item is late, which the register computes from its dates"),
        ("Phase", "cancelled", "a status sheet cannot report an item as 'cancelled'"),
        ("Phase", "已取消", "a status sheet cannot report an item as '已取消'"),
        ("Confidence", "blue", "'blue' is not one of the words of this column"),
        ("No change", "perhaps", "'perhaps' does not say whether anything changed"),
        ("Evidence", "[redacted]", "'[redacted]' is reserved for text that an administrator removed"),
    ],
)
def test_a_cell_that_cannot_be_read(untouched, sheets, heading, value, what):
    register, _ = untouched
    found = compared(register, with_cells(sheets, "T-001", {"Done": "Dug.", heading: value}))
    line = line_of(found)
    assert (line.outcome, [problem.what for problem in line.problems]) == (Outcome.ERROR, [what])
    column = letters_of(heads_of(sheets[1]).index(heading) + 1)
    assert str(line.problems[0].place) == f"sheet.xlsx: Reports!{column}{line.place.row}"
    assert (line.problems[0].value, bool(line.problems[0].do)) == (str(value), True)
    assert found.received == []


@pytest.mark.parametrize(
    ("code", "cells", "what"),
    [
        ("T-001", {"Phase": "completed"}, "a completed item needs evidence"),
        ("T-002", {"Percent": 40}, "T-002 is measured by its milestones, so its percent is computed from them"),
        ("T-002", {"No change": "x"}, "this item has no earlier report, so you cannot report it as unchanged"),
        ("T-001", {"No change": "x", "Done": "Dug."}, "the row says “no change”, but other cells of it are filled in"),
    ],
)
def test_what_the_report_form_refuses_too(untouched, sheets, code, cells, what):
    register, _ = untouched
    found = compared(register, with_cells(sheets, code, cells))
    assert [(problem.what, problem.place.row) for problem in found.errors] == [(what, line_of(found, code).place.row)]


@pytest.mark.parametrize(
    ("cells", "what"),
    [
        ({"Met on": "2020-05-01"}, "2020-05-01 is after today (2020-04-02)"),
        ({"New date": "2020-08-01"}, "a new date needs a reason"),
        ({"Reason": "Rain."}, "a reason was given, but no new date"),
        ({"Met on": "soon"}, "'soon' is not a date"),
        ({"Forecast": "3/4/2020"}, "'3/4/2020' can mean 4 March (2020-03-04) or 3 April (2020-04-03)"),
    ],
)
def test_what_cannot_be_true_of_a_milestone(untouched, sheets, cells, what):
    register, _ = untouched
    found = compared(register, with_cells(sheets, "P-001", cells, "Milestones", 2))
    assert [problem.what for problem in found.errors] == [what]
    assert found.errors[0].place.sheet == "Milestones"


def test_all_errors_of_an_item_are_told_at_once_each_where_it_is(untouched):
    register, content = untouched

    def edit(book):
        fill(book["Milestones"], "P-001", {"Met on": date(2020, 5, 1)}, 1)
        fill(book["Milestones"], "P-001", {"New date": date(2020, 8, 1)}, 2)
        fill(book["Indicators"], "T-001", {"New value": "several"}, 1)
        fill(book["Milestones"], "T-001", {"Forecast": "soon"}, 2)

    entries = {
        "T-001": {"Phase": "completed", "Confidence": "blue"},
        "P-001": {"Phase": "completed", "Done": "All of it."},
    }
    found = preview_of(register, filled(content, entries, edit))
    told = {(problem.place.sheet, problem.place.column > 0, problem.what) for problem in found.errors}
    assert told == {
        ("Reports", True, "'blue' is not one of the words of this column"),
        ("Indicators", True, "'several' is not a number"),
        ("Milestones", True, "'soon' is not a date"),
        ("Reports", True, "a completed item needs evidence"),
        ("Milestones", True, "2020-05-01 is after today (2020-04-02)"),
        ("Milestones", True, "a new date needs a reason"),
    }
    # An empty cell is named too.
    page = opened(content)["Milestones"]
    missing = next(problem.place for problem in found.errors if problem.what == "a new date needs a reason")
    assert (missing.row, missing.column) == (row_of(page, "P-001", 2), headings(page)["Reason"])
    assert found.received == []


def test_entries_that_contradict_each_other_are_asked_about(untouched, sheets):
    register, _ = untouched
    found = compared(register, with_cells(sheets, "T-001", {"Phase": "not started", "Percent": 50}))
    assert (line_of(found).outcome, bool(line_of(found).doubts)) == (Outcome.NEW, True)


def test_an_edited_code_names_both_codes(untouched):
    register, content = untouched

    def edit(book):
        page = book["Reports"]
        page.cell(row_of(page, "T-001"), 1).value = "T-002"

    assert said(preview_of(register, filled(content, {"T-001": {"Done": "Dug."}}, edit))) == [
        "sheet-1.xlsx: Reports!A8: this row says T-002, but it was sent out for T-001. "
        "Write the code T-001 again, and report on T-002 in its own row."
    ]


def test_rows_of_which_only_some_columns_were_sorted_are_refused(untouched):
    register, content = untouched

    def edit(book):
        page = book["Reports"]
        one, two = row_of(page, "T-001"), row_of(page, "P-002")
        # All columns but the code and its hidden mark change places.
        for column in range(3, page.max_column + 1):
            first, second = page.cell(one, column), page.cell(two, column)
            first.value, second.value = second.value, first.value

    found = preview_of(register, filled(content, {"T-001": {"Done": "Dug."}}, edit))
    assert [(problem.what, problem.do) for problem in found.errors] == [
        (
            "this row has the code P-002, but the title of T-001",
            "Check whether only some columns were sorted, and put each row together again",
        )
    ]
    assert found.lines == []


def exchanged(page, one, two, first, last):
    """Exchange the cells of two rows, from a first to a last column."""
    for column in range(first, last + 1):
        here, there = page.cell(one, column), page.cell(two, column)
        here.value, there.value = there.value, here.value


def test_yellow_cells_that_were_sorted_alone_are_refused(untouched):
    register, content = untouched

    def edit(book):
        page = book["Reports"]
        exchanged(page, row_of(page, "T-001"), row_of(page, "P-002"), headings(page)["Phase"], page.max_column)

    found = preview_of(register, filled(content, {"T-001": {"Done": "Dug."}, "P-002": {"Done": "Built."}}, edit))
    assert sorted(problem.what for problem in found.errors) == [
        "only some columns were sorted: the row of P-002 has cells of the row of T-001",
        "only some columns were sorted: the row of T-001 has cells of the row of P-002",
    ]
    assert found.lines == []


def test_cells_that_were_pasted_across_the_hidden_column_are_refused(untouched):
    register, content = untouched

    def edit(book):
        page = book["Reports"]
        page.cell(row_of(page, "T-001"), headings(page)["Evidence"] - 1).value = "Photo 12."

    found = preview_of(register, filled(content, {"T-001": {"Done": "Dug."}}, edit))
    assert [(problem.value, problem.what) for problem in found.errors] == [
        ("Photo 12.", "this text is in a hidden column: cells that were pasted went into it too")
    ]
    assert found.lines == []


@pytest.mark.parametrize("moved", [False, True])
def test_entries_that_were_copied_or_moved_to_another_row_count_there(untouched, moved):
    register, content = untouched

    def edit(book):
        page = book["Reports"]
        one, two = row_of(page, "T-001"), row_of(page, "P-002")
        for column in range(headings(page)["Phase"], page.max_column + 1):
            page.cell(two, column).value = page.cell(one, column).value
            page.cell(one, column).value = None if moved else page.cell(one, column).value

    found = preview_of(register, filled(content, {"T-001": {"Done": "Dug."}}, edit))
    assert found.errors == []
    assert {line.code for line in found.lines} == ({"P-002"} if moved else {"T-001", "P-002"})


def test_entries_that_were_sorted_with_some_grey_cells_but_without_the_titles_are_refused(untouched):
    register, content = untouched

    def edit(book):
        page = book["Reports"]
        exchanged(page, row_of(page, "T-001"), row_of(page, "P-002"), 4, page.max_column)

    entries = {"T-001": {"Done": "Dug."}, "P-002": {"Done": "Built."}}
    found = preview_of(register, filled(content, entries, edit))
    assert sorted(problem.what for problem in found.errors) == [
        "only some columns were sorted: the row of P-002 has cells of the row of T-001",
        "only some columns were sorted: the row of T-001 has cells of the row of P-002",
    ]
    assert found.lines == []
    left = preview_of(register, filled(content, entries, edit), leave_out=["T-001", "P-002"])
    assert (left.errors, left.lines) == ([], [])


def test_milestones_that_were_sorted_without_their_numbers_are_refused(untouched):
    register, content = untouched

    def edit(book):
        page = book["Milestones"]
        fill(page, "P-001", {"New date": date(2020, 9, 1), "Reason": "Late."}, 1)
        exchanged(page, row_of(page, "P-001", 1), row_of(page, "P-001", 2), 5, page.max_column)

    found = preview_of(register, filled(content, {}, edit))
    assert [problem.what for problem in found.errors] == [
        "only some columns were sorted: the row of P-001 no. 2 has cells of the row of P-001 no. 1"
    ]


def test_one_corrected_grey_cell_that_is_that_of_another_row_is_told_and_the_entries_count(untouched):
    register, content = untouched
    page = opened(content)["Reports"]
    was, other = (page.cell(row_of(page, code), 5).value for code in ("T-001", "P-002"))
    assert was != other
    sheet = read_back(filled(content, {"T-001": {"Done": "Dug.", "State": other}}))
    assert [problem.what for problem in sheet.problems] == [f"this grey cell had “{was}”, and its change is not taken"]
    assert line_of(compared(register, sheet)).outcome is Outcome.NEW


def test_a_title_that_somebody_corrected_and_a_sheet_without_marks_of_titles_are_read(untouched):
    register, content = untouched

    def edit(book):
        page = book["Reports"]
        page.cell(row_of(page, "T-001"), 3).value = "Mend the quay"

    sheet = read_back(filled(content, {"T-001": {"Done": "Dug."}}, edit))
    items = tuple(replace(item, title_mark="") for item in sheet.identity.items)
    older = replace(sheet.identity, items=items)
    assert {len(row) for row in older.rows() if row[0] == "item"} == {4}
    assert read_identity(older.rows(), "x") == older
    assert line_of(compared(register, sheet)).outcome is Outcome.NEW


def test_a_removed_code_an_added_row_and_a_doubled_row_are_refused(untouched):
    register, content = untouched

    def edit(book):
        page = book["Reports"]
        columns = headings(page)
        page.cell(row_of(page, "P-002"), 1).value = None
        for row, code in ((20, "T-003"), (21, None), (22, "T-001")):
            page.cell(row, 1).value = code
            page.cell(row, columns["Done"]).value = "Dug."

    found = preview_of(register, filled(content, {"T-001": {"Done": "A"}, "P-002": {"Done": "B"}}, edit))
    assert [(problem.place.row, problem.what) for problem in found.errors] == [
        (5, "the code of this row was removed; the row was sent out for P-002"),
        (20, "the status sheet was sent out without the item 'T-003'"),
        (21, "this row has entries, but no code"),
        (22, "this row was added; T-001 has the row 8"),
    ]
    # The cell that somebody wrote, because the row has no code.
    assert (found.errors[2].value, found.errors[2].place.column > found.errors[1].place.column) == ("Dug.", True)


def test_a_row_that_is_refused_can_be_left_out_by_the_code_that_it_has_or_had(untouched):
    register, content = untouched

    def edit(book):
        page = book["Reports"]
        page.cell(row_of(page, "T-001"), 1).value = "T-900"
        page.cell(20, 1).value = "Z-1"
        page.cell(20, headings(page)["Done"]).value = "Ours."

    content = filled(content, {"T-001": {"Done": "A"}, "P-002": {"Done": "B"}}, edit)
    assert len(preview_of(register, content).errors) == 2
    for codes in (["t-001", "Z-1"], ["T-900", "z-1"]):
        found = preview_of(register, content, leave_out=codes)
        assert "Left out: T-900 and Z-1" in preview_lines(found)
        assert ([problem.what for problem in found.errors], [one.code for one in found.received]) == ([], ["P-002"])


def test_the_same_entries_in_two_sheets_are_recorded_once(untouched):
    register, content = untouched
    one, two = (filled(content, {"T-001": {"Done": "A"}, **more}) for more in ({}, {"P-002": {"Done": "B"}}))
    found = preview_of(register, one, two)
    assert (found.errors, [one.code for one in found.received]) == ([], ["T-001", "P-002"])
    # The sheets have four items together.
    assert list(preview_lines(found))[-1] == "2 items without entries."


def test_a_row_without_its_hidden_mark_is_known_by_its_code(untouched):
    register, content = untouched

    def edit(book):
        page = book["Reports"]
        page.delete_cols(headings(page)["Row"])

    found = preview_of(register, filled(content, {"T-001": {"Done": "Dug."}}, edit))
    assert line_of(found).outcome is Outcome.NEW


def test_a_table_without_its_codes_is_one_error(untouched):
    register, content = untouched

    def edit(book):
        page = book["Reports"]
        page.delete_cols(headings(page)["Code"])

    found = preview_of(register, filled(content, {"T-001": {"Done": "A"}, "P-002": {"Done": "B"}}, edit))
    assert [problem.what for problem in found.problems] == ["the column 'Code' is missing"]
    assert found.errors == found.problems


def test_two_status_sheets_in_one_workbook_are_refused_and_a_copy_of_the_hidden_sheet_is_not(sqlite_register, content):
    def copied(other):
        def edit(book):
            for page in opened(other).worksheets:
                copy = book.create_sheet(f"{page.title} 2")
                for row in page.iter_rows(values_only=True):
                    copy.append(row)

        return filled(content, {"T-001": {"Done": "Dug."}}, edit)

    with pytest.raises(
        BadValueError, match=r"several status sheets .*: harbour-office 2020-W14 and harbour-office 2020-W13"
    ):
        read_back(copied(sheet_of(sqlite_register, week=Week(2020, 13))))
    assert preview_of(sqlite_register, copied(content)).errors == []


def test_a_column_that_is_missing_and_a_formula_are_refused_and_a_column_that_was_added_is_named(untouched):
    register, content = untouched

    def edit(book):
        page = book["Reports"]
        columns = headings(page)
        page.cell(4, columns["Evidence"]).value = "Proof"
        page.cell(4, 20).value = "Remarks"
        page.cell(row_of(page, "T-001"), columns["Next"]).value = "=1+1"

    found = preview_of(register, filled(content, {"T-001": {"Done": "Dug."}}, edit))
    assert [problem.what for problem in found.errors] == [
        "the column 'Evidence' is missing",
        "this cell has a formula without a stored value",
    ]
    assert [problem.what for problem in found.problems if problem.severity is Severity.REMARK] == [
        "the column 'Proof' is not part of the status sheet",
        "the column 'Remarks' is not part of the status sheet",
    ]


def test_two_sheets_with_entries_for_one_item_are_refused_and_the_same_file_is_read_once(untouched):
    register, content = untouched
    one, two = (filled(content, {"T-001": {"Done": text}}) for text in "AB")
    found = preview_of(register, one, two)
    assert said(found) == [
        "sheet-2.xlsx: Reports!8: T-001 was also filled in at sheet-1.xlsx: Reports!8: Done is “A” there and “B” here. "
        "Keep the entries in one of the two rows. Or take the files back one after the other, the earlier period "
        "first; the preview of the second one then says how its entries can count too."
    ]
    once = preview_of(register, one, one)
    assert (once.errors, [problem.what for problem in once.problems], len(once.received)) == (
        [],
        ["this is the same file as sheet-1.xlsx, so it is read only once"],
        1,
    )


def test_sheets_of_two_periods_that_say_the_same_are_two_reports(sqlite_register):
    """The second one would otherwise be left out, and its period would have no report."""
    weeks = (sheet_of(sqlite_register), sheet_of(sqlite_register, day=DAY + timedelta(7)))
    sheets = [filled(content, {"T-001": {"Done": "No change."}}) for content in weeks]
    (error,) = said(preview_of(sqlite_register, *sheets, day=DAY + timedelta(8)))
    assert "filled in at sheet-1.xlsx: Reports!6: the sheet of another period says the same." in error


def test_a_file_that_is_no_status_sheet_or_lost_its_identity_is_refused(untouched):
    _, content = untouched
    book = opened(content)
    del book["planner"]
    with pytest.raises(BadValueError, match="this is not a status sheet that planner wrote"):
        read_back(saved(book))
    book["Reports"].cell(1, 1).value = "exported_from"
    with pytest.raises(
        BadValueError, match=r"this is an exported register, and no status sheet. Give it to 'planner imp"
    ):
        read_back(saved(book))
    book = opened(content)
    book["planner"]["B2"].value = "0" * 64
    with pytest.raises(BadValueError, match="the hidden sheet that says what this file is has been changed"):
        read_back(saved(book))
    book = opened(content)
    del book["Milestones"], book["Indicators"]
    assert [problem.what for problem in read_back(saved(book)).problems] == [
        "the table 'Milestones' is missing, so nothing of it is read",
        "the table 'Indicators' is missing, so nothing of it is read",
    ]
    del book["Reports"]
    with pytest.raises(BadValueError, match="no sheet has the headings of the table 'Reports'"):
        read_back(saved(book))


def test_a_sheet_of_another_register_or_plan_and_one_from_after_a_backup_are_refused(sqlite_register, untouched):
    _, content = untouched
    sheet = read_back(filled(content, {"T-001": {"Done": "Dug."}}))
    another = replace(sheet, identity=replace(sheet.identity, register="0" * 64))
    other_plan = replace(sheet, identity=replace(sheet.identity, plan="harbour-2021"))
    seq = sheet.identity.position.seq
    for wrong, what in (
        (another, "this status sheet was sent out from another register (plan harbour-2020)"),
        (other_plan, "this status sheet is of the plan harbour-2021, not of harbour-2020"),
        # This register lacks the report that was made before the sheet was sent out.
        (
            sheet,
            f"this status sheet shows records that this register does not have (event {seq})",
        ),
    ):
        with sqlite_register.writing() as session:
            found = compare(writing_by(session, OFFICER, noon(DAY)), SheetFiles([wrong]))
        assert ([problem.what for problem in found.errors], found.lines) == ([what], [])


def test_a_sheet_for_a_week_that_has_not_begun_is_refused(untouched):
    register, content = untouched
    found = preview_of(register, filled(content, {"T-001": {"Done": "Dug."}}), day=date(2020, 3, 27))
    assert [problem.what for problem in found.errors] == ["this status sheet is for 2020-W14, which has not begun"]


def test_an_item_that_ended_meanwhile_keeps_its_ending(sqlite_register, content):
    ended(sqlite_register, "T-001", Phase.CANCELLED, as_of=DAY)
    entries = filled(content, {"T-001": {"Done": "Dug."}})
    line = line_of(preview_of(sqlite_register, entries))
    assert (line.outcome, line.why) == (Outcome.TOO_LATE, "the item is cancelled, and this was confirmed")
    with pytest.raises(BadValueError, match="the entries for T-001 cannot be taken"):
        preview_of(sqlite_register, entries, take=["T-001"])


def test_a_milestone_that_moved_meanwhile_is_kept(sqlite_register, content):
    book = opened(content)
    fill(book["Milestones"], "P-001", {"Forecast": "2020-07-15"}, 2)
    fill(book["Milestones"], "T-001", {"Forecast": "2020-12-01"}, 2)
    move(sqlite_register, "P-001", 2, date(2020, 7, 1), as_of=DAY)
    meet(sqlite_register, "T-001", 1, DAY, at=noon(DAY) + timedelta(hours=1))
    found = preview_of(sqlite_register, saved(book))
    assert {line.code: line.outcome for line in found.lines} == {"P-001": Outcome.KEPT, "T-001": Outcome.NEW}


def test_an_item_that_another_organisation_leads_now_is_refused(sqlite_register, content):
    with sqlite_register.writing() as session, writing(session, ACTOR, noon(DAY)) as journal:
        archive = session.query(Organisation).filter_by(key="town-archive").one()
        journal.change(
            session.query(Item).filter_by(code="T-001").one(), {"lead_id": archive.id}, action="edit", label="T"
        )
    entries = filled(content, {"T-001": {"Done": "Dug."}, "P-002": {"Done": "Begun."}})
    found = preview_of(sqlite_register, entries)
    assert [problem.what for problem in found.errors] == ["T-001 is now led by Town Archive"]
    left = preview_of(sqlite_register, entries, leave_out=["t-001"])
    assert (left.errors, [one.code for one in left.received]) == ([], ["P-002"])
    with pytest.raises(BadValueError, match="no sheet has an entry for 'T-009'"):
        preview_of(sqlite_register, entries, leave_out=["T-009"])


def test_who_may_not_report_on_the_items_can_look_at_what_would_be_recorded(sqlite_register, content):
    other = person(sqlite_register, "Otto", organisation="town-archive")
    entries = filled(content, {"P-002": {"Done": "Begun."}})
    refused = {}
    for login in (other.login, AUDITOR.name):
        found = preview_of(sqlite_register, entries, actor=Actor(login))
        assert (found.errors, line_of(found, "P-002").outcome) == ([], Outcome.NEW)
        (refusal,) = found.refusals
        refused[login] = refusal.error.what
        assert refusal.codes == ["P-002"]
        assert any(line.startswith("You can look at the entries on 1 item, but") for line in preview_lines(found))
        with pytest.raises(NotAllowedError), sqlite_register.writing() as session:
            record_received(writing_by(session, Actor(login), noon(DAY).replace(hour=14)), found.received)
    assert refused == {
        "Otto": "Otto is an officer of Town Archive, which neither leads nor supports this item",
        "egil": "egil is an auditor and may not report on items",
    }
    assert preview_of(sqlite_register, entries, actor=Actor(other.login), leave_out=["P-002"]).refusals == []


def test_in_a_closed_plan_the_entries_can_only_be_looked_at(sqlite_register, content):
    with sqlite_register.writing() as session:
        close_plan(writing_by(session, ACTOR, noon(DAY)), "The year is over.")
    found = preview_of(sqlite_register, filled(content, {"P-002": {"Done": "Begun."}}))
    assert [refusal.codes for refusal in found.refusals] == [["P-002"]]
    assert "so it can only be read" in found.refusals[0].error.what
    assert (
        "  The checks of the register itself were left out, such as that a completed item needs evidence."
        in preview_lines(found)
    )


def test_errors_are_told_in_the_order_of_their_places(untouched):
    register, content = untouched

    def edit(book):
        fill(book["Milestones"], "P-001", {"Forecast": "soon"}, 2)
        page = book["Reports"]
        page.cell(20, 1).value = "Z-1"
        page.cell(20, headings(page)["Done"]).value = "Ours."

    entries = {"T-001": {"Confidence": "blue", "Percent": "lots"}, "P-002": {"Phase": "nearly"}}
    found = preview_of(register, filled(content, entries, edit))
    places = [(problem.place.sheet, problem.place.row, problem.place.column) for problem in found.errors]
    reports = [place for place in places if place[0] == "Reports"]
    assert (len(places), places[:1], reports) == (5, reports[:1], sorted(reports))


def test_errors_are_told_in_the_order_of_the_files_and_their_sheets(untouched, tmp_path):
    register, content = untouched
    names = [str(tmp_path / name) for name in ("b.xlsx", "a.csv", "c.xlsx")]
    entries = {"T-001": {"Percent": "lots"}}

    def edit(book):
        page = book["Milestones"]
        page.cell(20, 1).value = "Z-1"
        page.cell(20, headings(page)["Forecast"]).value = "2020-06-01"

    for name, made in zip(names, (filled(content, entries, edit), b"a,b", filled(content, {}, edit)), strict=True):
        Path(name).write_bytes(made)
    with register.writing() as session:
        found = compare(writing_by(session, OFFICER, noon(DAY), DAY), read_sheet_files(names))
    places = [(problem.place.file, problem.place.sheet) for problem in found.errors]
    assert places == [("b.xlsx", "Reports"), ("b.xlsx", "Milestones"), ("a.csv", ""), ("c.xlsx", "Milestones")]


def test_a_stray_file_in_the_folder_of_the_sheets_can_be_left_out(untouched, tmp_path):
    register, content = untouched
    (tmp_path / "a.xlsx").write_bytes(filled(content, {"T-001": {"Done": "Dug."}}))
    (tmp_path / "note.txt").write_text("Hello", encoding="utf-8")

    def found(*leave_out):
        with register.writing() as session:
            read = read_sheet_files([str(tmp_path)], leave_out)
            return compare(writing_by(session, OFFICER, noon(DAY), DAY), read, leave_out=leave_out)

    (error,) = found().errors
    assert (error.place.file, error.do.endswith(" or leave it out with 'planner sheets in --leave-out note.txt'")) == (
        "note.txt",
        True,
    )
    without = found("note.txt")
    assert (without.errors, [one.code for one in without.received]) == ([], ["T-001"])
    assert "Left out: note.txt" in list(preview_lines(without))


def test_a_copy_of_a_sheet_is_named_and_its_entries_count(untouched):
    register, content = untouched

    def edit(book):
        copy = book.copy_worksheet(book["Reports"])
        copy.title = "Reports (2)"
        fill(copy, "P-002", {"Done": "Begun."})
        copy.delete_rows(row_of(copy, "T-002"))

    found = preview_of(register, filled(content, {"T-001": {"Done": "Dug."}}, edit))
    assert (found.errors, {one.code for one in found.received}) == ([], {"T-001", "P-002"})
    # The rows that the copy lacks are in the first sheet.
    assert [(problem.place.sheet, problem.what, problem.do) for problem in found.remarks] == [
        (
            "Reports (2)",
            "this sheet has the same table as the sheet 'Reports', and its entries count too",
            "If one of them is an earlier version, remove it",
        )
    ]


def test_a_forged_hidden_sheet_is_refused_whatever_is_in_it(untouched):
    _, content = untouched
    rows = read_back(content).identity.rows()
    assert read_identity(rows, "x").rows() == rows
    # What the sheet showed follows the digest. Nothing is recorded from it.
    for place in range(1, [row[0] for row in rows].index("digest") + 1):
        for forged in ([], ["x"], [*rows[place][:-1], "🙂"], [rows[place][0], "9" * 5000]):
            with pytest.raises(BadValueError):
                read_identity([*rows[:place], forged, *rows[place + 1 :]], "x")


def test_an_item_that_got_another_code_meanwhile_is_still_known(sqlite_register, content):
    with sqlite_register.writing() as session, writing(session, ACTOR, noon(DAY)) as journal:
        item = session.query(Item).filter_by(code="T-001").one()
        journal.change(item, {"code": "39", "code_key": code_key("39")}, action="edit", label="39")
    content = filled(content, {"T-001": {"Done": "Dug."}})
    found = preview_of(sqlite_register, content)
    assert (found.errors, [one.code for one in found.received]) == ([], ["39"])
    assert any(line.startswith("  T-001 (now 39)") for line in preview_lines(found))
    # Both codes name it.
    for code in ("T-001", "39"):
        assert "Left out: T-001 (now 39)" in preview_lines(preview_of(sqlite_register, content, leave_out=[code]))


def test_words_beside_the_table_are_named_with_their_cell(content, sqlite_register):
    book = opened(content)
    page = book["Reports"]
    column = len(headings(page)) + 3
    page.cell(row_of(page, "T-001"), column).value = "旁边的话"
    (told,) = preview_of(sqlite_register, saved(book)).problems
    assert (told.severity, told.value) == (Severity.REMARK, "旁边的话")
    assert str(told.place) == f"sheet-1.xlsx: Reports!{letters_of(column)}{row_of(page, 'T-001')}"
    assert "a column without a heading" in told.what


def test_a_row_that_was_added_with_the_code_of_another_row_is_refused_with_its_own_row(untouched):
    register, content = untouched

    def added(book):
        page = book["Reports"]
        page.cell(page.max_row + 1, 1).value = "T-001"
        page.cell(page.max_row, headings(page)["Done"]).value = "Dug."

    found = preview_of(register, filled(content, {}, added))
    (error,) = found.errors
    assert error.what.startswith("this row was added; T-001 has the row ")
    assert not any("grey cell" in remark.what for remark in found.remarks)


def test_all_errors_of_the_row_of_a_milestone_are_told_at_once(untouched):
    register, content = untouched

    def wrong(book):
        page = book["Milestones"]
        row, columns = row_of(page, "T-001"), headings(page)
        page.cell(row, columns["Met on"]).value = "2020-12-01"
        page.cell(row, columns["Forecast"]).value = "some day"

    found = preview_of(register, filled(content, {}, wrong))
    assert [problem.what.split(" is ")[1][:12] for problem in found.errors] == ["after today ", "not a date"]
