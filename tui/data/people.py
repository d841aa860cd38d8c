"""Who sits before the screen."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from planner.queries.people import PersonView
    from tui.data.door import Door


def read_me(door: "Door") -> "PersonView | None":
    """The person under whose login the app writes; None for somebody who is none of the register's people."""
    from planner.queries.people import read_person

    # The door knows who acts once it is open.
    with door.reading() as (session, _plan, _point):
        return read_person(session, door.actor_name)
