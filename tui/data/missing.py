"""What is missing in the plan and the register."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from planner.queries.people.person_view import PersonView
    from planner.queries.plans.not_set_up_view import NotSetUp
    from planner.register.reading import Reading


def read_missing(reading: "Reading") -> "tuple[NotSetUp, ...]":
    """Return what is missing in the plan and the register, each with the command that adds it."""
    from planner.queries.plans.not_set_up import read_not_set_up

    return read_not_set_up(reading)


def read_missing_for(reading: "Reading", me: "PersonView | None") -> "tuple[NotSetUp, ...]":
    """Return what is missing if the person is an administrator, who can add it. Nobody else is told."""
    from planner.domain.vocabulary import Role

    return read_missing(reading) if me is not None and me.role is Role.ADMINISTRATOR else ()
