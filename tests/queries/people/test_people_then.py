"""The people and organisations that lists name as of a past day."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from planner.domain.vocabulary import Role
from planner.queries.people.organisations_then import listed_organisations_then
from planner.queries.people.people_then import people_then, person_then
from planner.queries.plans.earlier_imports import day_of_beginning
from planner.queries.search.global_search import read_global_search
from planner.register.reading import Reading
from planner.store.database import Database
from planner.writes.people.adding import NewPerson, add_person
from planner.writes.people.changing import PersonEdit, change_person
from planner.writes.plan_changes.organisations import add_organisation, merge_organisation, rename_organisation
from planner.writes.plan_changes.themes import add_theme, remove_theme, rename_theme
from tests.factories import ACTOR, noon, reading_of, writing_by
from tests.writes.plan_changes.acts import MAY, WHY, act

if TYPE_CHECKING:
    from planner.queries.items.views import ItemView

BEFORE, LATER = MAY - timedelta(days=1), MAY + timedelta(days=7)


def on(database: Database, day: date, write: object, *given: object) -> None:
    with database.writing() as session:
        write(writing_by(session, ACTOR, noon(day)), *given)  # type: ignore[operator]


def told(reading: Reading) -> object:
    """The people, the organisations with their ends, and what a search for them finds."""
    no_items: list[ItemView] = []
    found = read_global_search(reading, no_items).find("o")
    return people_then(reading), listed_organisations_then(reading), found.organisations, found.titles


def test_lists_and_searches_are_those_of_the_day_and_of_the_instant(register: Database) -> None:
    on(register, MAY, add_person, NewPerson("cleo", "Cleo", Role.OFFICER, "town-archive"))
    on(register, MAY, add_organisation, "tide-board", "Board of Tides")
    act(register, add_theme, "Old ice", WHY)
    with register.reading() as session:
        then = told(reading_of(session, MAY))

    day = MAY + timedelta(days=1)
    act(register, rename_organisation, "harbour-office", "Port Office", WHY, day=day)
    act(register, merge_organisation, "tide-board", "harbour-office", WHY, day=day)
    act(register, rename_theme, "1", WHY, title="Quays of old", day=day)
    act(register, remove_theme, "3", WHY, day=day)
    on(register, day, change_person, "cleo", PersonEdit(name="Cleo Quay", organisation="harbour-office"), WHY)
    on(register, LATER, change_person, "cleo", PersonEdit(active=False), WHY)
    on(register, LATER, add_person, NewPerson("emil", "Emil", Role.MANAGER))
    on(register, LATER, add_organisation, "ferry-board", "Board of Ferries")

    with register.reading() as session:
        assert told(reading_of(session, MAY)) == then
        assert told(reading_of(session, LATER, noon(MAY) + timedelta(hours=1))) == then
        # As of a later day, only what was recorded after the instant is left out.
        between = people_then(reading_of(session, LATER, noon(day) + timedelta(hours=1)))
        assert [(one.name, one.active) for one in between if one.login == "cleo"] == [("Cleo Quay", True)]
        bodies = {one.key: one for one in listed_organisations_then(reading_of(session, day))}
    ended = bodies["tide-board"].ended
    assert ended is not None
    assert (ended.as_of, ended.into_name) == (day, "Port Office")
    assert "ferry-board" not in bodies


def test_what_came_with_the_plan_was_there_from_its_beginning(register: Database) -> None:
    with register.reading() as session:
        first = reading_of(session, date(2019, 6, 1))
        assert [one.key for one in listed_organisations_then(first)] == ["harbour-office", "town-archive"]
        assert {"ada", "brook"} <= {one.login for one in people_then(first)}


def test_who_joined_by_an_act_is_there_from_its_day_and_not_from_the_plans_beginning(register: Database) -> None:
    with register.reading() as session:
        began = day_of_beginning(reading_of(session, MAY))
    joined = began - timedelta(days=1)
    with register.writing() as session:
        new = NewPerson("jo", "Jo", Role.MANAGER)
        add_person(writing_by(session, ACTOR, noon(began)), new, WHY, as_of=joined)
    with register.reading() as session:
        days = (joined - timedelta(days=1), joined, began)
        there = ["jo" in [one.login for one in people_then(reading_of(session, day))] for day in days]
    assert there == [False, True, True]


def test_a_removed_theme_is_not_found(register: Database) -> None:
    act(register, add_theme, "Old ice", WHY)
    act(register, remove_theme, "3", WHY)
    with register.reading() as session:
        assert read_global_search(reading_of(session), []).find("ice").titles == ()


def test_a_person_is_in_the_organisation_of_the_day_and_may_have_left(register: Database) -> None:
    on(register, MAY, add_person, NewPerson("cleo", "Cleo", Role.OFFICER, "town-archive"))
    day = MAY + timedelta(days=1)
    act(register, merge_organisation, "town-archive", "harbour-office", WHY, day=day)
    on(register, LATER, change_person, "cleo", PersonEdit(active=False), WHY)

    def then(day: date) -> tuple[str, bool]:
        with register.reading() as session:
            found = person_then(reading_of(session, day), "cleo")
        assert found is not None
        assert found.organisation is not None
        return found.organisation.key, found.active

    assert then(MAY) == ("town-archive", True)
    assert then(day) == ("harbour-office", True)
    assert then(LATER) == ("harbour-office", False)
    with register.reading() as session:
        assert person_then(reading_of(session, MAY), "nobody") is None
