"""The app's only connection to the core: it opens the database and provides sessions for reading and writing.

SQLAlchemy is imported inside the functions, in the worker thread that first needs it, so that the first screen can be
drawn earlier. Every error that a person can cause is raised as a PlannerError. The other modules of this package do the
reads and writes, one module per noun.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import TYPE_CHECKING

from planner.base.errors import NotAllowedError
from planner.base.language import tr

if TYPE_CHECKING:
    from sqlalchemy import URL
    from sqlalchemy.orm import Session

    from planner.register.plans import PlanView
    from planner.register.reading import Reading
    from planner.store.database import Database
    from planner.store.journal import Actor


class Door:
    """The connection of one person to one database.

    It is created before the app starts, and opens the database on first use. `today` returns the current date, and
    `now` the instant of a write. `as_of` is the past day for which the whole app shows the plan, or None for today;
    while it is set, nothing can be written. `actor_name` is the login that is recorded with each write. In a
    demonstration, it becomes the login that `acting_as` stands for, once the database is open. For an auditor, the
    database is never opened for writing.
    """

    def __init__(
        self,
        address: "URL | str",
        today: "Callable[[PlanView], date]",
        actor_name: str,
        now: Callable[[], datetime],
        acting_as: str | None = None,
    ) -> None:
        self._given = address
        self._acting_as = acting_as
        self._today = today
        self._now = now
        self._database: Database | None = None
        self._opening = threading.Lock()
        self.actor_name = actor_name
        self.as_of: date | None = None

    @property
    def address(self) -> str:
        """Return the address of the database for display.

        The address of a server is empty until the database is open, because its URL may contain a password.
        """
        if self._database is not None:
            return self._database.address
        given = str(self._given)
        return "" if "://" in given else given

    @property
    def actor(self) -> "Actor":
        """Return the person who makes the writes."""
        from planner.store.journal import Actor

        return Actor(self.actor_name)

    def now(self) -> datetime:
        """Return the current instant in UTC."""
        return self._now()

    def today(self, plan: "PlanView") -> date:
        """Return the current date in the plan's time zone, or the fixed date of a demonstration.

        The as-of date does not change it.
        """
        return self._today(plan)

    @contextmanager
    def reading(self) -> "Iterator[Reading]":
        """Open the register for reading as of the day that the app shows, in one read transaction."""
        with self._open().reading() as session:
            yield self._reading(session)

    @contextmanager
    def settled_reading(self) -> "Iterator[tuple[Reading, datetime]]":
        """Open a reading that sees everything that will ever be known up to an instant; also yield the instant.

        This is for output that must be the same when it is produced again later for the same known-at instant.
        """
        database = self._open()
        now = self._now()
        database.settle()
        with database.reading() as session:
            yield self._reading(session), now

    def _reading(self, session: "Session") -> "Reading":
        from planner.register.plans import read_plan
        from planner.register.point import Point
        from planner.register.reading import Reading

        plan = read_plan(session)
        return Reading(session, plan, Point(self.as_of or self._today(plan)))

    @contextmanager
    def writing(self) -> "Iterator[tuple[Session, PlanView]]":
        """Provide a session for writing, and the plan. Raises NotAllowedError while an as-of date is set."""
        from planner.register.plans import read_plan

        # docs/decisions/0098: no screen can forget that it shows a past day.
        if self.as_of is not None:
            raise looking_back(self.as_of)
        with self._open().writing() as session:
            yield session, read_plan(session)

    def close(self) -> None:
        """Close the database."""
        database, self._database = self._database, None
        if database is not None:
            database.close()

    def _open(self) -> "Database":
        from planner.queries.people.open_as import open_as
        from planner.store.location import parse

        with self._opening:
            if self._database is None:
                given = self._given
                url = parse(given, "database") if isinstance(given, str) else given
                self._database, self.actor_name = open_as(url, self.actor_name, self._acting_as)
            return self._database


def looking_back(day: date) -> NotAllowedError:
    """Return the error that says why nothing can be written while an as-of date is set."""
    return NotAllowedError(
        tr("the app shows the plan as of {day}, and you can only write as of today", day=day),
        do=tr("Go back to today first"),
    )
