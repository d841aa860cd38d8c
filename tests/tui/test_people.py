"""Who sits before the screen, and what the door lets them do."""

from pathlib import Path

import pytest
from sqlalchemy import URL

from planner.base.errors import NotAllowedError
from planner.bundle.loader import load_into
from planner.bundle.reader import read_bundle
from planner.domain.vocabulary import Role
from planner.queries.people.people import read_person
from planner.queries.people.person_view import PersonView
from planner.store import making
from planner.store.database import Database
from planner.store.journal import writing
from planner.writes.installation import mark_demonstration
from tests.factories import ACTOR, AT, AUDITOR, COLLEAGUE, OFFICER, put_people, small_bundle
from tests.tui.desk import NOW, TODAY, closed_at_the_end
from tui.data import Door


def me_at(door: Door) -> PersonView | None:
    with door.reading() as reading:
        return read_person(reading.session, door.login)


def door_of(url: URL, login: str, acting_as: str | None = None) -> Door:
    return closed_at_the_end(Door(url, login, lambda: NOW, acting_as))


@pytest.mark.parametrize("login", [ACTOR.name, COLLEAGUE.name, OFFICER.name])
def test_the_person_of_the_login_is_read_and_may_try_to_write(sqlite_register: Database, login: str) -> None:
    door = door_of(sqlite_register.url, login)
    me = me_at(door)
    assert me is not None
    assert me.login == login
    with door.writing() as writing:
        assert writing.plan.key == "harbour-2020"
    door.close()


def test_an_auditor_s_door_never_opens_for_writing(sqlite_register: Database) -> None:
    door = door_of(sqlite_register.url, AUDITOR.name)
    me = me_at(door)
    assert me is not None
    assert me.role is Role.AUDITOR
    with pytest.raises(NotAllowedError, match="an auditor can only read"), door.writing():
        pass
    door.close()


def test_a_stranger_is_nobody(sqlite_register: Database) -> None:
    door = door_of(sqlite_register.url, "nemo")
    assert me_at(door) is None
    door.close()


def test_in_a_demonstration_one_is_whom_one_asked_to_be(sqlite_url: URL, tmp_path: Path) -> None:
    database = making.make(sqlite_url)
    with database.writing() as session, writing(session, ACTOR, AT) as journal:
        mark_demonstration(journal, TODAY)
        load_into(journal, read_bundle(small_bundle(tmp_path / "seeds")))
        put_people(journal)
    database.close()
    door = door_of(sqlite_url, "nemo", "manager")
    me = me_at(door)
    assert me is not None
    assert (me.login, door.actor.name) == (COLLEAGUE.name, COLLEAGUE.name)
    door.close()


def test_in_a_register_one_cannot_ask(sqlite_register: Database) -> None:
    door = door_of(sqlite_register.url, "nemo", "manager")
    with pytest.raises(NotAllowedError, match="you can act only under your own login"):
        me_at(door)
    door.close()
