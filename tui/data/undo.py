"""Taking back this person's last write."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from planner.writes.undo import OwnWrite
    from tui.data.door import Door


def last_write(door: "Door") -> "tuple[OwnWrite, str]":
    """The last write that stands, and the plan's time zone. Raises NotAllowedError where there is none."""
    from planner.writes.undo import last_own_write

    with door.reading() as (session, plan, _point):
        return last_own_write(session, door.actor), plan.time_zone


def take_back(door: "Door", expected: "datetime") -> "OwnWrite":
    """Take back the write of an instant, if it is still the last. Raises NotAllowedError."""
    from planner.writes.undo import undo

    with door.writing() as (session, _plan):
        return undo(session, door.actor, expected=expected, at=door.now())
