"""The point in time of a read: the as-of date of facts, and the instant up to which they were recorded."""

from datetime import date, datetime
from typing import Any

from planner.base.views import value_class


@value_class
class Point:
    """A point in time at which the register is read.

    Facts of a date after `as_of` are left out, and so are facts recorded after `known_at`. If `known_at` is None, all
    recorded facts are included. `current_day` is the day on which the register is read if nobody
    chose the as-of date, or None.
    """

    as_of: date
    known_at: datetime | None = None
    current_day: date | None = None

    @property
    def in_past(self) -> bool:
        """Whether facts recorded after an instant are left out."""
        return self.known_at is not None

    @property
    def values(self) -> dict[str, Any]:
        """The values of the parameters `as_of` and, if the point is in the past, `known_at` of a statement."""
        return {"as_of": self.as_of, **known_at_values(self.known_at)}


def known_at_values(known_at: datetime | None) -> dict[str, Any]:
    """Return a dict with the value of the parameter `known_at`, or an empty dict if `known_at` is None."""
    return {} if known_at is None else {"known_at": known_at}
