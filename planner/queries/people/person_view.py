"""A person who works with the register."""

from planner.base.views import value_class
from planner.domain.vocabulary import Role
from planner.queries.items.views import OrganisationView


@value_class
class PersonView:
    """A person who works with the register. `active` is False for a person who has left."""

    id: int
    login: str
    name: str
    role: Role
    organisation: OrganisationView | None
    active: bool
