"""The point in time of a read: the date that facts are as of, and the instant up to which they were recorded."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class Point:
    """A point in time that the register is read at.

    Facts of a date after `as_of` are left out, and so are facts recorded after `known_at`. If `known_at` is None, all
    recorded facts are included.
    """

    as_of: date
    known_at: datetime | None = None
