"""Undoing this person's last write."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from planner.writes.undo import OwnWrite
    from tui.data.door import Door


def last_write(door: "Door") -> "tuple[OwnWrite, str]":
    """Return the last write that was not undone, and the plan's time zone.

    Raises NotAllowedError if there is no such write.
    """
    from planner.writes.undo import last_own_write

    with door.reading() as reading:
        return last_own_write(reading.session, door.actor), reading.plan.time_zone


def take_back(door: "Door", expected: "datetime") -> "OwnWrite":
    """Undo the write of an instant. Raises NotAllowedError if it is no longer the last write."""
    from planner.writes.undo import undo

    with door.writing() as writing:
        return undo(writing, expected=expected)
