"""A person who works with the register."""

from dataclasses import dataclass

from planner.domain.vocabulary import Role
from planner.queries.items.views import OrganisationView


@dataclass(frozen=True)
class PersonView:
    """A person who works with the register. `active` is False for a person who has left."""

    id: int
    login: str
    name: str
    role: Role
    organisation: OrganisationView | None
    active: bool
