"""The two clocks: the date facts are as of, and the instant up to which they were recorded."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class Point:
    """Where the register is looked at from.

    `as_of` leaves out what is of a later date; `known_at` what was recorded later (None: nothing is left out).
    """

    as_of: date
    known_at: datetime | None = None
