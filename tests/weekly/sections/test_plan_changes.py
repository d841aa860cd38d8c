"""The section `plan_changes`."""

from collections import Counter
from datetime import date, timedelta

import pytest

from planner.domain.rules.weeks import Week
from planner.domain.vocabulary import Role
from planner.weekly.sections.movements import MOVEMENTS
from planner.weekly.sections.plan_changes import PLAN_CHANGES
from planner.writes.people.adding import NewPerson, add_person
from planner.writes.people.changing import PersonEdit, change_person
from planner.writes.plan_changes.items import NewItem, add_item
from planner.writes.plan_changes.kinds import rename_kind
from planner.writes.plan_changes.organisations import add_organisation, merge_organisation, rename_organisation
from planner.writes.plan_changes.themes import add_theme, move_theme, rename_theme
from planner.writes.plans.closing import close_plan
from planner.writes.plans.edit_plan import PlanEdit, edit_plan
from tests.factories import ACTOR, noon, plan_of, writing_by
from tests.weekly.sections.test_movements import told
from tests.weekly.week import section_rows
from tests.writes.plan_changes.acts import WHY, act

THURSDAY = date(2020, 4, 2)
PLAN = "Harbour Town work plan 2020"


def test_organisations_and_the_plan_are_told_of_with_reasons_the_most_serious_first(register):
    with register.writing() as session:
        add_organisation(writing_by(session, ACTOR, noon(THURSDAY)), "tide-board", "Tide Board", "Tides")
    act(register, rename_organisation, "tide-board", "Tide and Ice Board", WHY, day=date(2020, 3, 31))
    act(register, merge_organisation, "tide-board", "town-archive", WHY, day=THURSDAY)
    act(register, rename_organisation, "harbour-office", "Port Office", "New statute.", day=date(2020, 4, 1))
    with register.writing() as session:
        close_plan(writing_by(session, ACTOR, noon(date(2020, 4, 3))), "The year is over.")
    rows = section_rows(register, PLAN_CHANGES)
    assert told(rows, "change", "of", "key", "number", "name", "from", "to", "reason", "on", "recorded_by") == [
        (
            *("renamed", "organisation", "tide-board", 1, "Tide Board", "Tide Board", "Tide and Ice Board"),
            *(WHY, date(2020, 3, 31), "ada"),
        ),
        (
            *("merged", "organisation", "tide-board", 2, "Tide and Ice Board", None, "Town Archive"),
            *(WHY, THURSDAY, "ada"),
        ),
        (
            *("closed", "plan", "harbour-2020", 1, PLAN, None, None),
            *("The year is over.", date(2020, 4, 3), "ada"),
        ),
        (
            *("renamed", "organisation", "harbour-office", 1, "Harbour Office", "Harbour Office", "Port Office"),
            *("New statute.", date(2020, 4, 1), "ada"),
        ),
    ]
    assert section_rows(register, PLAN_CHANGES, week=Week(2020, 15)) == []
    assert section_rows(register, PLAN_CHANGES, known_at=noon(date(2020, 3, 30))) == []


def test_what_acts_changed_about_themes_and_facts_of_the_plan_is_told(register):
    act(register, add_theme, "Ice", WHY, day=THURSDAY)
    act(register, rename_theme, "1", WHY, title="Quays", day=THURSDAY)
    act(register, move_theme, "2", WHY, inside="1", day=THURSDAY)
    act(register, edit_plan, PlanEdit(ends=date(2021, 1, 31), title="Harbour plan"), WHY, day=THURSDAY)
    rows = section_rows(register, PLAN_CHANGES)
    assert told(rows, "change", "of", "key", "name", "fact", "from", "to") == [
        ("renamed", "plan", "harbour-2020", PLAN, "title", PLAN, "Harbour plan"),
        ("edited", "plan", "harbour-2020", "Harbour plan", "ends", "2020-12-31", "2021-01-31"),
        ("moved", "theme", "2", "Rooms and charts", "inside", None, "Quays"),
        ("renamed", "theme", "1", "Quays and lights", "title", "Quays and lights", "Quays"),
        ("added", "theme", "3", "Ice", "added", None, "Ice"),
    ]


def test_an_act_that_holds_from_an_earlier_day_is_in_the_week_in_which_it_was_recorded(register):
    act(register, rename_theme, "1", WHY, title="Quays", day=date(2020, 3, 25), at=noon(THURSDAY))
    act(register, rename_organisation, "harbour-office", "Port", WHY, day=date(2020, 3, 25), at=noon(THURSDAY))
    rows = section_rows(register, PLAN_CHANGES)
    assert told(rows, "change", "of", "fact", "to", "on") == [
        ("recorded_late", "theme", "title", "Quays", date(2020, 3, 25)),
        ("recorded_late", "organisation", "renamed", "Port", date(2020, 3, 25)),
    ]
    of_its_day = section_rows(register, PLAN_CHANGES, week=Week(2020, 13))
    assert told(of_its_day, "change", "of", "fact", "to", "on") == [
        ("renamed", "theme", "title", "Quays", date(2020, 3, 25)),
        ("renamed", "organisation", None, "Port", date(2020, 3, 25)),
    ]
    assert section_rows(register, PLAN_CHANGES, known_at=noon(date(2020, 4, 1))) == []
    assert section_rows(register, PLAN_CHANGES, week=Week(2020, 15)) == []


def test_acts_on_people_are_told_of_and_people_of_the_first_list_are_not(register):
    archivist = NewPerson("cleo", "Cleo", Role.OFFICER, "town-archive")
    with register.writing() as session:
        add_person(writing_by(session, ACTOR, noon(THURSDAY)), NewPerson("emil", "Emil", Role.MANAGER))
    act(register, add_person, archivist, WHY, day=date(2020, 3, 31))
    act(register, change_person, "cleo", PersonEdit(name="Cleo Quay", role=Role.MANAGER), WHY, day=THURSDAY)
    act(register, merge_organisation, "town-archive", "harbour-office", WHY, day=THURSDAY)
    act(register, change_person, "brook", PersonEdit(active=False), "He retires.", day=date(2020, 4, 1))
    act(register, change_person, "brook", PersonEdit(active=True), "He is back.", day=THURSDAY)
    rows = section_rows(register, PLAN_CHANGES)
    assert told([row for row in rows if row["of"] == "person"], "change", "key", "name", "fact", "from", "to") == [
        ("left", "brook", "Brook", None, None, None),
        ("came-back", "brook", "Brook", None, None, None),
        ("added", "cleo", "Cleo", None, None, None),
        ("renamed", "cleo", "Cleo", "name", "Cleo", "Cleo Quay"),
        ("edited", "cleo", "Cleo Quay", "role", "officer", "manager"),
        ("moved", "cleo", "Cleo Quay", "organisation", "Town Archive", "Harbour Office"),
    ]


def test_what_is_added_and_renamed_on_one_day_is_told_in_that_order_and_with_the_names_of_then(register):
    act(register, add_theme, "Ice", WHY, day=THURSDAY)
    act(register, rename_theme, "3", WHY, title="Ice and snow", day=THURSDAY)
    act(register, rename_theme, "3", WHY, title="Winter", day=THURSDAY)
    rows = section_rows(register, PLAN_CHANGES)
    assert told(rows, "change", "key", "number", "name", "to") == [
        ("added", "3", 1, "Ice", "Ice"),
        ("renamed", "3", 2, "Ice", "Ice and snow"),
        ("renamed", "3", 3, "Ice and snow", "Winter"),
    ]


def test_a_kind_of_items_is_told_of_with_its_key(register):
    kind = plan_kinds(register)[0]
    act(register, rename_kind, kind.key, WHY, title="Duty", day=date(2020, 3, 31))
    act(register, rename_kind, kind.key, WHY, title="Main duty", day=THURSDAY)
    rows = section_rows(register, PLAN_CHANGES)
    assert told(rows, "change", "of", "key", "name", "fact", "from", "to") == [
        ("renamed", "kind", kind.key, kind.title, "title", kind.title, "Duty"),
        ("renamed", "kind", kind.key, "Duty", "title", "Duty", "Main duty"),
    ]


def plan_kinds(database):
    with database.reading() as session:
        return plan_of(session).kinds


@pytest.mark.parametrize("late", [0, 7, 21])
def test_each_act_is_new_in_one_week_whenever_it_was_recorded(register, late):
    day = date(2020, 3, 25)
    at = noon(day + timedelta(days=late))
    act(register, add_theme, "Ice", WHY, day=day, at=at)
    act(register, rename_organisation, "harbour-office", "Port", WHY, day=day, at=at)
    act(register, change_person, "brook", PersonEdit(active=False), WHY, day=day, at=at)
    new = NewItem("N-1", "Write the tide tables", "1", "town-archive", date(2020, 11, 30), "task")
    act(register, add_item, new, WHY, day=day, at=at)
    weeks = [Week(2020, number) for number in range(12, 19)]
    rows = [row for week in weeks for row in section_rows(register, PLAN_CHANGES, week=week)]
    found = Counter(row["key"] for row in rows if row["change"] != "recorded_late")
    assert found == {"3": 1, "harbour-office": 1, "brook": 1}
    moved = [row for week in weeks for row in section_rows(register, MOVEMENTS, week=week)]
    assert [row["movement"] for row in moved if row["code"] == "N-1"].count("new") == 1
