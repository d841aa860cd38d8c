"""The names of people at a past instant, so that a file made again has the names it had at first."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from planner.register.known import rollback_to
from planner.store.models import Person


def read_names(session: Session, known_at: datetime | None = None) -> dict[str, str]:
    """Return the names of all people by login, as known at an instant."""
    people = rollback_to(session, known_at).rows(list(session.execute(select(Person)).scalars()))
    return {person.login: person.name for person in people}
