"""The mandates screen: clauses with what stands on them, their languages, the crosswalk, findings, and the matrix."""

from pathlib import Path

import pytest

from planner.store.database import Database
from tests.command import run_command
from tests.factories import NEW_DUTIES_ARABIC, write_documents
from tests.tui.desk import NARROW, WIDE, desk, door_to


@pytest.fixture
def attached(told: Database, tmp_path: Path) -> Database:
    """The small plan with copies of its documents."""
    assert told.url.database
    done = run_command("--db", told.url.database, "sources", "attach", str(write_documents(tmp_path / "papers")))
    assert done.exit_code == 0, done.err
    return told


async def test_the_clauses_of_the_version_in_force_with_their_items_states_and_gaps(door):
    async with desk(door, NARROW) as seat:
        await seat.press("m")
        assert "Mandates  version 1 of 2" in seat.lines[0]
        assert "old  Duties of the Harbour Office; in force when the plan was made; 3 gaps" in seat.text
        assert "Clauses 3   Texts   Items 3   Crosswalk 1   Findings 0" in seat.text
        line = seat.line(" duty-1  ")
        assert "Quays and lights" in line
        assert line.split()[-3:] == ["3", "!!!", "20%"]
        assert "3 items, 20% done," in seat.text
        assert "gap" in seat.line("! duty-3")
        await seat.press("j", "j")
        assert "old:duty-3  ! No measure is linked to this clause.  Boats are counted yearly." in seat.text
        await seat.press("j")
        assert "M2.02  ! No clause of this version covers this measure.  Old charts" in seat.text
        assert "1 item, 0% done" in seat.text


async def test_enter_leads_to_the_texts_then_the_items_and_into_an_item_and_back(door):
    async with desk(door, NARROW) as seat:
        await seat.press("m", "enter")
        assert seat.focus == "texts"
        assert "English 1." in seat.text
        assert "not attached. Get a copy, then run: planner sources attach FILE" in seat.words
        await seat.press("l")
        assert "T-001" in seat.line("Mend the quays")
        assert "! off track" in seat.line("Mend the quays")
        await seat.press("j", "enter")
        assert "T-002  2 of 3" in seat.lines[0]
        await seat.press("escape")
        assert seat.focus == "behind"
        await seat.press("r")
        assert "Report" in seat.lines[0]


async def test_crosswalk_and_findings_of_the_clause(door):
    async with desk(door, NARROW) as seat:
        await seat.press("m", "j", "h", "h")
        assert "→ new:duty-2  moved-to, superset-of" in seat.text
        assert "The archive's part was dropped." in seat.text
        await seat.press("h", "h", "h", "j", "h")
        assert "! clause without measure: No measure of the plan is linked to this clause." in seat.words
        await seat.press("escape", "x", "k", "h")
        assert "! phrase in one language: The Arabic names libraries beside the reading rooms" in seat.words
        assert "English does not contain this passage" in seat.text


async def test_x_goes_to_what_became_of_the_clause_and_back(door):
    async with desk(door, WIDE) as seat:
        await seat.press("m", "j", "x")
        assert "version 2 of 2" in seat.lines[0]
        assert "new:duty-2  Reading rooms are run." in seat.text
        assert "another version" in seat.text
        assert "  duty-3.1" in seat.text
        await seat.press("x")
        assert "old:duty-2  Reading rooms are run jointly." in seat.text


async def test_a_wide_terminal_has_the_languages_side_by_side_and_arabic_on_the_right(attached):
    async with desk(door_to(attached.url), WIDE) as seat:
        await seat.press("m", "j", "x")
        assert all(pane.region.area for pane in seat.app.screen.query(".pane"))
        line = next(line for line in seat.lines if "Run the reading rooms of the town.  " in line)
        arabic = NEW_DUTIES_ARABIC.splitlines()[3].removeprefix("(2) ")
        assert line.rstrip(" │").endswith(arabic)
        assert "│ " in line


async def test_the_matrix_counts_per_theme_and_a_cell_opens_its_items(door):
    async with desk(door, NARROW) as seat:
        await seat.press("m", "v")
        assert seat.line("Items, % done").split()[-3:] == ["1", "2", "All"]
        assert "1 Quays and lights: 3 items, 20% done" in seat.text
        assert seat.line(" duty-1 ").split()[-5:] == ["3", "20%", "·", "3", "20%"]
        assert seat.line("! duty-3 ").split()[-3:] == ["·", "·", "·"]
        await seat.press("l", "j")
        assert "2 Rooms and charts: 1 item, 0% done" in seat.text
        await seat.press("enter")
        assert seat.focus == "behind"
        assert "Items 1 of theme 2" in seat.text
        assert "P-002" in seat.text
        await seat.press("escape")
        assert "Items 1   Crosswalk" in seat.text
        await seat.press("v", "l", "l", "l")
        assert "All themes: " in seat.text
        await seat.press("1", "k")
        assert "1 Quays and lights: 3 items" in seat.text
        await seat.press("escape")
        assert seat.focus == "clauses"
        assert "Overview" not in seat.lines[0]


async def test_words_of_any_language_narrow_clauses_and_matrix_while_they_are_typed(attached):
    async with desk(door_to(attached.url), NARROW) as seat:
        await seat.press("m", "slash")
        await seat.type("JOINT")
        assert "Clauses 1 of 3" in seat.text
        assert "duty-1" not in seat.text
        # What became of the clause has not the word, and is shown all the same.
        await seat.press("enter", "x")
        assert "new:duty-2  Reading rooms are run." in seat.text
        assert "Clauses 4   " in seat.text
        await seat.press("slash")
        await seat.type(NEW_DUTIES_ARABIC.splitlines()[3].split()[3])
        assert "Clauses 1 of 4" in seat.text
        await seat.press("down", "v")
        assert seat.focus == "matrix"
        assert [line for line in seat.lines if "duty-" in line and "new:" not in line] == [seat.line(" duty-2 ")]
        await seat.press("y")
        assert [line.split("\t")[0] for line in seat.app.clipboard.splitlines()[3:]] == ["new:duty-2"]
        await seat.press("slash")
        await seat.type("zzz")
        assert "No clause matches the search. esc clears the search." in seat.text
        assert "new:duty" not in seat.text
        await seat.press("escape", "v")
        assert "Clauses 4   " in seat.text


async def test_y_copies_the_matrix_and_a_clause_can_be_opened_by_its_name(door):
    async with desk(door, NARROW) as seat:
        await seat.press("m", "y")
        lines = seat.app.clipboard.splitlines()
        assert lines[2] == "Clause\tWording\tItems\tDone\tTheme 1\tTheme 2"
        assert lines[3] == "old:duty-1\tQuays and lights are maintained.\t3\t20\t3\t0"
        seat.app.navigator.open_clause("new", "duty-3.1")
        await seat.settle()
        assert "new:duty-3.1  Old charts are gathered and lent out." in seat.text
        assert "version 2 of 2" in seat.lines[0]
