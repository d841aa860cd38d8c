"""What an import says of reports for a past day: newer ones exist, or the day in the file can be that of last month."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Connection, event

from planner.domain.rules.settings import Settings
from planner.intake.comparing.preview import Preview
from planner.intake.comparing.reading.other_reports import read_other_reports
from planner.intake.comparing.reading.plan_rows import PlanRows
from planner.intake.preview_text import preview_lines
from planner.intake.previewing import preview_sheets
from planner.intake.proposed import Severity
from planner.intake.wishes import Wishes
from planner.queries.items.register import read_item
from planner.register.point import Point
from planner.store.database import Database
from tests.factories import ACTOR, OFFICER, reading_of, report
from tests.intake.imports import write
from tests.intake.layout.written import sheet_of

APRIL, MAY, JUNE = date(2020, 4, 2), date(2020, 5, 4), date(2020, 6, 3)
STATED = "截至2020年3月底||\nCode|Task|Progress\n"
MARCH = STATED + "X-1|Sow|Seed bought\nX-2|Mow|Mower bought\nX-3|Rake|Rake bought\nX-4|Dig|Begun"


def previewed(database: Database, tasks: str, day: date, *, file: str = "plan.csv", **said: Any) -> Preview:
    with database.reading() as session:
        return preview_sheets(reading_of(session, day), ACTOR, [sheet_of(tasks, file=file)], [], Wishes(**said))


def lines_of(preview: Preview) -> list[str]:
    return list(preview_lines(preview, "Harbour", Settings()))


@pytest.fixture
def register(sqlite_register: Database) -> Database:
    """A register with the reports of March."""
    write(sqlite_register, previewed(sqlite_register, MARCH, APRIL), day=APRIL)
    return sqlite_register


def test_reports_older_than_the_newest_of_their_items_are_told(register: Database) -> None:
    for code in ("X-1", "X-2"):
        report(register, code, as_of=date(2020, 4, 28), actor=OFFICER, done="Sown.")
    file = MARCH.replace("3月底", "4月10日").replace("bought", "sown").replace("Begun", "Dug")

    found = previewed(register, file, MAY)

    newer = [item.report.newer for item in found.changed if item.report]
    assert newer == [date(2020, 4, 28), date(2020, 4, 28), None, None]
    assert lines_of(found)[2] == (
        "4 reports, all as of 2020-04-10 (week 2020-W15). 2 of them are older than the newest reports of their items: "
        "they are recorded, and change nothing that is shown today."
    )
    report(register, "X-3", as_of=date(2020, 4, 28), actor=OFFICER, done="Sown.")
    assert not any("older than" in line for line in lines_of(previewed(register, file, MAY, as_of=date(2020, 4, 29))))


def test_another_file_for_the_same_day_with_other_words_is_asked_about(register: Database) -> None:
    file = MARCH.replace("bought", "used")

    (asked,) = previewed(register, file, JUNE, file="second.csv").blockers

    assert (asked.severity, asked.key) == (Severity.QUESTION, "second.csv date")
    assert asked.choices == ("2020-03-31", "2020-04-30", "2020-05-31", "2020-06-03")
    assert asked.what == (
        "the reports would count as of 2020-03-31, which the file names (second.csv!A1). An earlier import has reports "
        "for this day already, and 3 of 4 would change"
    )
    for day in (date(2020, 3, 31), date(2020, 4, 30)):
        answered = previewed(register, file, JUNE, file="second.csv", answers={asked.key: str(day)})
        assert (answered.as_of, answered.blockers) == (day, ())
    (again,) = previewed(register, file, JUNE, file="second.csv", answers={asked.key: "tomorrow"}).blockers
    assert again.what == f"the answer 'tomorrow' does not fit: {asked.what}"
    # Whoever gives the day is not asked.
    assert previewed(register, file, JUNE, as_of=date(2020, 3, 31)).blockers == ()


def test_a_corrected_file_for_the_same_day_is_not_asked_about(register: Database) -> None:
    found = previewed(register, MARCH.replace("Mower bought", "Mower hired"), JUNE)

    assert (found.as_of, found.blockers) == (date(2020, 3, 31), ())
    assert previewed(register, MARCH, JUNE).blockers == ()


def test_reports_of_officers_for_the_same_day_are_no_earlier_import(sqlite_register: Database) -> None:
    report(sqlite_register, "T-001", as_of=date(2020, 3, 31), actor=OFFICER, done="Dug.")

    assert previewed(sqlite_register, STATED + "T-001|Mend the quays|Dug deeper", JUNE).blockers == ()


TOLD = [
    ("4月25日已完成", "2020-04-25"),
    ("3月完成初稿；4月25日召开会议，计划6月1日开工", "2020-04-25"),
    ("Opened on 25 April", "2020-04-25"),
    ("4월 25일 착공", "2020-04-25"),
    # Days of a plan, of a deadline and of the month itself.
    ("计划4月25日完成", None),
    ("4月25日前完成", None),
    ("下一步4月25日召开会议", None),
    ("To be opened on 25 April", None),
    ("3月25日已完成", None),
    ("4月完成初稿", None),
    # A day that is still to come.
    ("6月25日开工", None),
]


@pytest.mark.parametrize(("words", "day"), TOLD)
def test_a_day_in_the_words_of_progress_after_that_of_the_file_is_asked_about(
    sqlite_register: Database, words: str, day: str | None
) -> None:
    file = f"{STATED}X-1|Sow|Seed bought\nX-2|Mow|{words}"

    asked = previewed(sqlite_register, file, JUNE).blockers

    assert [one.what for one in asked] == (
        []
        if day is None
        else [
            "the reports would count as of 2020-03-31, which the file names (plan.csv!A1). But its rows tell of later "
            f"days, such as {day} (plan.csv!C4)"
        ]
    )
    assert previewed(sqlite_register, file, JUNE, answers={"plan.csv date": "2020-03-31"}).blockers == ()


def test_the_heading_of_changed_items_says_from_which_day_their_facts_hold(register: Database) -> None:
    moved = previewed(register, "Code|Task\nX-1|Sow the meadow", JUNE, as_of=APRIL)
    reported = previewed(register, "Code|Task|Progress\nX-1|Sow|Sown", JUNE, as_of=APRIL)

    assert "Changed items. Their new facts hold from 2020-06-03:" in lines_of(moved)
    assert "Changed items:" in lines_of(reported)
    # A plan that is long over is changed as of its last day.
    with register.reading() as session:
        ended = replace(reading_of(session), point=Point(date(2020, 12, 31), None, date(2022, 1, 1)))
        later = preview_sheets(ended, ACTOR, [sheet_of("Code|Task\nX-1|Sow the meadow")], [], Wishes())
    assert later.changed_on == date(2020, 12, 31)
    write(register, moved, day=JUNE)
    with register.reading() as session:
        titles = {day: read_item(reading_of(session, day), "X-1").title for day in (APRIL, JUNE)}
    assert titles == {APRIL: "Sow", JUNE: "Sow the meadow"}


def test_the_month_of_which_the_rows_tell_is_the_first_that_is_offered(sqlite_register: Database) -> None:
    file = f"{STATED}X-1|Sow|Seed bought\nX-2|Mow|5月25日已完成"

    (asked,) = previewed(sqlite_register, file, date(2020, 12, 1)).blockers

    assert asked.choices == ("2020-03-31", "2020-05-31", "2020-06-30", "2020-07-31", "2020-12-01")


def test_themes_whose_items_all_move_into_one_new_theme_are_told(sqlite_register: Database) -> None:
    """Neither of the two has only another title."""
    file = "Code|Task|Theme\nX-1|Sow|Meadows\nX-2|Mow|Lakes"
    write(sqlite_register, previewed(sqlite_register, file, APRIL), day=APRIL)

    found = previewed(sqlite_register, file.replace("Meadows", "Green").replace("Lakes", "Green"), APRIL)

    what = "all items of the theme '{}' move into the new theme 'Green'"
    assert [one.what for one in found.problems] == [what.format("Meadows"), what.format("Lakes")]


def test_imported_reports_of_the_day_are_looked_up_one_by_one_and_not_all_for_each_item(sqlite_register: Database):
    """Otherwise, 10,000 items took 24 s of a processor, and ten times as many a hundred times as long."""
    explained: list[str] = []

    def explain(connection: Connection, _cursor: object, statement: str, values: Any, *_: object) -> None:
        if "audit_event" in statement and "DISTINCT" in statement and not statement.startswith("EXPLAIN"):
            explained.extend(row[-1] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values))

    with sqlite_register.reading() as session:
        event.listen(session.connection(), "before_cursor_execute", explain)
        read_other_reports(PlanRows(reading_of(session, APRIL)))
    assert [step.partition(" (")[2] for step in explained if step.startswith("SEARCH status_update")] == [
        "item_id=? AND as_of=?)"
    ]
    assert [step.partition(" (")[2] for step in explained if "audit_event" in step] == ["table_name=? AND row_id=?)"]
