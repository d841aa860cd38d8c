"""Names in files that are also those of people who have left."""

from datetime import date

import pytest

from planner.domain.vocabulary import Role
from planner.intake.comparing.preview import Preview
from planner.intake.proposed import Field, Problem, Severity
from planner.store.database import Database
from planner.writes.people.adding import NewPerson, add_person
from planner.writes.people.changing import PersonEdit, change_person
from tests.factories import ACTOR, AT, writing_by
from tests.intake.imports import preview_of
from tests.intake.proposals import item, register

LEFT_ON = date(2020, 1, 2)


@pytest.fixture
def people(sqlite_register: Database) -> Database:
    """A register with three people called Kim, of whom nobody has left."""
    with sqlite_register.writing() as session:
        for login in ("kim1", "kim2", "kim3"):
            new = NewPerson(login, "Kim", role=Role.OFFICER, organisation="town-archive")
            add_person(writing_by(session, ACTOR, AT), new)
    return sqlite_register


def leave(database: Database, *logins: str) -> None:
    for login in logins:
        with database.writing() as session:
            change_person(writing_by(session, ACTOR, AT), login, PersonEdit(active=False), "Agreed.", as_of=LEFT_ON)


def found(database: Database, name: str) -> Preview:
    return preview_of(database, register(item(2, code="T-001", accountable=name)))


def asked(database: Database, name: str) -> Problem | None:
    return next((one for one in found(database, name).problems if one.severity is Severity.QUESTION), None)


def accountable(database: Database, name: str) -> object:
    return next(one.new for one in found(database, name).changed[0].changes if one.field is Field.ACCOUNTABLE)


def test_who_is_meant_is_asked_among_those_who_have_not_left(people: Database) -> None:
    leave(people, "kim2")

    problem = asked(people, "Kim")

    assert problem is not None
    assert (problem.what, problem.choices) == ("several people are called 'Kim'", ("kim1", "kim3"))


def test_the_only_one_who_has_not_left_is_meant(people: Database) -> None:
    leave(people, "kim1", "kim3")

    assert (asked(people, "Kim"), accountable(people, "Kim")) == (None, "kim2")


def test_if_all_have_left_the_question_says_when(people: Database) -> None:
    leave(people, "kim1", "kim2", "kim3")

    problem = asked(people, "Kim")

    assert problem is not None
    assert problem.what == (
        "several people are called 'Kim' (kim1 left on 2020-01-02, kim2 left on 2020-01-02, kim3 left on 2020-01-02)"
    )


def test_who_has_left_can_be_named_by_the_login_and_a_note_says_so(people: Database) -> None:
    leave(people, "kim2")

    assert accountable(people, "kim2") == "kim2"
    notes = [one.what for one in found(people, "kim2").problems]
    assert notes == ["Kim left on 2020-01-02, and becomes accountable for 1 item"]
    assert [one.what for one in found(people, "kim1").problems] == []
