"""planner sheets in, as typed."""

import json
from datetime import date, timedelta
from pathlib import Path

import openpyxl
import pytest

from planner.base.errors import BadValueError, NotAllowedError
from planner.cli.context import Context
from planner.queries.items.register import read_item
from tests.factories import AUDITOR, noon, reading_of, report
from tests.sheets.made import fill

FILE = "harbour-2020-2020-W14-status-harbour-office.xlsx"
DAY = date(2020, 4, 2)


@pytest.fixture(autouse=True)
def _now(monkeypatch, filled):
    report(filled, "T-001", as_of=date(2020, 3, 25), percent=20)
    monkeypatch.setattr(Context, "now", lambda _self: noon(DAY))


@pytest.fixture
def sheet(planner, tmp_path):
    """Write the sheet of the Harbour Office, and fill in the report on an item."""
    planner("sheets", "out", "--org", "harbour-office", "-o", str(tmp_path))

    def with_cells(code="T-001", **cells):
        book = openpyxl.load_workbook(tmp_path / FILE)
        fill(book["Reports"], code, cells)
        book.save(tmp_path / FILE)
        return str(tmp_path / FILE)

    return with_cells


def percent_of(database):
    with database.reading() as session:
        last = read_item(reading_of(session), "T-001").last
        return last and last.percent


def test_a_preview_comes_first_and_a_yes_records_it(planner, filled, sheet, answered):
    file = sheet(Percent=40, Done="Dug.")
    done = planner("sheets", "in", file, "--preview")
    assert (done.exit_code, done.err) == (0, "")
    assert done.out.splitlines() == [
        f"{FILE}: Harbour Office, 2020-W14, counts as of 2020-04-02",
        "1 item with new entries:",
        "  T-001  Mend the quays",
        "      Percent: “20” → “40”",
        "      Done: (empty) → “Dug.”",
        "3 items without entries.",
    ]
    answered("n")
    assert planner("sheets", "in", file).out == "Nothing was recorded.\n"
    assert percent_of(filled) == 20
    answered("y")
    done = planner("sheets", "in", file)
    assert (done.exit_code, done.out) == (0, "Recorded entries on 1 item.\n")
    assert "Record these entries on 1 item?" in done.err
    assert percent_of(filled) == 40
    again = planner("sheets", "in", file, "--yes")
    assert (again.exit_code, again.out) == (0, "Nothing was recorded.\n")
    assert "1 item says what the register says already: T-001" in again.err


def test_an_error_keeps_everything_from_being_recorded_unless_its_item_is_left_out(planner, filled, sheet):
    sheet(code="P-002", Phase="nearly")
    file = sheet(Percent=40)
    done = planner("sheets", "in", file, "--yes")
    assert (done.exit_code, done.out) == (BadValueError.exit_code, "")
    assert f"  {FILE}: Reports!H5 (P-002): 'nearly' is not one of the words of this column. Write one" in done.err
    assert done.err.endswith(
        "planner: there is 1 error, so nothing is recorded. "
        "Correct the file, or leave items out with --leave-out CODE, and take the file back again.\n"
    )
    assert percent_of(filled) == 20
    assert planner("sheets", "in", file, "--yes", "--leave-out", "P-002").exit_code == 0
    assert percent_of(filled) == 40


def test_what_was_reported_meanwhile_is_shown_beside_the_sheet_s(planner, filled, sheet):
    file = sheet(Percent=40)
    report(filled, "T-001", as_of=DAY, at=noon(DAY) + timedelta(hours=1), percent=30)
    kept = planner("sheets", "in", file, "--yes")
    command = "'planner sheets in --take-sheet CODE'"
    assert kept.exit_code == NotAllowedError.exit_code
    assert f"1 item keeps its report; {command} records the entry of the sheet instead:\n" in kept.err
    assert "      Percent: register “30” | sheet “40” | when sent out “20”\n" in kept.err
    assert percent_of(filled) == 30
    wrong = planner("sheets", "in", file, "--yes", "--take-sheet", "P-001")
    assert wrong.err.startswith("planner: --take-sheet: no sheet has an entry for 'P-001'.")
    assert planner("sheets", "in", file, "--yes", "--take-sheet", "T-001").exit_code == 0
    assert percent_of(filled) == 40


def test_json_has_every_line_and_every_problem(planner, sheet):
    sheet(code="P-002", Phase="nearly")
    done = planner("sheets", "in", sheet(Percent=40), "--preview", "--format", "json")
    assert done.exit_code == 3
    found = json.loads(done.out)["sheets"]
    assert found["recorded"] is False
    assert found["files"][0] | {"sha256": ""} == {
        "file": FILE,
        "sha256": "",
        "organisation": "harbour-office",
        "week": "2020-W14",
        "period": "2020-W14",
        "as_of": "2020-04-02",
        "items": 4,
    }
    assert {item["code"]: item["outcome"] for item in found["items"]} == {"P-002": "error", "T-001": "new"}
    assert found["items"][0]["problems"][0]["place"] == f"{FILE}: Reports!H5"
    assert found["items"][1]["changes"] == [
        {"field": "percent", "label": "Percent", "before": "20", "after": "40", "shown": None}
    ]


def test_a_file_that_is_no_status_sheet_is_refused(planner, tmp_path):
    planner("weekly", "--week", "2020-W14", "-o", str(tmp_path / "week.xlsx"))
    done = planner("sheets", "in", str(tmp_path / "week.xlsx"))
    assert done.exit_code == BadValueError.exit_code
    assert done.err.startswith("planner: week.xlsx: this is not a status sheet that planner wrote")


def test_a_program_is_asked_nothing(planner, filled, sheet):
    file = sheet(Percent=40)
    asked = planner("sheets", "in", file, "--format", "json")
    assert (asked.exit_code, asked.out) == (2, "")
    assert "Give --yes to record the entries, or --preview to only look." in asked.err
    done = planner("sheets", "in", file, "--format", "json", "--yes")
    assert (done.exit_code, done.err, json.loads(done.out)["sheets"]["recorded"]) == (0, "", True)
    assert percent_of(filled) == 40


def test_a_sheet_saved_as_csv_says_how_to_save_it(planner, tmp_path):
    (tmp_path / "sheet.csv").write_text("Code,Title,Done\nT-001,Mend the quays,Dug.\n", encoding="utf-8")
    done = planner("sheets", "in", str(tmp_path / "sheet.csv"))
    assert done.exit_code == BadValueError.exit_code
    assert "this file has one table only, so it does not say which status sheet it is. Open" in done.err
    assert "save it as a workbook (.xlsx or .ods)" in done.err


def test_all_files_that_are_no_status_sheets_are_named_at_once(planner, sheet, tmp_path):
    other, empty = tmp_path / "other" / FILE, tmp_path / "empty.xlsx"
    other.parent.mkdir()
    book = openpyxl.Workbook()
    book.worksheets[0]["A1"] = "Minutes"
    book.save(other)
    empty.write_bytes(b"")
    good = sheet(Percent="lots")
    missing = tmp_path / "missing.xlsx"
    done = planner("sheets", "in", good, str(other), str(missing), str(empty), "--preview")
    assert done.exit_code == BadValueError.exit_code
    assert done.out.splitlines()[1:6] == [
        "4 errors:",
        f"  {good}: Reports!J8 (T-001): 'lots' is not a percentage. Give a whole number from 0 to 100.",
        f"  {other}: this is not a status sheet that planner wrote, or its hidden sheet was removed. "
        "Give the workbook that 'planner sheets out' wrote, saved with all of its sheets.",
        "  missing.xlsx: there is no such file. Check the name of the file.",
        "  empty.xlsx: the file is empty. Give a file with a table or a list.",
    ]


def test_an_auditor_can_look_at_a_sheet_and_only_the_write_is_refused(planner, filled, sheet, monkeypatch):
    file = sheet(Percent=40)
    monkeypatch.setattr("planner.cli.context.login", lambda: AUDITOR.name)
    done = planner("sheets", "in", file, "--preview")
    assert (done.exit_code, done.err) == (0, "")
    assert done.out.splitlines()[1:] == [
        "You can look at the entries on 1 item, but not record them: T-001",
        "  egil is an auditor and may not report on items. Ask a manager or an administrator (ada, brook, root).",
        "  The checks of the register itself were left out, such as that a completed item needs evidence.",
        "1 item with new entries:",
        "  T-001  Mend the quays",
        "      Percent: “20” → “40”",
        "3 items without entries.",
    ]
    found = json.loads(planner("sheets", "in", file, "--preview", "--format", "json").out)["sheets"]
    assert ([one["items"] for one in found["refused"]], found["tried"]) == ([["T-001"]], False)
    refused = planner("sheets", "in", file, "--yes")
    assert (refused.exit_code, refused.out) == (NotAllowedError.exit_code, "")
    assert "planner: T-001: egil is an auditor and may not report on items." in refused.err
    assert percent_of(filled) == 20


def test_a_sheet_can_be_looked_at_in_a_register_that_cannot_be_written(planner, filled, sheet, tmp_path):
    file = sheet(Percent=40)
    register = f"sqlite:///{tmp_path}/command.sqlite?mode=ro"
    done = planner("--db", register, "sheets", "in", file, "--preview")
    assert done.exit_code == 0, done.err
    assert "the database was opened read-only (mode=ro)" in done.out
    assert planner("--db", register, "sheets", "in", file, "--yes").exit_code == NotAllowedError.exit_code


def test_a_folder_stands_for_the_sheets_in_it(planner, sheet, tmp_path):
    folder = tmp_path / "returned"
    folder.mkdir()
    Path(sheet(Percent=40)).rename(folder / FILE)
    (folder / f"~${FILE}").write_bytes(b"\0")

    done = planner("sheets", "in", str(folder), "--preview")

    assert (done.exit_code, "“20” → “40”" in done.out) == (0, True)
    assert "somebody has a file of this folder open" in done.out
