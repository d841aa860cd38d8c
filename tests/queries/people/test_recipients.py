"""To whom something for an organisation is sent."""

from datetime import date, timedelta

from sqlalchemy import func, select

from planner.domain.vocabulary import OrganisationKind, Role
from planner.queries.people.recipients import read_recipients
from planner.store.database import Database
from planner.store.models import AuditEvent, Organisation
from planner.writes.people.adding import NewPerson, add_person
from planner.writes.people.changing import PersonEdit, change_person
from planner.writes.people.editing import edit_person
from planner.writes.plan_changes.organisations import edit_organisation
from planner.writes.redactions import redact
from tests.factories import ACTOR, noon, reading_of, writing_by

DAY = date(2020, 5, 4)
ARCHIVE = "town-archive"


def recipients(database: Database, known_at: date | None = None) -> dict[str, tuple[str, ...]]:
    """The addresses of each organisation, by its key."""
    with database.reading() as session:
        keys = {body.id: body.key for body in session.query(Organisation)}
        reading = reading_of(session, DAY, noon(known_at) if known_at else None)
        return {keys[body]: addresses for body, addresses in read_recipients(reading).items()}


def give(database: Database, address: str, key: str = ARCHIVE, day: date = DAY) -> None:
    with database.writing() as session:
        edit_organisation(writing_by(session, ACTOR, noon(day)), key, "Asked.", mail_address=address)


def put(database: Database, login: str, role: Role = Role.OFFICER, key: str = ARCHIVE, address: str = "") -> None:
    with database.writing() as session:
        person = NewPerson(login, login, role, key, address or f"{login}@archive.example")
        add_person(writing_by(session, ACTOR, noon(DAY)), person)


def test_the_addresses_of_an_organisation_come_before_those_of_its_officers(register: Database) -> None:
    assert recipients(register) == {}
    put(register, "zoe")
    put(register, "finn")
    put(register, "max", Role.MANAGER)
    put(register, "gone")
    with register.writing() as session:
        change_person(writing_by(session, ACTOR, noon(DAY)), "gone", PersonEdit(active=False), "Left.")
    assert recipients(register) == {ARCHIVE: ("finn@archive.example", "zoe@archive.example")}
    give(register, "a@archive.example, b@archive.example")
    assert recipients(register) == {ARCHIVE: ("a@archive.example", "b@archive.example")}


def test_as_known_earlier_the_addresses_are_those_of_then(sqlite_register: Database) -> None:
    later = DAY + timedelta(days=1)
    give(sqlite_register, "a@archive.example")
    give(sqlite_register, "b@archive.example", day=later)
    assert recipients(sqlite_register, DAY) == {ARCHIVE: ("a@archive.example",)}
    assert recipients(sqlite_register, later) == {ARCHIVE: ("b@archive.example",)}


def test_another_name_of_a_body_has_the_addresses_of_the_body(sqlite_register: Database) -> None:
    with sqlite_register.writing() as session:
        bodies = {body.key: body for body in session.query(Organisation)}
        bodies["harbour-office"].kind = OrganisationKind.OTHER_NAME
        bodies["harbour-office"].same_as_id = bodies[ARCHIVE].id
        session.commit()
    put(sqlite_register, "zoe", key="harbour-office")
    assert recipients(sqlite_register) == dict.fromkeys((ARCHIVE, "harbour-office"), ("zoe@archive.example",))
    give(sqlite_register, "a@archive.example")
    assert recipients(sqlite_register) == dict.fromkeys((ARCHIVE, "harbour-office"), ("a@archive.example",))


def test_a_redacted_address_is_none(sqlite_register: Database) -> None:
    give(sqlite_register, "mara@home.example")
    with sqlite_register.writing() as session:
        edit_person(writing_by(session, ACTOR, noon(DAY)), "dora", "Asked.", mail_address="dora@home.example")
    for table in ("organisation", "person"):
        with sqlite_register.writing() as session:
            last = select(func.max(AuditEvent.seq)).where(AuditEvent.table_name == table)
            event = session.execute(last).scalar_one()
            redact(writing_by(session, ACTOR, noon(DAY)), event, ["mail_address"], "Private.")
    assert recipients(sqlite_register) == {}
    assert recipients(sqlite_register, DAY) == {}
