"""The app's only connection to the core: it opens the register for reading and writing.

SQLAlchemy is imported inside the functions, in the worker thread that first needs it, so that the first screen can be
drawn earlier. Every error that a person can cause is raised as a PlannerError. The other modules of this package do the
reads and writes, one module per noun.
"""

import threading
from collections.abc import Callable
from datetime import date, datetime
from typing import TYPE_CHECKING

from planner.base.errors import NotAllowedError
from planner.base.language import tr

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from sqlalchemy import URL

    from planner.register.opening import Register
    from planner.register.plans import PlanView
    from planner.register.reading import Reading
    from planner.register.writing import Writing
    from planner.store.journal import Actor


class Door:
    """The connection of one person to one register.

    It is created before the app starts, and opens the register on first use. `now` returns the current instant in UTC.
    `as_of` is the past day for which the whole app shows the plan, or None for today; while it is set, nothing can be
    written. `actor_name` is the login that is recorded with each write. In a demonstration, it becomes the login that
    `acting_as` stands for, once the register is open.
    """

    def __init__(
        self, address: "URL | str", actor_name: str, now: Callable[[], datetime], acting_as: str | None = None
    ) -> None:
        self._given = address
        self._acting_as = acting_as
        self.now = now
        self._register: Register | None = None
        self._opening = threading.Lock()
        self.actor_name = actor_name
        self.as_of: date | None = None

    @property
    def address(self) -> str:
        """Return the address of the database for display.

        The address of a server is empty until the database is open, because its URL may contain a password.
        """
        if self._register is not None:
            return self._register.database.address
        given = str(self._given)
        return "" if "://" in given else given

    @property
    def actor(self) -> "Actor":
        """Return the person who makes the writes."""
        from planner.store.journal import Actor

        return Actor(self.actor_name)

    def today(self, plan: "PlanView") -> date:
        """Return the current date, which the as-of date does not change."""
        return plan.today(self.now())

    def reading(self) -> "AbstractContextManager[Reading]":
        """Open the register for reading as of the day that the app shows."""
        return self._open().reading(self.as_of)

    def settled_reading(self) -> "AbstractContextManager[tuple[Reading, datetime]]":
        """Open a reading of the same day, from which output can be reproduced later (`Register.settled_reading`)."""
        return self._open().settled_reading(self.as_of)

    def writing(self) -> "AbstractContextManager[Writing]":
        """Open the register for a write made now. Raises NotAllowedError while an as-of date is set."""
        # docs/decisions/0098: no screen can forget that it shows a past day.
        if self.as_of is not None:
            raise looking_back(self.as_of)
        return self._open().writing()

    def close(self) -> None:
        """Close the register."""
        register, self._register = self._register, None
        if register is not None:
            register.close()

    def _open(self) -> "Register":
        from planner.register.opening import open_register
        from planner.store.location import parse

        with self._opening:
            if self._register is None:
                given = self._given
                url = parse(given, "database") if isinstance(given, str) else given
                self._register = open_register(url, self.actor_name, self.now, self._acting_as)
                self.actor_name = self._register.actor.name
            return self._register


def looking_back(day: date) -> NotAllowedError:
    """Return the error that says why nothing can be written while an as-of date is set."""
    return NotAllowedError(
        tr("the app shows the plan as of {day}, and you can only write as of today", day=day),
        do=tr("Go back to today first"),
    )
