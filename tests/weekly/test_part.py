"""A week about a part of the plan: the same facts as in the file of the whole plan, about fewer items."""

from datetime import date
from typing import Any

import pytest

from planner.domain.vocabulary import Confidence
from planner.store.database import Database
from planner.tables.csv_form import csv_bytes
from planner.tables.table import Filled
from planner.weekly.brief.making import BRIEF_SECTIONS, brief_of
from planner.weekly.contents import SECTIONS, fill_all
from planner.weekly.item_lines import items_header, read_item_lines
from planner.weekly.over_weeks import read_courses
from planner.weekly.part import PlanPart
from planner.weekly.reading import WeekReading, open_week
from planner.weekly.sections.items import ITEMS
from planner.weekly.sections.totals import TOTALS
from planner.writes.plan_changes.items import move_item
from tests.factories import meet, reading_of, report
from tests.weekly.week import LATER, W14
from tests.writes.plan_changes.acts import act

PARTS = [
    PlanPart(themes=(1,)),
    PlanPart(themes=(2,)),
    PlanPart(leads=("harbour-office",), lead_names=("Harbour office",)),
    PlanPart((2,), ("town-archive",), ("Town archive",)),
    PlanPart((1,), ("town-archive",), ("Town archive",)),
]

# Rows of these are about the plan, or about groups of items.
OF_GROUPS = ("totals", "plan_changes")


@pytest.fixture
def told(register: Database) -> Database:
    """A week in which items of both themes moved."""
    report(register, "T-001", as_of=date(2020, 3, 25), percent=10, confidence=Confidence.GREEN)
    report(register, "T-001", as_of=date(2020, 4, 2), confidence=Confidence.RED, done="Ice.", help_needed="Timber.")
    report(register, "P-002", as_of=date(2020, 4, 3), percent=30)
    meet(register, "P-001", 1, date(2020, 4, 1))
    return register


def opened(session: Any, part: PlanPart) -> WeekReading:
    return open_week(reading_of(session), now=LATER, week=W14, part=part)


def values_of(filled: Filled[Any]) -> list[dict[str, Any]]:
    return [filled.values(row) for row in filled.rows]


@pytest.mark.first_cases(2)
@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.suffix)
def test_each_section_about_items_has_the_rows_of_the_whole_file_about_them(told: Database, part: PlanPart) -> None:
    with told.reading() as session:
        whole, chosen = (fill_all(opened(session, one)) for one in (PlanPart(), part))
        codes = {item.code for item in part.of(opened(session, PlanPart()).items)}
    for name in (section.name for section in SECTIONS if section.name not in OF_GROUPS):
        expected = [row for row in values_of(whole.section(name)) if row["code"] in codes]
        assert [row for row in values_of(chosen.section(name)) if row.get("of") != "theme"] == expected, name
    assert {row["code"] for row in values_of(chosen.section("items"))} == codes


def _totals(session: Any, part: PlanPart) -> list[dict[str, Any]]:
    return values_of(fill_all(opened(session, part), [TOTALS]).sections[0])


def test_the_totals_of_a_theme_are_its_row_in_the_whole_file(told: Database) -> None:
    with told.reading() as session:
        whole, chosen = (_totals(session, one) for one in (PlanPart(), PARTS[0]))
    (theme,) = [row for row in chosen if row["by"] == "theme"]
    assert theme in whole
    names = ("by", "key", "name")
    plan = chosen[0]
    assert plan["name"] == "Harbour Town work plan 2020"
    assert {name: plan[name] for name in plan if name not in names} == {
        name: theme[name] for name in theme if name not in names
    }


def test_the_course_of_the_weeks_is_that_of_the_part(told: Database) -> None:
    with told.reading() as session:
        whole, chosen = (read_courses(opened(session, one)) for one in (PlanPart(), PARTS[0]))
    assert [course.name for course in chosen] == ["The plan", "1 Quays and lights"]
    assert chosen[0].standings == chosen[1].standings == whole[1].standings


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.suffix)
def test_rows_that_are_written_while_they_are_read_are_those_of_the_section(told: Database, part: PlanPart) -> None:
    with told.reading() as session:
        reading = opened(session, part)
        lines = [piece.lines.content for piece in read_item_lines(reading, ITEMS, told.url)]
        filled = fill_all(opened(session, part), [ITEMS]).sections[0]
    written = items_header(reading, ITEMS) + b"".join(lines)
    assert written == b"".join(csv_bytes(filled.columns, filled.rows))


def test_an_item_that_came_from_another_part_is_compared_with_itself(told: Database) -> None:
    report(told, "T-003", as_of=date(2020, 3, 20), percent=40)
    act(told, move_item, "T-003", "The office took it over.", lead="harbour-office", day=date(2020, 4, 2))
    with told.reading() as session:
        reading = opened(session, PARTS[2])
        row = next(row for row in reading.rows if row.item.code == "T-003")
        assert (row.before.actual, row.item.actual) == (40, 40)
        assert len(reading.items) == len(reading.earlier)


def test_the_brief_speaks_of_the_part_and_an_empty_part_has_no_items(told: Database) -> None:
    with told.reading() as session:
        brief, empty = (brief_of(fill_all(opened(session, one), BRIEF_SECTIONS)) for one in (PARTS[0], PARTS[4]))
    assert " of this part of the plan is done" in brief.sentence
    assert brief.title.startswith("Only theme 1 Quays and lights · ")
    assert [theme.name for theme in brief.themes] == ["1 Quays and lights"]
    assert empty.sentence == "This part of the plan has no items."


def test_columns_are_chosen_in_their_order_and_what_labels_a_row_follows() -> None:
    section = ITEMS.choosing(["title", "code", "title", "as_of"])
    assert [column.name for column in section.all_columns] == ["title", "code", "week", "as_of", "data"]
    assert section.key == ITEMS.key
    assert ITEMS.choosing(["title"]).key == ()
