"""Opens a database under a login: a user's own, or in a demonstration that of one of its people."""

from collections import Counter

from sqlalchemy import URL, select
from sqlalchemy.orm import Session

from planner.base.errors import NotAllowedError, unknown_name
from planner.base.language import later, tr
from planner.domain.vocabulary import InstallationKind, Role
from planner.queries.people.people import PersonView, read_people, read_person
from planner.store.database import Database, open_database
from planner.store.models import Installation, Item


def open_as(url: URL, login: str, wanted: str | None = None) -> tuple[Database, str]:
    """Open a database and return it with the login that writes to it: the user's own, or the wanted one.

    The database of an auditor is opened for reading only, and no connection that can write is made. Raises the errors
    of `open_database` and `acting_login`.
    """
    database = open_database(url)
    try:
        with database.reading() as session:
            acting = acting_login(session, login, wanted)
            person = read_person(session, acting)
    except BaseException:
        database.close()
        raise
    database.read_only = database.read_only or (person is not None and person.role is Role.AUDITOR)
    return database, acting


def acting_login(session: Session, login: str, wanted: str | None) -> str:
    """Return the login of the acting user. In a demonstration, `wanted` may be the login of a person, or a role.

    Raises NotAllowedError if `wanted` is given outside a demonstration, and UnknownNameError if the demonstration has
    no such person or role.
    """
    if wanted is None:
        return login
    installation = session.get(Installation, 1)
    if installation is None or installation.kind != InstallationKind.DEMONSTRATION:
        raise NotAllowedError(
            tr("in a register you can only act as your own login ({login})", login=login),
            where="acting as",
            do=tr("Leave the option out; it is only for demonstrations"),
        )
    people = [person for person in read_people(session) if person.active]
    for person in people:
        if person.login == wanted:
            return wanted
    with_role = [person for person in people if person.role == wanted]
    if with_role:
        return _with_most_items(session, with_role).login
    known = [*(role for role in Role if any(person.role == role for person in people)), *(one.login for one in people)]
    none = "There are no people in this demonstration; leave it out"
    raise unknown_name(
        tr("nobody here is called '{wanted}'", wanted=wanted),
        later("roles and logins"),
        known,
        where="acting as",
        none=none,
    )


def _with_most_items(session: Session, people: list[PersonView]) -> PersonView:
    """Return the person whose organisation leads the most items. Of several, return the one who was added first."""
    led = Counter(session.execute(select(Item.lead_id)).scalars())
    return min(people, key=lambda one: (-led[one.organisation.id] if one.organisation else 0, one.id))
