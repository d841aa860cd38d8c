"""The people and the organisations in a register that is exported as of a past day."""

from datetime import date, timedelta
from typing import Any

from planner.domain.vocabulary import Role
from planner.exchange.register.document import register_document, row_values
from planner.exchange.register.tables import register_tables
from planner.intake.comparing.reading.register import read_whole_register
from planner.store.database import Database
from planner.writes.people.adding import NewPerson, add_person
from planner.writes.people.changing import PersonEdit, change_person
from planner.writes.plan_changes.organisations import add_organisation, merge_organisation, rename_organisation
from tests.factories import ACTOR, noon, reading_of, writing_by
from tests.writes.plan_changes.acts import MAY, WHY, act

APRIL, BEFORE = date(2020, 4, 1), MAY - timedelta(days=1)
LATER = MAY + timedelta(days=7)


def exported(database: Database, day: date, table: str) -> list[dict[str, Any]]:
    with database.reading() as session:
        reading = reading_of(session, day)
        document = register_document(register_tables(read_whole_register(reading, then=True)), reading.plan)
    return [row_values(row) for row in document[table]]


def person(database: Database, day: date, write: Any, *args: Any) -> None:
    with database.writing() as session:
        write(writing_by(session, ACTOR, noon(day)), *args)


def test_people_and_organisations_are_those_of_the_day(register: Database) -> None:
    person(register, APRIL, add_person, NewPerson("cleo", "Cleo", Role.OFFICER, "town-archive"))
    person(register, APRIL, add_person, NewPerson("fay", "Fay", Role.OFFICER, "harbour-office"))
    then = [exported(register, BEFORE, table) for table in ("people", "organisations")]
    assert {row["login"] for row in then[0]} >= {"cleo", "fay"}

    act(register, rename_organisation, "harbour-office", "Port Office", WHY)
    act(register, merge_organisation, "town-archive", "harbour-office", WHY, at=noon(LATER))
    person(register, LATER, change_person, "cleo", PersonEdit(name="Cleo Quay", role=Role.MANAGER), WHY)
    person(register, LATER, change_person, "fay", PersonEdit(active=False), WHY)
    person(register, LATER, add_person, NewPerson("emil", "Emil", Role.MANAGER))
    with register.writing() as session:
        add_organisation(writing_by(session, ACTOR, noon(LATER)), "tide-board", "Board of Tides", None)

    assert [exported(register, BEFORE, table) for table in ("people", "organisations")] == then
    # The act on the organisation holds from its day, and the other changes from the day of their record.
    between = {row["login"]: row for row in exported(register, MAY, "people")}
    assert (between["cleo"]["organisation"], between["cleo"]["name"]) == ("Port Office", "Cleo")
    now = {row["login"]: row for row in exported(register, LATER, "people")}
    assert (now["cleo"]["name"], now["fay"]["became"], "emil" in now) == ("Cleo Quay", ["left"], True)
    bodies = {row["key"]: row for row in exported(register, LATER, "organisations")}
    assert bodies["town-archive"]["became"] == [f"merged into Port Office as of {MAY}"]
    assert "tide-board" in bodies
