"""What an administrator is told about the register: what is not set up yet."""

from typing import TYPE_CHECKING

from planner.cli.context import Context
from planner.domain.vocabulary import Role

if TYPE_CHECKING:
    from planner.queries.plans.not_set_up_view import NotSetUp


def read_for_administrator(context: Context) -> "tuple[NotSetUp, ...]":
    """Return what is not set up yet if the acting person is an administrator, and nothing for everybody else."""
    from planner.queries.people.people import read_person
    from planner.queries.plans.not_set_up import read_not_set_up

    with context.reading() as reading:
        person = read_person(reading.session, context.actor.name)
        return read_not_set_up(reading) if person and person.role is Role.ADMINISTRATOR else ()
