"""Status sheets in the app: written from a form, and taken back after a preview."""

from datetime import date

import openpyxl
import pytest

from planner.base.output_files import write_files
from planner.queries.items.register import read_item
from planner.sheets.status_workbook import status_workbook_bytes
from tests.factories import AUDITOR, noon, reading_of, report
from tests.sheets.made import fill, sheets_of
from tests.tui.desk import NARROW, TODAY, Desk, desk, door_to
from tests.tui.forms import paste
from tui.widgets.form.fields import LineField

FILE = "harbour-2020-2020-W38-status-harbour-office.xlsx"


async def begin(seat: Desk, verb: str) -> None:
    """Open a form from the palette."""
    await seat.press("ctrl+p")
    await seat.type(verb)
    await seat.press("enter")
    await seat.until(lambda: seat.app.screen.query_one("#act-fields"))
    await seat.settle()


def unframed(seat: Desk) -> str:
    """The text in the window as running text."""
    within = (line.split("│")[1] for line in seat.lines if line.count("│") > 1)
    return " ".join(" ".join(within).split())


async def enter(seat: Desk, name: str, typed: str) -> None:
    field = seat.app.screen.query_one(f"#{name}")
    field.focus()
    await seat.pilot.pause()
    field.entered = ""  # type: ignore[attr-defined]  # each is a field of a form
    await paste(seat, typed)


@pytest.fixture
def sheet(told, tmp_path):
    """Write the sheet of the Harbour Office, and fill in reports."""
    (wanted,) = [one for one in sheets_of(told, TODAY) if one.organisation.key == "harbour-office"]

    def with_cells(code="T-001", again=False, **cells):
        if not again:
            write_files(tmp_path, {FILE: [status_workbook_bytes(wanted)]}, replace=True)
        book = openpyxl.load_workbook(tmp_path / FILE)
        fill(book["Reports"], code, cells)
        book.save(tmp_path / FILE)
        return str(tmp_path / FILE)

    return with_cells


def last_done(database):
    with database.reading() as session:
        last = read_item(reading_of(session, TODAY), "T-001").last
        return last and last.done


async def test_sheets_are_written_to_a_folder(told, tmp_path):
    async with desk(door_to(told.url), NARROW) as seat:
        await begin(seat, "sheets write")
        await enter(seat, "folder", str(tmp_path / "out"))
        await enter(seat, "org", "harbour-office")
        await enter(seat, "language", "ko")
        await seat.press("ctrl+s")
        await seat.until(lambda: "Wrote 1 status sheet to" in seat.notices)
    assert openpyxl.load_workbook(tmp_path / "out" / FILE).sheetnames[1] == "보고"


async def test_a_sheet_is_shown_before_it_is_recorded_and_undo_takes_it_back(told, sheet):
    before = last_done(told)
    file = sheet(Done="Nine stones set.")
    async with desk(door_to(told.url), NARROW) as seat:
        await begin(seat, "sheets take")
        await enter(seat, "files", file)
        await seat.press("ctrl+s")
        await seat.until(lambda: "1 item gets new entries." in seat.words)
        assert "T-001" in seat.text
        assert last_done(told) == before
        await seat.press("enter")
        await seat.until(lambda: "Recorded entries on 1 item." in seat.notices)
        assert last_done(told) == "Nine stones set."
        await seat.dismiss_notices()
        await seat.press("u", "enter")
        await seat.until(lambda: "Undone: " in seat.notices)
        assert last_done(told) == before


async def test_all_that_a_sheet_would_record_can_be_read_before_it_is(told, sheet):
    lines = " ".join(f"Stone {number} was set at the quay." for number in range(12))
    file = sheet(Done=lines, Blocker="Rain since Monday.", **{"Help needed": "Pumps from the depot."})
    async with desk(door_to(told.url), NARROW) as seat:
        await begin(seat, "sheets take")
        await enter(seat, "files", file)
        await seat.press("ctrl+s")
        await seat.until(lambda: "1 item gets new entries." in seat.words)
        assert "Stone 11 was set at the quay." in unframed(seat)
        await seat.press("ctrl+pagedown")
        await seat.settle()
        assert "→ “Pumps from the depot.”" in unframed(seat)


async def test_all_errors_and_notes_are_shown_before_anything_is_confirmed(told, sheet):
    # The register itself refuses the phase, and the cell of the confidence cannot be read.
    sheet(Phase="completed", Title="Mend the quay")
    before, file = last_done(told), sheet(code="P-002", again=True, Confidence="blue")
    async with desk(door_to(told.url), NARROW) as seat:
        await begin(seat, "sheets take")
        await enter(seat, "files", file)
        await seat.press("ctrl+s")
        await seat.until(lambda: "There are 2 errors, so nothing can be recorded." in unframed(seat))
        assert "1 note about the files." in unframed(seat)
        assert "'blue' is not one of the words" in unframed(seat)
        assert "a completed item needs evidence" in unframed(seat)
        await seat.press("down", "down")
        assert "this grey cell had “Mend the quays”" in unframed(seat)
        assert "Save" not in seat.foot
        await seat.press("enter")
        assert last_done(told) == before
        await seat.press("escape")
        await enter(seat, "leave_out", "t-001 P-002")
        await seat.press("ctrl+s")
        await seat.until(lambda: "0 items get new entries." in seat.words)


async def test_a_path_is_suggested_while_it_is_typed(told, sheet, tmp_path):
    sheet(Done="Nine stones set.")
    async with desk(door_to(told.url), NARROW) as seat:
        await begin(seat, "sheets take")
        await enter(seat, "files", f"x.xlsx; {tmp_path}/har")
        field = seat.app.screen.query_one("#files", LineField)
        await seat.until(lambda: field._suggestion != "")
        await seat.press("end", "right")
        assert field.value == f"x.xlsx; {tmp_path}/{FILE}"


async def test_a_report_made_meanwhile_is_kept_unless_the_sheet_is_taken(told, sheet):
    file = sheet(Done="Nine stones set.")
    report(told, "T-001", as_of=TODAY, at=noon(TODAY).replace(hour=13), done="Newer.")
    async with desk(door_to(told.url), NARROW) as seat:
        await begin(seat, "sheets take")
        await enter(seat, "files", file)
        await seat.press("ctrl+s")
        await seat.until(lambda: "1 item keeps its report." in seat.words)
        await seat.press("escape")
        await enter(seat, "take_sheet", "T-001")
        await seat.press("ctrl+s")
        await seat.until(lambda: "1 item gets new entries." in seat.words)
        await seat.press("enter")
        await seat.until(lambda: "Recorded entries on 1 item." in seat.notices)
        assert last_done(told) == "Nine stones set."


async def test_an_auditor_can_only_look_at_a_sheet_and_the_past_has_none(told, sheet):
    before, file = last_done(told), sheet(Done="Nine stones set.")
    async with desk(door_to(told.url, login=AUDITOR.name), NARROW) as seat:
        await begin(seat, "sheets take")
        await enter(seat, "files", file)
        await seat.press("ctrl+s")
        await seat.until(lambda: "1 item gets new entries." in unframed(seat))
        assert "! egil is an auditor and may not report on items." in unframed(seat)
        assert "→ “Nine stones set.”" in unframed(seat)
        await seat.press("enter")
        assert last_done(told) == before
    door = door_to(told.url)
    door.as_of = date(2020, 9, 1)
    async with desk(door, NARROW) as seat:
        await seat.press("ctrl+p")
        await seat.type("sheets take")
        await seat.press("enter")
        assert "you can only write as of today" in seat.refusal


async def test_errors_of_several_sheets_stand_below_the_names_of_their_files(told, sheet, tmp_path):
    file = sheet(Percent="lots")
    other = tmp_path / "other.xlsx"
    other.write_text("no workbook", encoding="utf-8")
    async with desk(door_to(told.url), NARROW) as seat:
        await begin(seat, "sheets take")
        await enter(seat, "files", f"{file}; {other}")
        await seat.press("ctrl+s")
        await seat.until(lambda: "There are 2 errors, so nothing can be recorded." in unframed(seat))
        assert "1 error in other.xlsx" in unframed(seat)
        assert f"1 error in {FILE}"[:20] in unframed(seat)
        # The key that saves a form says which key records the list.
        await seat.press("ctrl+s")
        assert "Press esc to go back." in seat.notices
