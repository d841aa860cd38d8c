"""The facts of a file that is older than what the register has of the same items are asked about, once for the file."""

from datetime import date
from typing import Any

import pytest

from planner.intake.comparing.preview import Preview
from planner.intake.files.reading import ImportedFile
from planner.intake.preview_text import conflict_text
from planner.intake.previewing import preview_sheets
from planner.intake.proposed import Field, Severity
from planner.intake.wishes import Wishes
from planner.store.database import Database
from tests.factories import ACTOR, reading_of
from tests.intake.imports import write
from tests.intake.layout.written import sheet_of

APRIL, JUNE, JULY = date(2020, 4, 30), date(2020, 6, 30), date(2020, 7, 31)
ROWS = "Code|Task|Lead|Due|Progress\nX-1|Sow the meadow|Roads|2020-09-30|{0}\nX-2|Mow the meadow|Roads|2020-09-30|{0}"
OLDER = ROWS.replace("Sow the meadow|Roads|2020-09-30", "Sow it|Schools|2020-10-31")


def previewed(database: Database, tasks: str, today: date, **said: Any) -> Preview:
    files = [ImportedFile("plan.csv", "ab" * 32)]
    with database.reading() as session:
        reading = reading_of(session, today)
        return preview_sheets(reading, ACTOR, [sheet_of(tasks)], [], Wishes(**said), files=files)


def questions(preview: Preview) -> list[tuple[str, tuple[str, ...]]]:
    return [(one.key, one.choices) for one in preview.problems if one.severity is Severity.QUESTION]


@pytest.fixture
def register(sqlite_register: Database) -> Database:
    """A register with the items of April, and the reports of June."""
    for text, day in (("Seed bought", APRIL), ("Sown", JUNE)):
        write(sqlite_register, previewed(sqlite_register, ROWS.format(text), day, as_of=day), day=day)
    return sqlite_register


def test_older_facts_are_asked_about_once_and_the_answer_is_kept(register: Database) -> None:
    older = OLDER.format("Dug")

    asked = previewed(register, older, JULY, as_of=APRIL)

    assert questions(asked) == [("plan.csv", ("register", "file"))]
    assert asked.blockers[0].what == (
        "the file is of 2020-04-30. The register has newer entries (up to 2020-06-30) for 1 item whose title, lead, "
        "date or other fact differs in the file (X-1)"
    )
    (lead, *_) = [conflict_text(asked, *one) for one in asked.conflicts if one[1].change.field is Field.LEAD]
    assert lead.startswith("X-1 lead: the register has 'Roads', and plan.csv!C2, which is older, has 'Schools'; ")
    kept = previewed(register, older, JULY, as_of=APRIL, answers={"plan.csv": "register"})
    assert ([one.written for one in kept.changed], questions(kept)) == ([(), ()], [])
    taken = previewed(register, older, JULY, as_of=APRIL, answers={"plan.csv": "file"})
    assert {one.field for item in taken.changed for one in item.written} >= {Field.TITLE, Field.LEAD, Field.DUE}
    assert not taken.blockers
    write(register, kept, day=JULY)
    assert questions(previewed(register, older, JULY, as_of=APRIL)) == []


def test_one_fact_can_be_decided_otherwise(register: Database) -> None:
    answers = {"plan.csv": "register", "X-1 title": "file"}

    found = previewed(register, OLDER.format("Dug"), JULY, as_of=APRIL, answers=answers)

    assert [one.field for item in found.changed for one in item.written] == [Field.TITLE]


def test_the_date_of_a_milestone_is_a_fact_too(register: Database) -> None:
    rows = "Code|Task|Milestones\nX-1|Sow the meadow|{}前：播种"
    write(register, previewed(register, rows.format("6月30日"), JUNE), day=JUNE)

    found = previewed(register, rows.format("5月31日"), JULY, as_of=APRIL)

    assert questions(found) == [("plan.csv", ("register", "file"))]


def test_an_assumed_date_is_not_defended_against_an_older_file(register: Database) -> None:
    write(register, previewed(register, "Code|Task|Milestones\nX-1|Sow the meadow|播种", JUNE), day=JUNE)

    found = previewed(register, "Code|Task|Milestones\nX-1|Sow the meadow|5月31日前：播种", JULY, as_of=APRIL)

    assert (questions(found), list(found.conflicts)) == ([], [])
    assert [change.new for item in found.changed for part in item.changed_parts for change in part.written] == [
        date(2020, 5, 31)
    ]


def test_a_file_of_today_is_not_asked_about(register: Database) -> None:
    assert questions(previewed(register, OLDER.format("Dug"), JULY)) == []


def test_the_day_that_a_file_without_reports_names_is_its_day(register: Database) -> None:
    rows = "\n".join(line.rsplit("|", 1)[0] for line in OLDER.split("\n"))

    found = previewed(register, f"截至2020年4月底|||\n{rows}", JULY)

    assert [key for key, _ in questions(found)] == ["plan.csv"]


def test_files_that_are_imported_in_their_order_are_not_asked_about(sqlite_register: Database) -> None:
    """What the file of May changed holds from the day of its import, but it is of May."""
    may = date(2020, 5, 31)
    for tasks, day in ((ROWS, APRIL), (OLDER, may)):
        found = previewed(sqlite_register, tasks.format(day.month), JULY, as_of=day)
        assert questions(found) == []
        write(sqlite_register, found, day=JULY)
    assert questions(previewed(sqlite_register, ROWS.format("Sown"), JULY, as_of=JUNE)) == []
    assert questions(previewed(sqlite_register, ROWS.format("Dug"), JULY, as_of=APRIL)) == [
        ("plan.csv", ("register", "file"))
    ]
