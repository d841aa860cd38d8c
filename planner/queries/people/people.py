"""The people of the register, found by login."""

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from planner.base.errors import UnknownNameError, unknown_name
from planner.base.language import later, tr
from planner.base.texts import natural_order, same_words
from planner.queries.items.views import OrganisationView
from planner.queries.people.let_go import is_let_go
from planner.queries.people.person_view import PersonView
from planner.register.reading import Reading
from planner.store.models import Organisation, Person


def read_person(session: Session, login: str) -> PersonView | None:
    """Return the person with this login, or None if it is unknown or the person has left."""
    row = session.execute(all_people().where(Person.login == login, Person.active)).one_or_none()
    return person_view(row[0], row[1]) if row else None


def read_people(session: Session) -> list[PersonView]:
    """Return all people as they are now, ordered by login, also those who have left. Login `p2` is before `p10`.

    People whom only an undone import added are left out. Those of a past day are `people_then`.
    """
    people = [person_view(person, body) for person, body in session.execute(all_people().where(~is_let_go()))]
    return sorted(people, key=lambda person: natural_order(person.login))


def namesakes(session: Session, person: PersonView) -> list[str]:
    """Return the logins of the others with the name of a person, as an import adds people by their names."""
    name = same_words(person.name)
    return [
        one.login
        for one in read_people(session)
        if one.active and one.login != person.login and same_words(one.name) == name
    ]


def unknown_login(session: Session, login: str, where: str) -> UnknownNameError:
    """Return the error for a login that nobody has. It lists the logins of the people who have not left."""
    known = (person.login for person in read_people(session) if person.active)
    none = tr("This register has no people yet. Add the first one with 'planner people add'")
    what = tr("no person has the login '{login}'", login=login)
    return unknown_name(what, later("logins"), known, where=where, none=none)


def person_view(person: Person, organisation: Organisation | None) -> PersonView:
    """Return the view of a person's row and the row of their organisation."""
    body = organisation and OrganisationView(
        organisation.id, organisation.key, organisation.name, organisation.short_name
    )
    return PersonView(
        *(person.id, person.login, person.name, person.role, body or None, person.active),
        mail_address=person.mail_address,
    )


def all_people() -> Select[Person, Organisation]:
    """Select all people with their organisations. The organisation is None for a person without one."""
    return select(Person, Organisation).outerjoin(Organisation, Organisation.id == Person.organisation_id)


def read_names(reading: Reading) -> dict[str, str]:
    """Return the names of all people by login, as known at an instant.

    A file that is made again therefore shows the same names as before.
    """
    people = reading.rollback.rows(list(reading.session.execute(select(Person)).scalars()))
    return {person.login: person.name for person in people}
