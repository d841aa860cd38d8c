"""Importing a file in the app: the path, the preview, the columns, the questions, and what is written."""

from threading import Event
from time import sleep

import pytest

from planner.personal.state import StateFolder
from planner.store.journal import last_event
from planner.writes.plans.closing import close_plan
from tests.effort import only_in_more
from tests.factories import ACTOR, AT, AUDITOR, OFFICER, report, writing_by
from tests.hostile import unseen
from tests.tui.desk import TODAY, desk, door_to
from tests.tui.textual_internals import press_keys
from tui.widgets.importing import preview_blocks
from tui.widgets.path_input import PathInput

OFFICE = """\
Code,Task,Lead organisation,Due
T-001,Mend all quays,Harbour Office,2020-06-30
KP-7,Sow a meadow behind the school,Parks Office,2020-09-30
"""


@pytest.fixture
def file(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "office.csv"
    path.write_text(OFFICE, encoding="utf-8")
    return path


def position(database):
    with database.reading() as session:
        last = last_event(session)
    assert last is not None
    return last.seq


async def open_import(seat, path):
    await seat.press("I")
    await seat.type(path)
    await seat.press("enter")


async def test_a_file_is_imported_after_its_preview_and_taken_back(told, file):
    before = position(told)
    async with desk(door_to(told.url)) as seat:
        await open_import(seat, "missing.csv")
        assert "There is no such file" in seat.text
        await seat.press("ctrl+u")
        await seat.type("office.csv")
        await seat.press("enter")
        assert "1 new item, 1 changed, 1 new theme, 1 new organisation, 0 unchanged" in seat.text
        assert "Preview of the import of office.csv into Harbour Town work plan 2020" in seat.text
        await seat.press("ctrl+s")
        assert "Import this?" in seat.text
        assert "Plan: Harbour Town work plan 2020" in seat.text
        await seat.press("escape", "escape")
        assert position(told) == before
        await open_import(seat, "office.csv")
        await seat.press("ctrl+s", "enter")
        await seat.until(
            lambda: "Imported: 1 new item, 1 changed, 0 reports, 1 new theme, 1 new organisation." in seat.notices
        )
        assert "Press u to take the whole import back." in seat.notices
        await seat.press("i")
        assert "KP-7" in seat.text
        await seat.press("u")
        assert "the import of office.csv" in seat.text


async def test_the_paths_of_the_last_import_are_offered_until_something_is_typed(told, file, tmp_path):
    state = StateFolder(tmp_path / "state")
    state.keep_welcomed()
    async with desk(door_to(told.url), state=state) as seat:
        await open_import(seat, "office.csv")
        await seat.press("escape", "I")
        assert seat.app.screen.query_one(PathInput).value == str(file)
        await seat.type("other.csv")
        assert seat.app.screen.query_one(PathInput).value == "other.csv"
        await seat.press("enter")
    assert state.last_import == str(file)


async def test_a_person_gives_fields_to_columns_with_unknown_names(told, file):
    file.write_text("Foo,Bar\nSow a meadow,Parks Office\nPlant\x1b[2J trees,Parks Office\n", encoding="utf-8")
    async with desk(door_to(told.url)) as seat:
        await open_import(seat, str(file))
        assert "Error: office.csv (title): the files have no table with headings" in seat.words
        await seat.press("ctrl+s")
        assert "1 problem prevents the import" in seat.notices
        await seat.press("right")
        assert "not imported" in seat.line("Sow a meadow | Plant")
        assert unseen(seat.text) == []
        await seat.press("enter")
        assert "Which field is this column?" in seat.text
        await seat.press("down", "down", "enter")
        assert "title" in seat.line("Sow a meadow | Plant")
        await seat.press("down", "enter")
        await seat.press(*["down"] * 6, "enter")
        assert "2 new items, 0 changed" in seat.text
        assert "lead" in seat.line("Parks Office | Parks")


async def test_a_person_says_that_a_table_has_no_headings(told, file):
    file.write_text("Sow a meadow,Parks Office\nMow a lawn,Harbour Office\n", encoding="utf-8")
    async with desk(door_to(told.url)) as seat:
        await open_import(seat, "office.csv")
        await seat.press("right", "enter", "end", "enter")
        assert "Sow a meadow | Mow a lawn" in seat.line("column A")
        await seat.press("enter", "down", "down", "enter")
        assert "2 new items" in seat.text
        await seat.press("enter", "end", "enter")
        assert "Mow a lawn" in seat.line("Sow a meadow")
        assert "column A" not in seat.text


async def test_a_question_is_answered_and_can_be_opened_again(told, file):
    file.write_text("Code,Task,Due\nKP-7,Sow a meadow,6月前\n", encoding="utf-8")
    async with desk(door_to(told.url)) as seat:
        await open_import(seat, "office.csv")
        await seat.press("ctrl+s")
        assert "1 problem prevents the import" in seat.notices
        await seat.dismiss_notices()
        assert seat.focus == "import-questions"
        assert "open" in seat.line("'6月前' can mean several days")
        await seat.press("enter", "down", "enter")
        assert "2020-06-30" in seat.line("'6月前' can mean several days")
        assert "Questions 0" in seat.text
        await seat.press("enter", "end", "enter")
        assert "Questions 1" in seat.text
        await seat.press("enter", "enter", "left", "left")
        assert "due 2020-05-31" in seat.text


async def test_a_question_that_is_answered_is_shown_without_an_answer_that_did_not_fit(told, file):
    file.write_text("Code,Task,Due\nKP-7,Sow a meadow,someday soon\n", encoding="utf-8")
    async with desk(door_to(told.url)) as seat:
        await open_import(seat, "office.csv")
        await seat.press("right", "right", "enter")
        await seat.type("later")
        await seat.press("enter")
        assert "does not fit" in seat.text
        await seat.press("enter")
        await seat.press(*["backspace"] * 10)
        await seat.type("2020-09-30")
        await seat.press("enter")
        assert ("Questions 0" in seat.text, "does not fit" in seat.text) == (True, False)
        assert "2020-09-30" in seat.line("someday soon")


async def test_answers_of_an_import_that_was_left_are_offered_again(told, file):
    file.write_text("Code,Task,Due\nKP-7,Sow a meadow,6月前\n", encoding="utf-8")
    async with desk(door_to(told.url)) as seat:
        await open_import(seat, "office.csv")
        await seat.press("right", "right", "enter", "down", "enter", "escape")
        await open_import(seat, "office.csv")
        assert "You gave 1 answer when you last tried to import these files." in seat.words
        await seat.press("enter")
        assert "Questions 0" in seat.text
        await seat.press("escape")
        # A corrected file asks the same in another cell.
        file.write_text("Code,Task,Due\nKP-6,Mow it,\nKP-7,Sow a meadow,6月前\n", encoding="utf-8")
        await open_import(seat, "office.csv")
        assert "You gave 1 answer when you last tried to import these files." in seat.words
        await seat.press("enter")
        assert "Questions 0" in seat.text
        await seat.press("escape")
        await open_import(seat, "office.csv")
        await seat.press("down", "enter")
        assert "Questions 1" in seat.text
        await seat.press("escape")
        await open_import(seat, "office.csv")
        assert ("You gave" in seat.text, "Questions 1" in seat.text) == (False, True)


@pytest.mark.more
async def test_an_answer_of_an_earlier_import_is_listed_and_can_be_asked_again(told, file):
    file.write_text("Code,Task,Due\nKP-7,Sow a meadow,6月前\n", encoding="utf-8")
    async with desk(door_to(told.url)) as seat:
        await open_import(seat, "office.csv")
        await seat.press("ctrl+s")
        await seat.dismiss_notices()
        await seat.press("enter", "enter", "ctrl+s", "enter")
        await seat.until(lambda: "Imported: 1 new item" in seat.notices)
        await open_import(seat, "office.csv")
        await seat.press("right", "right")
        assert "2020-05-31" in seat.line("answered in an earlier import")
        assert "Questions 0" in seat.text
        await seat.press("enter", "down", "enter")
        assert "Questions 1" in seat.text
        assert "open" in seat.line("'6月前' can mean several days")
        await seat.press("enter", "down", "enter")
        assert "2020-06-30" in seat.line("'6月前' can mean several days")


async def test_what_was_recorded_meanwhile_makes_a_new_preview(told, file):
    async with desk(door_to(told.url)) as seat:
        await open_import(seat, "office.csv")
        report(told, "T-003", as_of=TODAY)
        before = position(told)
        await seat.press("ctrl+s", "enter")
        assert "Something was recorded meanwhile. This is the new preview." in seat.notices
        assert position(told) == before
        await seat.press("ctrl+s", "enter")
        assert position(told) > before


@pytest.mark.parametrize("actor", [OFFICER, only_in_more(AUDITOR)])
async def test_who_may_not_import_can_look_and_is_told_so(told, file, actor):
    before = position(told)
    async with desk(door_to(told.url, login=actor.name), (120, 30)) as seat:
        await open_import(seat, "office.csv")
        assert "1 new item, 1 changed, 1 new theme, 1 new organisation, 0 unchanged" in seat.words
        assert "You can only look." in seat.words
        await seat.press("ctrl+s")
        assert "may not import a register" in seat.refusal or "can only read" in seat.refusal
        assert "Import this?" not in seat.text
    assert position(told) == before


async def test_a_path_that_is_typed_in_a_closed_plan_is_not_taken_for_keys(told):
    with told.writing() as session:
        close_plan(writing_by(session, ACTOR, AT), "The year is over.")
    async with desk(door_to(told.url)) as seat:
        await seat.press("I")
        await seat.type("/home/q/quays.csv")
        assert "so it can only be read" in seat.refusal
        await seat.press("enter")
        assert (seat.refusal, "Overview" in seat.lines[0]) == ("", True)


def test_the_lines_of_a_preview_keep_their_indentation():
    blocks = preview_blocks(["Preview", "1 new item", "", "New items:", "  KP-7 Sow", "    lead Parks\u202e"])
    assert [(block.text.plain, block.kind) for block in blocks] == [
        ("Preview", ""),
        ("1 new item", ""),
        ("New items:", "-heading"),
        ("KP-7 Sow", "-detail"),
        ("  lead Parks[U+202E]", "-detail"),
    ]


async def test_closing_the_dialog_stops_the_reading(told, monkeypatch):
    stopped = Event()

    def read_long(chosen, progress):
        try:
            for rows in range(2_000):
                progress(rows)
                sleep(0.005)
        except BaseException:
            stopped.set()
            raise

    monkeypatch.setattr("tui.dialogs.imports.files.read_chosen", read_long)
    async with desk(door_to(told.url)) as seat:
        await seat.press("I")
        await press_keys(seat.app, "x")
        await press_keys(seat.app, ["enter"])
        await seat.until(lambda: "Reading the file… " in seat.text and "rows" in seat.text)
        await press_keys(seat.app, ["escape"])
        await seat.until(stopped.is_set)
        await seat.settle()
        assert "Import files" not in seat.text
