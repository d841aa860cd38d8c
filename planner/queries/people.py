"""The people of the register, found by their login."""

from dataclasses import dataclass

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from planner.models import Organisation, Person
from planner.queries.views import OrganisationView
from planner.vocabulary import Role


@dataclass(frozen=True)
class PersonView:
    """Somebody who works with the register. One who has left is not `active`."""

    id: int
    login: str
    name: str
    role: Role
    organisation: OrganisationView | None
    active: bool


def read_person(session: Session, login: str) -> PersonView | None:
    """The person of a login; None where there is none, and for one who has left."""
    row = session.execute(_people().where(Person.login == login, Person.active)).one_or_none()
    return person_view(row[0], row[1]) if row else None


def read_people(session: Session) -> list[PersonView]:
    """All people in order of their logins, those who have left too."""
    return [person_view(person, body) for person, body in session.execute(_people().order_by(Person.login))]


def person_view(person: Person, organisation: Organisation | None) -> PersonView:
    """A person's row and their organisation's as a view."""
    body = organisation and OrganisationView(
        organisation.id, organisation.key, organisation.name, organisation.short_name
    )
    return PersonView(person.id, person.login, person.name, Role(person.role), body or None, person.active)


def _people() -> Select[Person, Organisation]:
    """Select people, each with their organisation, which is None where they have none."""
    return select(Person, Organisation).outerjoin(Organisation, Organisation.id == Person.organisation_id)
