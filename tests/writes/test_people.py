"""Adding and changing people: each in the log, and never without an administrator."""

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from planner.base.errors import BadValueError, NotAllowedError, PlannerError, UnknownNameError
from planner.bundle.loader import load_into
from planner.bundle.reader import read_bundle
from planner.domain.vocabulary import Role
from planner.integrity.verifying import verify
from planner.queries.people.people import read_people, read_person
from planner.queries.people.people_then import people_then
from planner.queries.people.person_view import PersonView
from planner.store.database import Database
from planner.store.journal import Actor, writing
from planner.store.models import AuditEvent
from planner.writes.installation import mark_register
from planner.writes.people.adding import NewPerson, add_person
from planner.writes.people.changing import PersonEdit, change_person
from planner.writes.people.editing import edit_person
from planner.writes.people.first import first_administrator, make_creator_administrator
from planner.writes.plan_changes.items import ItemEdit, edit_item
from tests.factories import ACTOR, AT, COLLEAGUE, MYSELF, noon, person, reading_of, writing_by
from tests.integrity.conftest import no_step
from tests.writes.plan_changes.acts import WHY, act
from tests.writes.refusals import counts, gained, refused

LATER = AT + timedelta(days=1)


def add(database: Database, login: str = "cleo", name: str = "Cleo", **more: Any) -> PersonView:
    given = {"role": Role.OFFICER, "organisation": "town-archive", **more}
    with database.writing() as session:
        return add_person(writing_by(session, ACTOR, LATER), NewPerson(login, name, **given))


def change(database: Database, login: str, as_of: date | None = None, **fields: Any) -> PersonView:
    with database.writing() as session:
        return change_person(
            writing_by(session, ACTOR, LATER), login, PersonEdit(**fields), "Agreed.", as_of=as_of
        ).person


def last_event(database: Database) -> dict[str, Any]:
    with database.reading() as session:
        body = session.execute(select(AuditEvent.body).order_by(AuditEvent.seq.desc()).limit(1)).scalar_one()
    said: dict[str, Any] = json.loads(body)
    return said


def test_a_person_is_added_with_an_event(register: Database) -> None:
    before = counts(register)
    added = add(register, name="클레오 Cleo", organisation="archive")
    assert gained(register, before) == {"person": 1, "audit_event": 1}
    assert (added.login, added.name, added.role, added.active) == ("cleo", "클레오 Cleo", Role.OFFICER, True)
    assert added.organisation is not None
    assert added.organisation.key == "town-archive"
    said = last_event(register)
    assert (said["action"], said["label"], said["actor"], said["before"]) == ("add-person", "cleo", "ada", None)
    with register.reading() as session:
        assert read_person(session, "cleo") == added


def test_what_is_changed_is_in_the_log_with_what_was(register: Database) -> None:
    add(register)
    changed = change(register, "cleo", role=Role.MANAGER, organisation="")
    assert (changed.role, changed.organisation, changed.name) == (Role.MANAGER, None, "Cleo")
    said = last_event(register)
    assert said["action"] == "change-person"
    assert (said["before"]["role"], said["after"]["role"]) == ("officer", "manager")
    assert (said["reason"], said["label"]) == ("Agreed.", "cleo")
    with refused(register, BadValueError, "it is already as you say", "cleo"):
        change(register, "cleo", role=Role.MANAGER)


def edit(database: Database, login: str, mail_address: str) -> str:
    with database.writing() as session:
        return edit_person(writing_by(session, ACTOR, LATER), login, "Agreed.", mail_address=mail_address).sentence()


def test_a_mail_address_is_in_the_log_and_no_change_of_the_year(register: Database) -> None:
    assert add(register, mail_address="Cleo <cleo@archive.example>").mail_address == "cleo@archive.example"
    before = counts(register)
    assert edit(register, "cleo", "클레오@항구.한국") == "Recorded: mail for Cleo (cleo) goes to 클레오@항구.한국."
    assert gained(register, before) == {"audit_event": 1}
    said = last_event(register)
    assert (said["action"], said["label"], said["reason"]) == ("edit-person", "cleo", "Agreed.")
    assert (said["before"]["mail_address"], said["after"]["mail_address"]) == (
        "cleo@archive.example",
        "클레오@항구.한국",
    )
    change(register, "cleo", active=False)
    assert edit(register, "cleo", "") == "Recorded: Cleo (cleo) has no mail address."
    for address, what in (
        ("", "already has this address"),
        ("a@b.example, c@d.example", "has more than one mail address"),
        ("cleo\r\nBcc: x@y.example", "is not a mail address"),
    ):
        with refused(register, BadValueError, what, "mail_address"):
            edit(register, "cleo", address)
    with refused(register, UnknownNameError, "no person has the login 'nobody'", "LOGIN"):
        edit(register, "nobody", "a@b.example")


def test_who_has_left_is_nobody_but_still_in_the_list(register: Database) -> None:
    change(register, COLLEAGUE.name, active=False)
    with register.reading() as session:
        assert read_person(session, COLLEAGUE.name) is None
        listed = {one.login: one.active for one in read_people(session)}
    assert (listed["ada"], listed["brook"]) == (True, False)
    assert change(register, COLLEAGUE.name, active=True).role is Role.MANAGER


def test_a_wrong_day_of_leaving_is_corrected_to_an_earlier_and_to_a_later_day(register: Database) -> None:
    def leave(day: date) -> None:
        act(register, change_person, "brook", PersonEdit(active=False), WHY, day=day, at=noon(date(2020, 6, 1)))

    def there() -> list[int]:
        """The days of May on which Brook was there."""
        with register.reading() as session:
            days = [date(2020, 5, day) for day in (10, 15, 20, 25)]
            found = {day.day: people_then(reading_of(session, day)) for day in days}
        return [day for day, people in found.items() if {one.login: one.active for one in people}["brook"]]

    leave(date(2020, 5, 20))
    assert there() == [10, 15]
    leave(date(2020, 5, 15))
    assert there() == [10]
    leave(date(2020, 5, 25))
    assert there() == [10, 15, 20]
    with pytest.raises(BadValueError, match="already as you say"):
        leave(date(2020, 5, 25))
    act(
        register, change_person, "brook", PersonEdit(active=True), WHY, day=date(2020, 5, 25), at=noon(date(2020, 6, 1))
    )
    assert there() == [10, 15, 20, 25]
    with register.reading() as session:
        assert verify(session, no_step).problems == ()


def test_nobody_leaves_before_the_day_on_which_they_were_made_accountable(register: Database) -> None:
    def leave(day: int) -> None:
        gone = PersonEdit(active=False)
        act(register, change_person, "brook", gone, WHY, day=date(2020, 5, day), at=noon(date(2020, 6, 1)))

    act(register, edit_item, "T-001", ItemEdit(accountable="brook"), WHY, day=date(2020, 5, 20))
    with pytest.raises(NotAllowedError, match="brook was made accountable for T-001 as of 2020-05-20"):
        leave(19)
    leave(25)
    with pytest.raises(NotAllowedError, match="made accountable"):
        leave(19)


REFUSED: list[tuple[dict[str, Any], type[PlannerError], str, str]] = [
    ({"login": "brook"}, NotAllowedError, "a person with this login already exists", "brook"),
    ({"login": ""}, BadValueError, "is not a valid login", "LOGIN"),
    ({"login": "cleo marsh"}, BadValueError, "is not a valid login", "LOGIN"),
    ({"login": "c" * 65}, BadValueError, "is not a valid login", "LOGIN"),
    ({"login": "a\x00b"}, BadValueError, "U+0000", "LOGIN"),
    ({"name": " "}, BadValueError, "a name is required", "name"),
    ({"name": "two\nlines"}, BadValueError, "a name is required", "name"),
    ({"organisation": None}, BadValueError, "an officer needs an organisation", "organisation"),
    ({"organisation": "lighthouse"}, UnknownNameError, "no organisation is called", "organisation"),
]


@pytest.mark.parametrize(("given", "error", "words", "where"), REFUSED)
def test_who_cannot_be_added_is_refused(
    sqlite_register: Database, given: dict[str, Any], error: type[PlannerError], words: str, where: str
) -> None:
    with refused(sqlite_register, error, words, where):
        add(sqlite_register, **given)


def test_a_change_that_cannot_be_is_refused(sqlite_register: Database) -> None:
    with refused(sqlite_register, UnknownNameError, "no person has the login 'nemo'", "LOGIN"):
        change(sqlite_register, "nemo", name="Nemo")
    with refused(sqlite_register, BadValueError, "an officer needs", "organisation"):
        change(sqlite_register, COLLEAGUE.name, role=Role.OFFICER)


@pytest.mark.parametrize("fields", [{"active": False}, {"role": Role.MANAGER}])
def test_the_last_administrator_stays(register: Database, fields: dict[str, Any]) -> None:
    change(register, MYSELF.name, active=False)
    with refused(register, NotAllowedError, "the last administrator", "ada"):
        change(register, "ada", **fields)
    person(register, "cleo", Role.ADMINISTRATOR, None, at=LATER)
    assert change(register, "ada", **fields).login == "ada"


# The first one


@pytest.fixture
def old(empty: Database, bundle_folder: Path) -> Database:
    """A register from before there were people, made by ada."""
    with empty.writing() as session, writing(session, ACTOR, AT) as journal:
        mark_register(journal)
        load_into(journal, read_bundle(bundle_folder))
    return empty


def test_who_made_a_register_without_people_becomes_its_administrator_once(old: Database) -> None:
    made = []
    for login in ("cleo", "dora"):
        with old.writing() as session:
            made.append(make_creator_administrator(session, Actor(login), at=LATER))
    assert made[0] is not None
    assert (made[0].login, made[0].role) == ("ada", Role.ADMINISTRATOR)
    assert made[1] is None
    said = last_event(old)
    assert (said["action"], said["label"], said["actor"]) == ("add-person", "ada", "cleo")


def test_the_first_administrator_can_add_others(old: Database) -> None:
    with old.writing() as session, writing(session, ACTOR, LATER) as journal:
        first_administrator(journal, "ada")
    person(old, "brook", Role.MANAGER, None, at=LATER)
    with old.reading() as session:
        assert [(one.login, one.role) for one in read_people(session)] == [
            ("ada", Role.ADMINISTRATOR),
            ("brook", Role.MANAGER),
        ]


def test_before_there_is_anybody_a_write_says_how_to_get_somebody(old: Database) -> None:
    with refused(old, NotAllowedError, "this register has no people yet", ""):
        person(old, "brook", Role.MANAGER, None)
