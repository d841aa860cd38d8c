"""An item that somebody inserted into an exported register, after which the next items were numbered anew."""

from pathlib import Path

import openpyxl
import pytest
from sqlalchemy import select

from planner.intake.comparing.decided.two_items import CODES, TITLES
from planner.intake.comparing.matching import Decisions
from planner.intake.comparing.preview import Preview
from planner.store.database import Database
from planner.store.models import Item
from planner.writes.undo import undo
from tests.factories import ACTOR, noon, report, writing_by
from tests.intake import test_export_moments as moments
from tests.intake.imports import DAY, write


@pytest.fixture
def file(sqlite_register: Database, tmp_path: Path) -> Path:
    """A register in which T-001 became T-003, T-003 became T-3, and T-001 is a new item, inserted before them."""
    report(sqlite_register, "T-001", percent=10, done="The quays were surveyed.", as_of=DAY)
    file = moments.exported(sqlite_register, tmp_path)
    moments.edit(file, "code", "T-0033", code="T-003")
    moments.edit(file, "code", "T-003", code="T-001")
    book = openpyxl.load_workbook(file)
    sheet = book["items"]
    headings = [str(cell.value) for cell in sheet[1]]
    new = {"code": "T-001", "title": "Mark the channel", "kind": sheet.cell(2, 3).value}
    sheet.insert_rows(2)
    for place, heading in enumerate(headings, 1):
        sheet.cell(2, place).value = new.get(heading, sheet.cell(3, place).value if heading == "theme" else None)
    book.save(file)
    return file


def answered(database: Database, file: Path, answer: str) -> Preview:
    (asked,) = moments.preview_of(database, file).blockers
    return moments.preview_of(database, file, answers={asked.key: answer})


def titles(database: Database) -> dict[str, tuple[int, str]]:
    with database.reading() as session:
        return {code: (key, title) for code, key, title in session.execute(select(Item.code, Item.id, Item.title))}


def test_items_that_were_numbered_anew_are_asked_about_in_one_question(sqlite_register: Database, file: Path) -> None:
    (asked,) = moments.preview_of(sqlite_register, file).blockers

    assert "(T-0033 was T-003 and T-003 was T-001), as if items were numbered anew" in asked.what
    assert asked.what.endswith("T-001 'Mark the channel' seems to be a new item")
    assert asked.choices == (TITLES, CODES)


def test_items_keep_their_histories_and_their_milestones_under_the_new_codes(
    sqlite_register: Database, file: Path
) -> None:
    before = titles(sqlite_register)
    preview = answered(sqlite_register, file, TITLES)

    assert [(one.code, one.title) for one in preview.new] == [("T-001", "Mark the channel")]
    assert {one.code: [(change.field, change.new) for change in one.changes] for one in preview.changed} == {
        "T-001": [("code", "T-003")],
        "T-003": [("code", "T-0033")],
    }
    assert not any(one.changed_parts or one.new_parts or one.missing_parts for one in preview.changed)
    write(sqlite_register, preview)
    after = titles(sqlite_register)
    assert (after["T-003"], after["T-0033"]) == (before["T-001"], before["T-003"])
    assert after["T-001"][1] == "Mark the channel"


def test_the_file_changes_nothing_when_it_comes_again(sqlite_register: Database, file: Path) -> None:
    write(sqlite_register, answered(sqlite_register, file, TITLES))

    again = moments.preview_of(sqlite_register, file)

    assert (again.blockers, again.anything, again.missing) == ((), False, ())


def test_an_import_that_numbers_items_anew_can_be_undone(sqlite_register: Database, file: Path) -> None:
    before = titles(sqlite_register)
    write(sqlite_register, answered(sqlite_register, file, TITLES))

    with sqlite_register.writing() as session:
        undo(writing_by(session, ACTOR, noon(DAY), DAY))

    # A code that was removed is marked.
    assert {code: one for code, one in titles(sqlite_register).items() if "~" not in code} == before


def test_codes_can_count_instead(sqlite_register: Database, file: Path) -> None:
    preview = answered(sqlite_register, file, CODES)

    assert [one.code for one in preview.new] == ["T-0033"]
    assert {one.code for one in preview.changed if one.changes} == {"T-001", "T-003"}


def test_a_match_that_somebody_gave_is_not_asked_about(sqlite_register: Database, file: Path) -> None:
    preview = moments.preview_of(sqlite_register, file, decisions=Decisions(same={"T-0033": "T-003"}))

    assert preview.blockers == ()
    assert [one.title for one in preview.new] == ["Mark the channel"]
