"""The names of people as of a past instant, so that a file that is created again shows the same names as before."""

from sqlalchemy import select

from planner.register.reading import Reading
from planner.store.models import Person


def read_names(reading: Reading) -> dict[str, str]:
    """Return the names of all people by login, as known at an instant."""
    people = reading.rollback.rows(list(reading.session.execute(select(Person)).scalars()))
    return {person.login: person.name for person in people}
