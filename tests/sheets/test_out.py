"""A status sheet as another library reads it."""

from dataclasses import replace
from datetime import date

import pytest

from planner.base.language import in_language, tr_later
from planner.base.pseudo_language import pseudo
from planner.chasing.letter import file_name as message_file_name
from planner.chasing.round import Occasion
from planner.domain.symbols import SIMULATED
from planner.domain.vocabulary import Phase
from planner.intake.files.own_files import STATUS_SHEET_MARK
from planner.intake.sheets import letters_of
from planner.queries.weeks.my_week import urgency
from planner.sheets.content import file_name, read_status_sheets
from planner.sheets.status_workbook import status_workbook_bytes
from planner.weekly.reading import open_week
from planner.writes.reports.confirmations import return_report
from tests.factories import (
    COLLEAGUE,
    OFFICER,
    ended,
    meet,
    move,
    noon,
    observed,
    reading_of,
    report,
    writing_by,
)
from tests.sheets.made import DAY, W14, headings, opened, row_of, sheet_of, sheets_of


@pytest.fixture
def book(sqlite_register):
    report(
        sqlite_register,
        "T-001",
        as_of=date(2020, 3, 25),
        actor=OFFICER,
        percent=20,
        done="=1+1",
        blocker="مرفأ",
        next="Order the stones.",
    )
    observed(sqlite_register, "T-001", 1, 3, as_of=date(2020, 3, 25))
    meet(sqlite_register, "P-001", 1, date(2020, 3, 30))
    ended(sqlite_register, "P-002", Phase.CANCELLED, as_of=date(2020, 3, 25))
    return opened(sheet_of(sqlite_register))


def test_each_organisation_has_its_open_items_the_overdue_ones_first(sqlite_register):
    ended(sqlite_register, "P-002", Phase.CANCELLED, as_of=date(2020, 3, 25))
    move(sqlite_register, "T-002", None, date(2020, 3, 31), as_of=date(2020, 3, 25))
    found = {sheet.organisation.key: [item.code for item in sheet.items] for sheet in sheets_of(sqlite_register)}
    assert found == {"harbour-office": ["T-002", "T-001", "P-001"], "town-archive": ["T-003"]}


def test_a_row_shows_the_item_and_the_whole_last_report(book):
    page = book["Reports"]
    columns = headings(page)
    row = next(row for row in page.iter_rows(min_row=5) if row[0].value == "T-001")
    shown = {heading: row[number - 1].value for heading, number in columns.items()}
    assert (shown["Title"], shown["Due"].date()) == ("Mend the quays", date(2020, 12, 31))
    assert shown["Last report"].splitlines() == [
        "2020-03-25, Dora",
        "in progress, 20%",
        "Done: =1+1",
        "Next: Order the stones.",
        "Blocker: مرفأ",
    ]
    met = next(row for row in book["Milestones"].iter_rows(min_row=5) if row[0].value == "P-001")
    assert [cell.value for cell in met[3:7]][::3] == [1, "met on 2020-03-30"]
    assert all(cell.protection.locked for cell in met)
    values = {row[4].value: row[6].value for row in book["Indicators"].iter_rows(min_row=5)}
    assert values == {"Quays mended": "3 on 2020-03-25", "Hours without light": None, "Light in service": None}


def test_only_the_cells_for_entries_are_open_and_each_has_a_note(book):
    page = book["Reports"]
    columns = headings(page)
    entries = ["No change", "Phase", "Confidence", "Percent", "Done", "Next", "Blocker", "Help needed", "Evidence"]
    # The hidden column between them is open, so that several of them can be emptied at once.
    entries.insert(-1, "Items")
    assert page.column_dimensions[letters_of(columns["Items"])].hidden
    for code, closed in (("T-001", set()), ("T-002", {"No change", "Percent"})):
        row = {heading: page.cell(row_of(page, code), number) for heading, number in columns.items()}
        is_open = [heading for heading, cell in row.items() if not cell.protection.locked]
        assert is_open == [heading for heading in entries if heading not in closed]
    row = {heading: page.cell(5, number) for heading, number in columns.items()}
    # Sorting the open cells alone would give entries to other rows. True means that it is not allowed.
    assert (page.protection.sheet, page.protection.password, page.protection.sort) == (True, None, True)
    assert page.protection.autoFilter is False
    rules = {str(rule.sqref).split(":")[0]: rule for rule in page.data_validations.dataValidation}
    assert len(rules) == 9
    assert all(rule.promptTitle and rule.prompt for rule in rules.values())
    phase = rules[row["Phase"].coordinate]
    first, last = phase.formula1.replace("$", "").split("!")[1].split(":")
    assert [cell.value for (cell,) in book["planner"][f"{first}:{last}"]] == [
        "not started", "in progress", "suspended", "completed",
    ]  # fmt: skip
    assert (rules[row["Percent"].coordinate].formula1, rules[row["Percent"].coordinate].formula2) == ("0", "100")


def test_it_is_printed_one_page_wide_with_its_heads_repeated(book):
    for name in ("Reports", "Milestones", "Indicators"):
        page = book[name]
        assert (page.page_setup.orientation, page.page_setup.fitToHeight, page.print_title_rows) == (
            "landscape", 0, "$4:$4",
        )  # fmt: skip
    assert book.sheetnames == ["Instructions", "Reports", "Milestones", "Indicators", "planner"]
    assert book["planner"].sheet_state == "veryHidden"
    assert book["planner"]["A1"].value == STATUS_SHEET_MARK


def test_the_same_week_gives_the_same_bytes_until_it_is_read_as_known_later(sqlite_register):
    first = sheet_of(sqlite_register)
    assert sheet_of(sqlite_register) == first
    report(sqlite_register, "T-001", as_of=DAY, at=noon(DAY).replace(hour=14))
    with sqlite_register.reading() as session:
        reading = reading_of(session, date(2020, 4, 20), known_at=noon(DAY))
        week = open_week(reading, now=noon(date(2020, 4, 20)))
        assert status_workbook_bytes(read_status_sheets(week, {"harbour-office"})[0]) == first


def test_it_is_in_the_language_in_use(sqlite_register):
    with in_language("en-XA"):
        book = opened(sheet_of(sqlite_register))
    assert book.sheetnames[:2] == [pseudo("Instructions").strip("[]"), pseudo("Reports").strip("[]")]
    assert next(iter(headings(book.worksheets[1]))) == pseudo("Code")


@pytest.mark.parametrize("key", ["../../home", "c:\\x", "港口办/一科"])
def test_a_key_with_a_slash_names_a_file_in_the_folder(sqlite_register, key):
    sheet = sheets_of(sqlite_register)[0]
    other = replace(sheet.organisation, key=key)
    occasion = Occasion(sheet.instance.plan, W14, DAY, noon(DAY), DAY)
    names = {file_name(replace(sheet, organisation=other)), message_file_name(occasion, other, "txt")}
    assert [name for name in names if set(name) & set("/\\:")] == []


def test_a_returned_report_says_who_returned_it_by_name(sqlite_register):
    report(sqlite_register, "T-001", as_of=date(2020, 3, 25), actor=OFFICER, percent=20)
    with sqlite_register.writing() as session:
        return_report(writing_by(session, COLLEAGUE, noon(date(2020, 3, 26))), "T-001", "No proof.")
    page = opened(sheet_of(sqlite_register))["Reports"]
    row = row_of(page, "T-001")
    columns = headings(page)
    assert str(page.cell(row, columns["State"]).value).startswith("returned by Brook: No proof;")
    assert str(page.cell(row, columns["Last report"]).value).startswith("Returned by Brook: No proof.")


def test_simulated_data_is_labelled_on_every_sheet_and_page_and_in_the_name(sqlite_register):
    sheet = sheets_of(sqlite_register)[0]
    instance = replace(sheet.instance, plan=replace(sheet.instance.plan, simulated_today=DAY))
    simulated = replace(sheet, instance=instance)
    pages = opened(status_workbook_bytes(simulated)).worksheets[:4]
    assert [page["A2" if page.title == "Instructions" else "A3"].value for page in pages] == [SIMULATED] * 4
    heads = [page.HeaderFooter.oddHeader for page in pages]
    assert [head and head.center.text for head in heads] == [SIMULATED] * 4
    # A margin has no writing direction, so a mark keeps the full stop at the end of a sentence in Arabic.
    with in_language("ar"):
        identity = replace(simulated.identity, language="ar")
        page = opened(status_workbook_bytes(replace(simulated, identity=identity))).worksheets[0]
        assert page.HeaderFooter.oddHeader
        assert page.HeaderFooter.oddHeader.center.text == f"{tr_later(SIMULATED)}\u200f"
    assert file_name(simulated) == "simulated-harbour-2020-2020-W14-status-harbour-office.xlsx"
    assert file_name(sheet) == "harbour-2020-2020-W14-status-harbour-office.xlsx"


def test_equally_urgent_items_are_in_the_order_of_their_next_dates(sqlite_register):
    move(sqlite_register, "P-001", 1, date(2020, 6, 15), as_of=date(2020, 3, 1))
    items = {item.code: item for item in sheets_of(sqlite_register)[0].items}
    assert urgency(items["P-001"])[:-1] == urgency(items["T-002"])[:-1]
    codes = list(items)
    assert codes.index("T-002") < codes.index("P-001")


def test_a_date_that_nobody_gave_is_marked_and_stays_a_date(book, sqlite_register):
    page = book["Milestones"]
    column = headings(page)["Agreed date"]
    looks = {
        row[0].value: (row[column - 1].number_format, row[column - 1].is_date) for row in page.iter_rows(min_row=5)
    }
    assert (looks["T-002"], looks["T-001"]) == (('yyyy-mm-dd"?"', True), ("yyyy-mm-dd", True))
    assert "question mark" in "".join(str(cell.value) for row in book["Instructions"].iter_rows() for cell in row)
