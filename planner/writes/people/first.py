"""The first administrator of a register, whom nobody could add."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from planner.domain.vocabulary import InstallationKind, Role
from planner.queries.people.person_view import PersonView
from planner.store import journal
from planner.store.journal import Actor, Journal
from planner.store.models import Installation, Person
from planner.writes.people.person_rows import put_person, view_of


def first_administrator(journal: Journal, login: str) -> Person:
    """Add the first person, an administrator, to a register without people, as part of an open write transaction."""
    return put_person(journal, login, login, Role.ADMINISTRATOR, None)


def make_creator_administrator(session: Session, actor: Actor, *, at: datetime) -> PersonView | None:
    """Make the creator of a register its administrator, and return this person.

    Return None if the register has people. This is for registers created before the program recorded people. In a
    demonstration nobody is added.
    """
    with journal.writing(session, actor, at) as opened:
        installation = session.get(Installation, 1)
        if installation is None or installation.kind != InstallationKind.REGISTER:
            return None
        if session.execute(select(Person.id)).first() is not None:
            return None
        row = first_administrator(opened, installation.created_by)
        opened.close()
        return view_of(session, row)
