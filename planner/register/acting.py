"""Opening a database under a login: the user's own or, in a demonstration, the login of one of its people."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from sqlalchemy import URL, Select, select
from sqlalchemy.orm import Session

from planner.base.errors import NotAllowedError, unknown_name
from planner.base.language import later, tr
from planner.base.texts import natural_order
from planner.domain.vocabulary import InstallationKind, Role
from planner.register.raw_rows import columns
from planner.store.database import Database, open_database
from planner.store.models import Installation, Item, Person


def open_as(url: URL, login: str, acting_as: str | None = None) -> tuple[Database, str]:
    """Open a database as the user with this login or, in a demonstration, as the person or role in `acting_as`.

    Return the database and the login that writes to it. For an auditor, the database is opened for reading only.
    Raises the errors of `open_database`. Raises NotAllowedError if `acting_as` is given outside a
    demonstration, and UnknownNameError if the demonstration has no such person or role.
    """
    database = open_database(url)
    try:
        with database.reading() as session:
            acting = login if acting_as is None else _login_of(session, login, acting_as)
            role = session.execute(_select_role(acting)).scalar()
    except BaseException:
        database.close()
        raise
    database.read_only = database.read_only or role is Role.AUDITOR
    return database, acting


def _select_role(login: str) -> Select[Any]:
    person = columns(Person)
    return select(person.role).where(person.login == login, person.active)


def _login_of(session: Session, login: str, wanted: str) -> str:
    """Return a login in a demonstration: that of the person whom `wanted` names, or of somebody with that role."""
    installation = session.get(Installation, 1)
    if installation is None or installation.kind != InstallationKind.DEMONSTRATION:
        raise NotAllowedError(
            tr("in a register you can act only under your own login ({login})", login=login),
            where="acting as",
            do=tr("Act as yourself; only a demonstration lets you act as somebody else"),
        )
    people = session.execute(select(Person).where(Person.active)).scalars().all()
    people = sorted(people, key=lambda person: natural_order(person.login))
    if any(person.login == wanted for person in people):
        return wanted
    with_role = [person for person in people if person.role == wanted]
    if with_role:
        return _with_most_items(session, with_role).login
    known = [*(role for role in Role if any(person.role == role for person in people)), *(one.login for one in people)]
    none = "There are no people in this demonstration; leave it out"
    raise unknown_name(
        tr("no person or role is called '{wanted}'", wanted=wanted),
        later("roles and logins"),
        known,
        where="acting as",
        none=none,
    )


def _with_most_items(session: Session, people: Sequence[Person]) -> Person:
    """Return the person whose organisation leads the most items. Of several, return the one who was added first."""
    if len(people) == 1:
        return people[0]
    led = Counter(session.execute(select(columns(Item).lead_id)).scalars())
    return min(people, key=lambda one: (-led[one.organisation_id] if one.organisation_id else 0, one.id))
