"""The facts of a file that is older than what the register has of the same items are asked about, once for the file."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from planner.intake.comparing.preview import Preview
from planner.intake.files.reading import ImportedFile
from planner.intake.item_text import changed_item_text
from planner.intake.preview_text import conflict_text
from planner.intake.previewing import preview_sheets
from planner.intake.proposed import Field, Severity
from planner.intake.wishes import Wishes
from planner.store.database import Database
from planner.writes.undo import undo
from tests.factories import ACTOR, meet, noon, observed, reading_of, report, writing_by
from tests.intake.imports import write
from tests.intake.layout.written import sheet_of

APRIL, JUNE, JULY = date(2020, 4, 30), date(2020, 6, 30), date(2020, 7, 31)
ROWS = "Code|Task|Lead|Due|Progress\nX-1|Sow the meadow|Roads|2020-09-30|{0}\nX-2|Mow the meadow|Roads|2020-09-30|{0}"
OLDER = ROWS.replace("Sow the meadow|Roads|2020-09-30", "Sow it|Schools|2020-10-31")


def previewed(database: Database, tasks: str, today: date, name: str = "plan.csv", **said: Any) -> Preview:
    return previewed_together(database, {name: tasks}, today, **said)


def previewed_together(database: Database, tasks: Mapping[str, str], today: date, **said: Any) -> Preview:
    files = [ImportedFile(name, ("ab" if name == "plan.csv" else "cd") * 32) for name in tasks]
    sheets = [sheet_of(text, file=name) for name, text in tasks.items()]
    with database.reading() as session:
        return preview_sheets(reading_of(session, today), ACTOR, sheets, [], Wishes(**said), files=files)


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
    # The answer is kept for the values too, so that a file that was only saved again is not asked about.
    assert questions(previewed(register, older, JULY, "again.csv", as_of=APRIL)) == []
    assert questions(previewed(register, older, JULY, "may.csv", as_of=date(2020, 5, 31))) == [
        ("may.csv", ("register", "file"))
    ]


def test_one_fact_can_be_decided_otherwise(register: Database) -> None:
    answers = {"plan.csv": "register", "X-1 title": "file"}

    found = previewed(register, OLDER.format("Dug"), JULY, as_of=APRIL, answers=answers)

    assert [one.field for item in found.changed for one in item.written] == [Field.TITLE]
    # What a person took is among the changes of its item.
    (changed,) = [changed_item_text(found, one, {}) for one in found.written if one.code == "X-1"]
    assert "title: Sow the meadow (registered) → Sow it" in changed


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


def list_of(month: int, *codes: str, lead: str = "Roads") -> str:
    """A list without reports that names the last day of a month as its day. Its titles name the month too."""
    rows = "\n".join(f"{code}|Sow field {code} ({month})|{lead}" for code in codes)
    return f"截至2020年{month}月底||\nCode|Task|Lead\n{rows}"


def asked_about(preview: Preview) -> list[str]:
    return [key for key, _ in questions(preview)]


def test_lists_without_reports_are_asked_about_in_no_other_order_than_theirs(sqlite_register: Database) -> None:
    """All are imported on one day, on which their changes hold, but each is of the day that it names."""
    for month in (1, 3, 5):
        found = previewed(sqlite_register, list_of(month, "X-1"), JULY)
        assert asked_about(found) == []
        write(sqlite_register, found, day=JULY)

    for month in (3, 1):
        assert asked_about(previewed(sqlite_register, list_of(month, "X-1"), JULY)) == ["plan.csv"]


def test_an_item_is_as_new_as_the_list_that_added_it(sqlite_register: Database) -> None:
    write(sqlite_register, previewed(sqlite_register, list_of(5, "X-1"), JULY), day=JULY)

    assert asked_about(previewed(sqlite_register, list_of(3, "X-1"), JULY)) == ["plan.csv"]
    assert asked_about(previewed(sqlite_register, "Code|Task|Lead\nX-1|Sow it|Roads", JULY)) == []


def test_files_imported_together_are_each_of_their_own_day(sqlite_register: Database) -> None:
    lists = {"jan.csv": list_of(1, "X-1"), "may.csv": list_of(5, "X-2")}
    write(sqlite_register, previewed_together(sqlite_register, lists, JULY), day=JULY)

    # Of what was imported together, only the item of May is newer than March.
    both = list_of(3, "X-1", "X-2", lead="Schools")
    assert [item.code for item, _ in previewed(sqlite_register, both, JULY).conflicts] == ["X-2", "X-2"]
    # Of what is imported together, only the file of January is older than the register.
    later = {"jan2.csv": list_of(1, "X-2", lead="Schools"), "june.csv": list_of(6, "X-1", lead="Schools")}
    assert asked_about(previewed_together(sqlite_register, later, JULY)) == ["jan2.csv"]


def test_the_day_in_the_name_of_a_file_is_proposed(register: Database) -> None:
    rows = "\n".join(line.rsplit("|", 1)[0] for line in OLDER.split("\n"))

    found = previewed(register, rows, JULY, "plan_2020W20.csv")

    assert questions(found) == [("plan_2020W20.csv", ("register", "file"))]
    assert found.blockers[0].what.startswith("does this file say what was so on 2020-05-17? Its name or a title has")
    assert asked_about(previewed(register, rows, JULY, "plan_20200701.csv")) == []
    taken = previewed(register, rows, JULY, "plan_2020W20.csv", answers={"plan_2020W20.csv": "file"})
    assert ([len(item.written) for item in taken.changed], questions(taken)) == ([3], [])


def test_what_officers_report_says_nothing_of_titles_and_leads(sqlite_register: Database) -> None:
    rows = "Code|Task|Lead|Milestones|Indicators\n{0}-1|{1}|Roads|6月30日前：播种|\n{0}-2|{1}|Roads||面积达到20公顷"
    write(sqlite_register, previewed(sqlite_register, rows.format("X", "Sow the meadow"), APRIL), day=APRIL)
    meet(sqlite_register, "X-1", 1, JUNE)
    observed(sqlite_register, "X-2", 1, 5, as_of=JUNE)
    report(sqlite_register, "X-2", as_of=JUNE)

    found = previewed(sqlite_register, rows.format("X", "Sow it"), JULY, as_of=date(2020, 5, 31))

    assert (asked_about(found), list(found.conflicts)) == ([], [])
    assert [[one.field for one in item.written] for item in found.changed] == [[Field.TITLE], [Field.TITLE]]


def test_what_a_newer_file_removed_is_not_put_back_without_a_question(sqlite_register: Database) -> None:
    rows = "Code|Task|Lead|Supporting|Note|Progress\nX-1|Sow the meadow|Roads|{}|{}"
    march = date(2020, 3, 31)
    for text, day in (("Schools|Paid by the state|Sowing", APRIL), ("||Sown", JUNE)):
        write(sqlite_register, previewed(sqlite_register, rows.format(*text.split("|", 1)), JULY, as_of=day), day=JULY)
    older = rows.format("Schools", "Paid by the state|Seed bought")

    found = previewed(sqlite_register, older, JULY, as_of=march)

    assert asked_about(found) == ["plan.csv"]
    assert {one.change.field for _, one in found.conflicts} == {Field.SUPPORTING, Field.NOTE}
    # What no file removed is not asked about, however new the other facts are.
    added = previewed(sqlite_register, "Code|Task|Source\nX-1|Sow the meadow|Minutes of May", JULY, as_of=march)
    assert (asked_about(added), len(added.changed)) == ([], 1)


def test_an_import_that_was_undone_makes_nothing_newer(sqlite_register: Database) -> None:
    for month in (1, 5):
        write(sqlite_register, previewed(sqlite_register, list_of(month, "X-1"), JULY), day=JULY)
    with sqlite_register.writing() as session:
        undo(writing_by(session, ACTOR, noon(JULY), JULY), import_only=True)

    found = previewed(sqlite_register, list_of(3, "X-1"), JULY)

    assert (asked_about(found), len(found.changed)) == ([], 1)


def test_a_code_of_the_program_gives_way_to_that_of_an_older_file(sqlite_register: Database) -> None:
    newer = "Task|Lead|Progress\nSow the long meadow|Roads|Sown"
    write(sqlite_register, previewed(sqlite_register, newer, JULY, as_of=JUNE), day=JULY)

    found = previewed(sqlite_register, "Code|Task|Lead\nN-7|Sow the long meadow|Roads", JULY, as_of=APRIL)

    assert asked_about(found) == []
    assert [(one.old, one.new) for item in found.changed for one in item.written] == [("nocode-1", "N-7")]


def test_the_day_that_is_chosen_for_the_reports_of_a_file_decides_about_its_facts_too(register: Database) -> None:
    name, older = "plan_20200430.csv", OLDER.format("Dug")

    asked = previewed(register, older, JULY, name)
    of_april = previewed(register, older, JULY, name, answers={f"{name} date": str(APRIL)})
    of_today = previewed(register, older, JULY, name, answers={f"{name} date": str(JULY)})

    assert questions(asked) == [(f"{name} date", (str(APRIL), str(JULY)))]
    assert (asked_about(of_april), {one.change.field for _, one in of_april.conflicts}) == (
        [],
        {Field.TITLE, Field.LEAD, Field.DUE},
    )
    assert (asked_about(of_today), list(of_today.conflicts)) == ([], [])
    unreported = previewed(register, older.replace("Dug", "Sown"), JULY, name)
    assert asked_about(unreported) == [f"{name} date"]
