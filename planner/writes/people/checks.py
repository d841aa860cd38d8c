"""What must be true of a person who is added or changed."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from planner.base.errors import BadValueError, NotAllowedError
from planner.base.language import tr
from planner.base.texts import clean
from planner.domain.vocabulary import Role
from planner.register.writing import Writing
from planner.store.models import Organisation, Person
from planner.writes.people.person_rows import row_of
from planner.writes.plan_changes.references import organisation_named

# The length of the table's column. No operating system allows longer logins.
LONGEST_LOGIN = 64


def checked_login(given: str) -> str:
    """Return a login without blanks around it. Raises BadValueError if it cannot be one."""
    login = clean(given, "LOGIN")
    if login is None or len(login) > LONGEST_LOGIN or any(character.isspace() for character in login):
        raise BadValueError(
            tr("'{given}' is not a valid login", given=given),
            where="LOGIN",
            do=tr("Give up to {longest_login} characters without spaces", longest_login=LONGEST_LOGIN),
        )
    return login


def free_login(session: Session, given: str) -> str:
    """Return the login of a new person. Raises NotAllowedError if somebody has it, also somebody who has left."""
    login = checked_login(given)
    existing = row_of(session, login)
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
    return login


def checked_name(given: str) -> str:
    """Return the name of a person. Raises BadValueError if it is empty or has several lines."""
    name = clean(given, "name")
    if name is None or "\n" in name:
        raise BadValueError(tr("a name is required, on one line"), where="name", do=tr("Give the person's name"))
    return name


def organisation_of(writing: Writing, wanted: str | None) -> Organisation | None:
    """Return the organisation that a person belongs to, or None for an empty text.

    Raises UnknownNameError if there is no such organisation, and NotAllowedError if it was merged or dissolved.
    """
    return organisation_named(writing, wanted, "organisation") if wanted else None


def require_organisation(role: Role, body: Organisation | int | None) -> None:
    """Raise BadValueError for an officer without an organisation, because this person could not report on any item."""
    if role is Role.OFFICER and body is None:
        raise BadValueError(
            tr("an officer needs an organisation, because officers report on the items of their organisation"),
            where="organisation",
            do=tr("Give the organisation's key or part of its name"),
        )


def require_another_administrator(session: Session, row: Person) -> None:
    """Raise NotAllowedError if the register has no active administrator but this person."""
    others = select(func.count()).where(Person.active, Person.role == Role.ADMINISTRATOR, Person.id != row.id)
    if session.execute(others).scalar_one() == 0:
        raise NotAllowedError(
            tr("this is the last administrator, and a register needs at least one"),
            where=row.login,
            do=tr("Give somebody else the role of administrator first"),
        )
