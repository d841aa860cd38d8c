"""The rows of people: finding one, adding one within an open write, and its view."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from planner.domain.vocabulary import Role
from planner.queries.people.people import person_view
from planner.queries.people.person_view import PersonView
from planner.store.journal import Journal
from planner.store.models import Organisation, Person


def row_of(session: Session, login: str) -> Person | None:
    """Return the row of the person with this login, also of one who has left, or None if there is none."""
    return session.execute(select(Person).where(Person.login == login)).scalar_one_or_none()


def view_of(session: Session, row: Person) -> PersonView:
    """Return the view of a person's row."""
    organisation = session.get(Organisation, row.organisation_id) if row.organisation_id else None
    return person_view(row, organisation)


def put_person(
    journal: Journal,
    login: str,
    name: str,
    role: Role,
    organisation_id: int | None,
    action: str = "add-person",
    *,
    mail_address: str | None = None,
) -> Person:
    """Add a person, as part of an open write transaction. `action` is that of the event."""
    person = Person(
        login=login, name=name, role=role, organisation_id=organisation_id, active=True, mail_address=mail_address
    )
    return journal.add(person, action=action, label=login)
