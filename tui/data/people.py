"""The person who is using the app."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from planner.queries.people.people import PersonView
    from tui.data.door import Door


def read_me(door: "Door") -> "PersonView | None":
    """Return the person with the login under which the app writes, or None if the register has no such person."""
    from planner.queries.people.people import read_person

    # In a demonstration, the login is only known once the database is open.
    with door.reading() as reading:
        return read_person(reading.session, door.actor_name)
