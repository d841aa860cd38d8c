"""What people were called at a past instant: what is written again must not change because somebody married since."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from planner.models import Person
from planner.queries.known import rollback_to


def read_names(session: Session, known_at: datetime | None = None) -> dict[str, str]:
    """The names of all people by their logins, as they were known at an instant."""
    people = rollback_to(session, known_at).rows(list(session.execute(select(Person)).scalars()))
    return {person.login: person.name for person in people}
