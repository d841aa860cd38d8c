"""What is missing in the plan and the register."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from planner.queries.plans.not_set_up import NotSetUp
    from planner.register.reading import Reading


def read_missing(reading: "Reading") -> "tuple[NotSetUp, ...]":
    """Return what is missing in the plan and the register, each with the command that adds it."""
    from planner.queries.plans.not_set_up import read_not_set_up

    return read_not_set_up(reading)
