"""Managing the people of the register: adding and changing people, and making the first administrator."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from planner.base.errors import BadValueError, NotAllowedError
from planner.base.language import tr
from planner.base.texts import clean
from planner.domain.rules.permissions import Permission
from planner.domain.vocabulary import InstallationKind, Role
from planner.queries.people.ended import read_ended
from planner.queries.people.organisations import find_organisation
from planner.queries.people.people import person_view, unknown_login
from planner.queries.people.person_view import PersonView
from planner.register.writing import Writing
from planner.store import journal
from planner.store.journal import Actor, Journal
from planner.store.models import Installation, Organisation, Person
from planner.writes.permission import require

# The length of the table's column. No operating system allows longer logins.
LONGEST_LOGIN = 64


@dataclass(frozen=True)
class NewPerson:
    """A person to be added. `organisation` is the organisation's key, or part of its name."""

    login: str
    name: str
    role: Role
    organisation: str | None = None


@dataclass(frozen=True)
class PersonChange:
    """The changes to make to a person. None keeps a value; an empty `organisation` removes the organisation."""

    name: str | None = None
    role: Role | None = None
    organisation: str | None = None
    active: bool | None = None


def add_person(writing: Writing, new: NewPerson) -> PersonView:
    """Add a person to the register.

    Raises NotAllowedError if the login exists, BadValueError if the login is invalid or an officer has no organisation,
    and UnknownNameError if the organisation does not exist.
    """
    login = _checked_login(new.login)
    session = writing.session
    with writing.journal(of_plan=False) as journal:
        require(session, writing.actor, Permission.KEEP_PEOPLE)
        existing = _row(session, login)
        if existing is not None:
            raise NotAllowedError(
                tr("a person with this login already exists"),
                where=login,
                do=tr(
                    "Use 'planner people {value} {login}'",
                    value="change" if existing.active else "come-back",
                    login=login,
                ),
            )
        organisation_id = _organisation_id(writing, new.organisation)
        _require_organisation(new.role, organisation_id)
        row = put_person(journal, login, _checked_name(new.name), new.role, organisation_id)
        journal.close()
        return _view(session, row)


def change_person(writing: Writing, login: str, change: PersonChange, reason: str | None = None) -> PersonView:
    """Change a person. A person who leaves is deactivated, not deleted, so that old records still show the name.

    `reason` is kept in the log.

    Raises UnknownNameError if nobody has the login, and NotAllowedError if no administrator would be left. Also raises
    the errors of `add_person`.
    """
    session = writing.session
    with writing.journal(of_plan=False) as journal:
        require(session, writing.actor, Permission.KEEP_PEOPLE)
        row = _row(session, login)
        if row is None:
            raise unknown_login(session, login, "LOGIN")
        values = _values(writing, row, change)
        _require_organisation(Role(values["role"]), values["organisation_id"])
        _require_an_administrator(session, row, values)
        journal.change(row, values, action="change-person", label=login, reason=clean(reason, "reason"))
        return _view(session, row)


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
        return _view(session, row)


def put_person(
    journal: Journal, login: str, name: str, role: Role, organisation_id: int | None, action: str = "add-person"
) -> Person:
    """Add a person, as part of an open write transaction. `action` is that of the event."""
    person = Person(login=login, name=name, role=role, organisation_id=organisation_id, active=True)
    return journal.add(person, action=action, label=login)


def _row(session: Session, login: str) -> Person | None:
    return session.execute(select(Person).where(Person.login == login)).scalar_one_or_none()


def _view(session: Session, row: Person) -> PersonView:
    organisation = session.get(Organisation, row.organisation_id) if row.organisation_id else None
    return person_view(row, organisation)


def _values(writing: Writing, row: Person, change: PersonChange) -> dict[str, Any]:
    """Return the values of the person's row after the change."""
    return {
        "name": row.name if change.name is None else _checked_name(change.name),
        "role": row.role if change.role is None else change.role,
        "organisation_id": (
            row.organisation_id if change.organisation is None else _organisation_id(writing, change.organisation)
        ),
        "active": row.active if change.active is None else change.active,
    }


def _organisation_id(writing: Writing, wanted: str | None) -> int | None:
    """Return the id of an organisation. Raises NotAllowedError if it was merged or dissolved."""
    if not wanted:
        return None
    found = find_organisation(writing.session, wanted, "organisation")
    ended = read_ended(writing.session, writing.today).get(found.id)
    if ended is not None:
        raise NotAllowedError(ended.what(found.name), where="organisation", do=ended.do())
    return found.id


def _require_organisation(role: Role, organisation_id: int | None) -> None:
    """Raise BadValueError for an officer without an organisation, because this person could not report on any item."""
    if role is Role.OFFICER and organisation_id is None:
        raise BadValueError(
            tr("an officer needs an organisation, because officers report on the items of their organisation"),
            where="organisation",
            do=tr("Give the organisation's key or part of its name"),
        )


def _require_an_administrator(session: Session, row: Person, values: dict[str, Any]) -> None:
    """Raise NotAllowedError if the change would leave the register without an active administrator."""
    if values["active"] and values["role"] == Role.ADMINISTRATOR:
        return
    others = select(func.count()).where(Person.active, Person.role == Role.ADMINISTRATOR, Person.id != row.id)
    if session.execute(others).scalar_one() == 0:
        raise NotAllowedError(
            tr("this is the last administrator, and a register needs at least one"),
            where=row.login,
            do=tr("Give somebody else the role of administrator first"),
        )


def _checked_login(given: str) -> str:
    login = clean(given, "LOGIN")
    if login is None or len(login) > LONGEST_LOGIN or any(character.isspace() for character in login):
        raise BadValueError(
            tr("'{given}' is not a valid login", given=given),
            where="LOGIN",
            do=tr("Give up to {longest_login} characters without spaces", longest_login=LONGEST_LOGIN),
        )
    return login


def _checked_name(given: str) -> str:
    name = clean(given, "name")
    if name is None or "\n" in name:
        raise BadValueError(tr("a name is required, on one line"), where="name", do=tr("Give the person's name"))
    return name
