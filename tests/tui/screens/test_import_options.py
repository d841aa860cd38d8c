"""What a person can say about an import in the app besides columns and questions: conflicts, options, and a stop."""

from threading import Event

import pytest
from sqlalchemy import select

from planner.domain.given_plan import GivenPlan
from planner.intake.applying.apply import apply_import
from planner.intake.files.reading import read_files
from planner.store.models import ImportBatch, StatusUpdate
from tests.factories import report
from tests.intake.files.makers import sheet_xml, write_xlsx
from tests.tui.desk import TODAY, desk, door_to
from tests.tui.screens.test_importing import OFFICE, open_import, position
from tests.tui.textual_internals import press_keys
from tests.two_plans import FIRST, MARK, load_second_plan
from tui.data.importing import typed_paths
from tui.widgets.table import Table


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(folder, name, text, encoding="utf-8"):
    path = folder / name
    path.write_text(text, encoding=encoding)
    return path


async def choose_option(seat, label):
    """Open an option by its label."""
    options = seat.app.screen.query_one("#import-options", Table)
    place = [row.label for row in options.rows].index(label)
    await seat.press("home", *["down"] * place, "enter")


def batches(database):
    with database.reading() as session:
        return list(session.execute(select(ImportBatch).order_by(ImportBatch.id)).scalars())


async def test_values_in_conflict_are_chosen_one_by_one_or_all(told, folder):
    report(told, "T-001", percent=50, next="Ask the divers", as_of=TODAY)
    write(folder, "office.csv", "Code,Task,Percent,Next steps\nT-001,Mend the quays,60,Order stones\n")
    async with desk(door_to(told.url)) as seat:
        await open_import(seat, "office.csv")
        assert "Conflicts 2" in seat.text
        await seat.press("left", "left")
        assert seat.line("T-001 percent").split()[:6] == ["the", "register", "T-001", "percent", "50", "60"]
        await seat.press("enter", "down", "enter")
        assert "the file" in seat.line("T-001 percent")
        assert "the register" in seat.line("T-001 next")
        await seat.press("enter", "end", "enter")
        assert "the file" in seat.line("T-001 next")
        await seat.press("home", "enter", "up", "enter")
        assert "the register" in seat.line("T-001 percent")
        await seat.press("ctrl+s", "enter")
        await seat.until(lambda: "Imported: 0 new items, 1 changed, 1 report." in seat.notices)
    with told.reading() as session:
        last = session.execute(select(StatusUpdate).order_by(StatusUpdate.id.desc())).scalars().first()
    assert (last.percent, last.next) == (50, "Order stones")


async def test_question_with_a_typed_answer_is_shown_in_full(told, folder):
    write(
        folder, "office.csv", "Code,Task,% done\nKP-7,Sow a meadow behind the school of the village,nearly all of it\n"
    )
    async with desk(door_to(told.url)) as seat:
        await open_import(seat, "office.csv")
        await seat.press("right", "right", "enter")
        assert "Give a percentage such as 50%, or - for none." in " ".join(seat.words.replace("│", " ").split())
        await seat.type("80")
        await seat.press("enter")
        assert "80" in seat.line("is not a percentage")
        assert "Questions 0" in seat.text
        await seat.press("left", "left")
        assert "in progress 80%" in seat.text


async def test_the_day_that_the_files_name_is_shown_and_today_can_be_chosen_instead(told, folder):
    write(folder, "office.csv", "Code,Task,Progress (as of 31 August 2020)\nKP-6,Mow,Half of it\n")
    async with desk(door_to(told.url)) as seat:
        await open_import(seat, "office.csv")
        assert "as of 2020-08-31" in seat.text
        await seat.press("left")
        assert "2020-08-31 (week 2020-W36)" in seat.line("Day of the reports")
        await choose_option(seat, "Day of the reports")
        await seat.type("today")
        await seat.press("enter")
        assert f"today, {TODAY}" in seat.line("Day of the reports")


@pytest.mark.more
async def test_options_are_chosen_and_count(told, folder):
    write(folder, "office.csv", "Code,Task,Percent\nKP-6,Mow,60\nKP-7,Sow a meadow behind the school,5\n")
    write(folder, "more files.csv", "Code,Task\nKP-8,Plant \xfcnusual trees\n", "cp1252")
    async with desk(door_to(told.url)) as seat:
        await open_import(seat, "office.csv")
        assert f"2 reports, all as of {TODAY}" in seat.text
        await seat.press("left")
        await choose_option(seat, "Day of the reports")
        await seat.type("2020-09-01")
        await seat.press("enter")
        assert "2020-09-01 (week 2020-W36)" in seat.line("Day of the reports")
        await choose_option(seat, "Reason")
        await seat.type("Council decision 7")
        await seat.press("enter")
        await choose_option(seat, "Files")
        await seat.type("; mor")
        await seat.press("tab", "enter")
        assert "office.csv, more files.csv" in seat.line("Files")
        await choose_option(seat, "Encoding of texts")
        await seat.type("latin-7000")
        await seat.press("enter")
        assert "latin-7000" in seat.notices
        await choose_option(seat, "Encoding of texts")
        await seat.type("cp1252")
        await seat.press("enter")
        assert "cp1252" in seat.line("Encoding of texts")
        await choose_option(seat, "Same items")
        await seat.type("KP-7")
        await seat.press("enter")
        assert "'KP-7' does not name two codes" in seat.notices
        await choose_option(seat, "Same items")
        await seat.type("KP-7=T-003")
        await seat.press("enter")
        assert "KP-7=T-003" in seat.line("Same items")
        await choose_option(seat, "Missing working titles")
        await seat.press("down", "enter")
        assert "leave the plan" in seat.line("Missing working titles")
        await seat.press("ctrl+s", "enter")
        await seat.until(lambda: "Imported:" in seat.notices)
        assert "Imported: 2 new items, 1 changed, 2 reports, 2 items taken out, 1 new theme" in seat.notices
    (batch,) = batches(told)
    assert (batch.reason, [file["name"] for file in batch.files]) == (
        "Council decision 7",
        ["office.csv", "more files.csv"],
    )
    with told.reading() as session:
        assert {str(day) for day in session.execute(select(StatusUpdate.as_of)).scalars()} >= {"2020-09-01"}


async def test_changed_file_is_read_again_before_anything_is_imported(told, folder):
    file = write(folder, "office.csv", OFFICE)
    before = position(told)
    async with desk(door_to(told.url)) as seat:
        await open_import(seat, "office.csv")
        write(folder, "office.csv", OFFICE + "KP-8,Plant trees,Parks Office,\n")
        await seat.press("ctrl+s", "enter")
        await seat.until(lambda: "The file was changed meanwhile. This is the new preview." in seat.notices)
        assert (position(told), "2 new items" in seat.text) == (before, True)
        await seat.dismiss_notices()
        file.unlink()
        await seat.press("ctrl+s", "enter")
        await seat.until(lambda: "there is no such file" in seat.notices)
        assert position(told) == before


async def test_escape_stops_an_import_that_is_being_written(told, folder, monkeypatch):
    write(folder, "office.csv", OFFICE)
    before = position(told)
    began, go_on = Event(), Event()

    def slow(writing, preview, source, step):
        began.set()
        assert go_on.wait(30)
        step("", 5_000)
        return apply_import(writing, preview, source, step)

    async with desk(door_to(told.url)) as seat:
        await open_import(seat, "office.csv")
        monkeypatch.setattr("planner.intake.applying.apply.apply_import", slow)
        await seat.press("ctrl+s")
        await press_keys(seat.app, ["enter"])
        await seat.until(began.is_set)
        await press_keys(seat.app, ["escape"])
        await seat.until(lambda: "Stopping…" in seat.text)
        go_on.set()
        await seat.until(lambda: "You stopped the import, so nothing was imported." in seat.notices)
        assert position(told) == before
        monkeypatch.undo()
        monkeypatch.chdir(folder)
        await seat.press("ctrl+s", "enter")
        await seat.until(lambda: "Imported: 1 new item" in seat.notices)


async def test_files_can_go_into_another_plan(told, folder, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(folder / "data"))
    load_second_plan(told)
    door = door_to(told.url)
    door.plan = GivenPlan(FIRST)
    write(folder, "office.csv", "Code,Task\nKP-7,Sow a meadow\n")
    async with desk(door) as seat:
        await open_import(seat, "office.csv")
        assert MARK not in seat.text
        await seat.press("left")
        await choose_option(seat, "Plan")
        await seat.press("down", "enter")
        await seat.until(lambda: f"office.csv into {MARK} Harbour Town work plan 2020" in seat.text)


async def test_file_with_macros_is_read_only_when_it_is_named_again(told, folder):
    cells = "".join(
        f'<c r="{column}1" t="inlineStr"><is><t>{text}</t></is></c>' for column, text in (("A", "Code"), ("B", "Task"))
    )
    parts = {"xl/vbaProject.bin": b"\0"}
    write_xlsx(folder / "plan.xlsm", sheet_xml(f'<row r="1">{cells}</row>'), **parts)
    async with desk(door_to(told.url)) as seat:
        await open_import(seat, "plan.xlsm")
        assert "This file has macros" in seat.words
        assert "press enter again to read only its cells" in seat.words
        await seat.press("enter")
        assert "the macros of this file were ignored" in seat.words


def test_paths_are_understood_as_they_are_typed_or_dropped(folder):
    write(folder, "a b.csv", OFFICE)
    write(folder, "c;d.csv", OFFICE)
    # One file that is given twice is refused.
    write(folder, "e.csv", f"{OFFICE}\n")
    for typed in ("a b.csv", "'a b.csv'", '"a b.csv"', "a\\ b.csv", " a b.csv "):
        assert [str(path) for path in typed_paths(typed)] == ["a b.csv"], typed
    assert [str(path) for path in typed_paths("c;d.csv")] == ["c;d.csv"]
    assert [str(path) for path in typed_paths("e.csv; 'a b.csv';")] == ["e.csv", "a b.csv"]
    for typed in ("e.csv 'a b.csv'", "e.csv a\\ b.csv ", "e.csv, 'a b.csv'"):
        assert [str(path) for path in typed_paths(typed)] == ["e.csv", "a b.csv"], typed
    # It is not known which of several paths somebody means.
    assert [str(path) for path in typed_paths("e.csv f.csv")] == ["e.csv f.csv"]
    assert len(read_files(typed_paths("e.csv; a b.csv")).files) == 2
