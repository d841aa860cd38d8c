"""Checks names of organisations against the register."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui.data.door import Door


def require_organisations(door: "Door", keys: Iterable[str], where: str) -> None:
    """Raise UnknownNameError for a key that no organisation of the register has."""
    from planner.queries.people import organisations

    with door.reading() as reading:
        organisations.require_organisations(reading.session, keys, where)
