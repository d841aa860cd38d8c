"""A person who works with the register."""

from planner.base.language import tr
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
    mail_address: str | None = None

    def line(self) -> str:
        """Return the person on one line: login, name, role, organisation."""
        parts = [self.login, self.name if self.name != self.login else "", self.role.value]
        parts += [self.organisation.name if self.organisation else "", "" if self.active else tr("has left")]
        return ", ".join(part for part in parts if part)
